"""Published blueprints, the instances that run through them, and their stage visits."""

from django.db import models
from django.db.models.functions import Now

from closeloop.approvals.models import Case
from closeloop.identity.models import User
from closeloop.records.models import Record


class Blueprint(models.Model):
    """A process by name; what it says lies in its versions."""

    key = models.TextField(unique=True)
    record_type = models.TextField()
    name = models.JSONField()


class Version(models.Model):
    """One published version of a blueprint; a trigger keeps its definition frozen."""

    blueprint = models.ForeignKey(Blueprint, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    definition = models.JSONField()
    published_at = models.DateTimeField(db_default=Now())
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blueprint", "number"], name="version_once"),
            models.UniqueConstraint(
                fields=["blueprint"], condition=models.Q(is_current=True), name="version_current"
            ),
        ]


class Instance(models.Model):
    """A record on its way through the version it entered."""

    record = models.OneToOneField(
        Record, on_delete=models.CASCADE, primary_key=True, related_name="instance"
    )
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="instances")
    stage = models.TextField()
    entered_at = models.DateTimeField(db_default=Now())
    moves = models.IntegerField(default=0)
    outcome_reason = models.TextField(default="", blank=True)
    waiting_reason = models.TextField(default="", blank=True)
    waiting_since = models.DateTimeField(null=True)
    waited_s = models.IntegerField(
        db_default=0, help_text="in this stage, the wait that goes on now aside"
    )
    is_opening = models.BooleanField(default=False)
    opening_missing = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["version", "stage"], name="instance_by_stage")]


class VisitKind(models.TextChoices):
    """How a stage was entered."""

    START = "start"
    OPENING = "opening"
    FORWARD = "forward"
    BACK = "back"
    SKIP = "skip"
    CLOSE = "close"
    REOPEN = "reopen"
    MIGRATION = "migration"


class Visit(models.Model):
    """A stay of a record in a stage."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="visits")
    stage = models.TextField()
    kind = models.TextField(choices=VisitKind)
    entered_at = models.DateTimeField(db_default=Now())
    left_at = models.DateTimeField(null=True)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(default="", blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["record", "id"], name="visit_of_record"),
            models.Index(fields=["entered_at"], name="visit_at"),
            models.Index(
                fields=["stage", "entered_at"],
                include=["record"],
                condition=models.Q(left_at=None) & ~models.Q(kind="opening"),
                name="visit_standing",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=models.Q(left_at=None), name="visit_open_once"
            )
        ]


class Tick(models.Model):
    """A checklist item that somebody has ticked for a record."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="ticks")
    item = models.TextField(help_text="<stage>.<item>")
    ticked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ticked_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "item"], name="tick_once")]


class ExceptionState(models.TextChoices):
    """Where a request for an exception stands."""

    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"
    USED = "used"
    WITHDRAWN = "withdrawn"


class ExceptionRequest(models.Model):
    """A request to pass a locked move without some named items (例外放行), and its decision.

    `decider` decides, or `case` does where the process names an approval flow for exceptions.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="exceptions")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    from_stage = models.TextField()
    to_stage = models.TextField()
    items = models.JSONField(help_text="keys of the missing items it would pass")
    missing = models.JSONField(help_text="the missing items as they were shown")
    reason = models.TextField()
    state = models.TextField(choices=ExceptionState, default=ExceptionState.OPEN)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(db_default=Now())
    decider = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(default="", blank=True)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "to_stage"],
                condition=models.Q(state="open"),
                name="exception_open_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["decider"], name="exception_to_decide", condition=models.Q(state="open")
            )
        ]
