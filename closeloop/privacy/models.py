"""Purposes and what people said to them, how long each kind is kept, who looked at what."""

from django.db import models
from django.db.models.functions import Now

from closeloop.identity.models import User
from closeloop.records.models import Record


class Purpose(models.Model):
    """One version of what the product takes a kind of personal data for (处理目的). Never changed.

    `source` is the digest of the pack's words that this version was made of, else empty.
    """

    key = models.TextField()
    version = models.IntegerField()
    name = models.JSONField(help_text="{zh-CN, en-US}")
    text = models.JSONField(help_text="{zh-CN, en-US}")
    position = models.IntegerField(default=0)
    source = models.TextField(default="", blank=True)
    published_at = models.DateTimeField(db_default=Now())
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="privacy_purpose_once")
        ]


class Consent(models.Model):
    """What one person answered to one version; only ever added, the last answer holds."""

    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="consents")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    is_agreed = models.BooleanField()
    via = models.TextField(default="screen")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["person", "purpose", "-id"], name="privacy_consent_last")]


class Retention(models.Model):
    """For how many days a kind is kept, where somebody has said so; null is without an end."""

    kind = models.TextField(primary_key=True)
    days = models.IntegerField(null=True)


class Access(models.Model):
    """Somebody looked at personal data: one row per person, item and hour; only ever added.

    `item_id` is the id of what was looked at in the app that keeps it, `record` what it belongs to.
    """

    at = models.DateTimeField(db_default=Now())
    hour = models.DateTimeField()
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField()
    item_id = models.BigIntegerField()
    record = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "item_id", "hour"], name="privacy_access_once"
            )
        ]
        indexes = [
            models.Index(fields=["kind", "-id"], name="privacy_access_of_kind"),
            models.Index(fields=["record", "-id"], name="privacy_access_of_record"),
        ]


class RequestKind(models.TextChoices):
    """What somebody outside asks for of what is held about them (PIPL, articles 45 and 47)."""

    EXPORT = "export"
    ERASURE = "erasure"


class RequestState(models.TextChoices):
    """How far it is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class SubjectRequest(models.Model):
    """One request of a person outside, done kind by kind; `counts` says how much of each."""

    kind = models.TextField(choices=RequestKind)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    reason = models.TextField()
    state = models.TextField(choices=RequestState, default=RequestState.WAITING)
    counts = models.JSONField(default=dict)
    done_kinds = models.IntegerField(default=0)
    all_kinds = models.IntegerField(default=0)
    stored_as = models.TextField(default="", blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["record", "-id"], name="privacy_request_of_record")]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "kind"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="privacy_request_open_once",
            )
        ]
