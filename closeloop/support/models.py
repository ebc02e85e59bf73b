"""Support cases (支持工单), what was done about each, and the configuration in versions."""

from django.db import models

from closeloop.edge.setups import SetupVersion
from closeloop.files.models import Attachment
from closeloop.identity.models import User
from closeloop.org.models import Unit
from closeloop.records.models import Record


class Setup(SetupVersion):
    """One published version of kinds, kinds of help and rules; a trigger keeps it frozen."""


class CaseState(models.TextChoices):
    """Where a case stands: helped ones wait for the requester's word."""

    OPEN = "open"
    SUPPORTED = "supported"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Case(models.Model):
    """One problem from the field that somebody is asked to help with.

    `due_at` is when its first 24 hours are over, as the clock that opened with it says; without a
    policy there is none. `answer_by` is until when help is due now: the same, or later after the
    help was turned down. `why` says by which rule the owner was chosen, `origin` where it came from
    (screen, phone, an event of the sales log).
    """

    kind = models.TextField()
    what = models.TextField()
    record = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, related_name="+")
    customer = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    requester = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.TextField(choices=CaseState, default=CaseState.OPEN)
    origin = models.JSONField(default=dict)
    why = models.JSONField(default=dict)
    client_id = models.UUIDField(null=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True)
    reopened = models.IntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["requester", "client_id"],
                condition=models.Q(client_id__isnull=False),
                name="support_case_sent_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "supported"], ended_at=None)
                | (models.Q(state__in=["closed", "withdrawn"]) & models.Q(ended_at__isnull=False)),
                name="support_case_ended_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "answer_by"],
                name="support_open_of_owner",
                condition=models.Q(state="open"),
            ),
            models.Index(fields=["requester", "-id"], name="support_of_requester"),
            models.Index(fields=["unit", "opened_at"], name="support_of_unit"),
            models.Index(fields=["opened_at"], name="support_opened"),
            models.Index(fields=["customer", "-id"], name="support_of_customer"),
        ]

    @property
    def number(self) -> str:
        """What people call it."""
        return f"S{self.pk:05d}"


class Help(models.Model):
    """What somebody did about a case. Only substantive help that was not turned down counts."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="helps")
    kind = models.TextField()
    is_substantive = models.BooleanField()
    text = models.TextField(default="", blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    turned_down_at = models.DateTimeField(null=True)


class Turn(models.Model):
    """One turn in the course of a case: asked, handed on, helped, reopened, ended."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="turns")
    what = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    to = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    help = models.ForeignKey(Help, on_delete=models.CASCADE, null=True, related_name="+")
    note = models.TextField(default="", blank=True)


class CaseFile(models.Model):
    """A document of a case: of the problem, or of the help that it belongs to."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="files")
    help = models.ForeignKey(Help, on_delete=models.CASCADE, null=True, related_name="files")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
