"""Channels, the forms that were published, and everything that came."""

from django.db import models
from django.db.models.functions import Now

from closeloop.identity.models import User
from closeloop.org.models import Unit
from closeloop.records.models import Record


class Channel(models.Model):
    """One way by which leads come. `token` stands in its public address; secrets are sealed."""

    kind = models.TextField()
    token = models.TextField(unique=True)
    name = models.JSONField()
    source = models.TextField(help_text="the lead's source")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_on = models.BooleanField(default=True)
    settings = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict, help_text="lead field -> path in the payload")
    sets = models.JSONField(default=dict, help_text="lead fields that every lead gets")
    sealed = models.JSONField(default=dict)
    rotated_at = models.DateTimeField(null=True, help_text="when its secret was made")
    draft = models.JSONField(default=dict, help_text="the form as it is being built")
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField(null=True, help_text="when something came last")


class FormVersion(models.Model):
    """A form as it was published; frozen, for consent was given to these words."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="versions")
    number = models.IntegerField()
    definition = models.JSONField()
    published_at = models.DateTimeField(db_default=Now())
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "number"], name="form_version_once"),
        ]


class State(models.TextChoices):
    """What became of something that came."""

    TAKEN = "taken", "a new lead was made"
    ATTACHED = "attached", "it was added to the lead of the same person"
    ASKED = "asked", "the provider named an id alone; the person's details are being fetched"
    QUARANTINED = "quarantined", "it could not be taken and waits for somebody"
    REFUSED = "refused", "its sender was told no; kept so that nothing is lost"
    RETURNED = "returned", "a mail of ours came back; whoever had sent it was told"
    DISCARDED = "discarded", "somebody looked at it and threw it away"


class Submission(models.Model):
    """One thing that came through a channel, as it came, and what became of it.

    `key` tells a repetition: the sender's own id, a nonce, a form's ticket, or the body's digest.
    """

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="submissions")
    key = models.TextField()
    digest = models.TextField(help_text="SHA-256 of the body")
    at = models.DateTimeField(db_default=Now())
    address = models.TextField(default="", blank=True)
    content_type = models.TextField(default="", blank=True)
    raw = models.BinaryField(default=b"")
    form_version = models.ForeignKey(
        FormVersion, on_delete=models.PROTECT, null=True, related_name="+"
    )
    values = models.JSONField(default=dict, help_text="as they were given, by field")
    ids = models.JSONField(default=dict, help_text="ids of the person at the channel")
    rest = models.JSONField(default=dict, help_text="what belongs to no field")
    asks = models.JSONField(null=True, help_text="whom to ask the provider for")
    derived = models.JSONField(default=dict, help_text="values nobody gave: by field, what from")
    consent = models.JSONField(null=True)
    visitor = models.TextField(default="", blank=True)
    behaviour = models.JSONField(default=list)
    owner = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.TextField(choices=State.choices)
    lead = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, related_name="+")
    reasons = models.JSONField(default=list, help_text="why it was not taken")
    left_out = models.JSONField(default=list, help_text="values that could not be taken")
    conflicts = models.JSONField(default=list, help_text="values that differ from the lead's own")
    also = models.JSONField(default=list, help_text="other leads that the person may be")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "key"], name="submission_once"),
        ]
        indexes = [
            models.Index(fields=["channel", "-at"], name="submission_newest"),
            models.Index(
                fields=["-id"],
                name="submission_waiting",
                condition=models.Q(state__in=["quarantined", "refused"]),
            ),
            models.Index(
                fields=["lead", "-id"],
                name="submission_of_lead",
                condition=models.Q(lead__isnull=False),
            ),
        ]
