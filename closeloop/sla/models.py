"""Policies in versions, working calendars, clocks, and what has fired on them."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from closeloop.identity.models import User
from closeloop.org.models import Unit
from closeloop.records.models import Record


class Policy(models.Model):
    """A policy by name; what it says lies in its versions, what is being written in its draft."""

    key = models.TextField(unique=True)
    name = models.JSONField()
    about = models.TextField(help_text="a record type, approval_ask, exception or task")
    is_active = models.BooleanField(default=True, help_text="whether it opens clocks")
    draft = models.JSONField(null=True)
    drafted_at = models.DateTimeField(null=True)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")


class PolicyVersion(models.Model):
    """One published version of a policy; a trigger keeps its definition frozen."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    definition = models.JSONField()
    published_at = models.DateTimeField(db_default=Now())
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="policy_version_once"),
            models.UniqueConstraint(
                fields=["policy"],
                condition=models.Q(is_current=True),
                name="policy_version_current",
            ),
        ]


class Calendar(models.Model):
    """Working hours of the company (no unit) or of a unit and those below it."""

    name = models.JSONField()
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, related_name="+")
    time_zone = models.TextField(default="Asia/Shanghai")
    hours = models.JSONField(help_text='[{"weekday": 0-6, "from": "09:00", "to": "12:00"}, …]')
    holidays = models.TextField(default="china", blank=True, help_text="china, or empty: none")
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], name="calendar_of_unit_once", nulls_distinct=False
            )
        ]


class DayKind(models.TextChoices):
    """What a day is."""

    WORK = "work"
    REST = "rest"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"
    HALF = "half"


class CalendarDay(models.Model):
    """A day that the company sets itself; it goes before the published holidays."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="days")
    date = models.DateField()
    kind = models.TextField(choices=DayKind)
    name = models.JSONField(default=dict)
    hours = models.JSONField(null=True, help_text='[{"from": "09:00", "to": "12:00"}, …]')

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["calendar", "date"], name="calendar_day_once")
        ]


class ClockState(models.TextChoices):
    """How a clock stands; a late one that is still open is running, with `breached_at`."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    BREACHED = "breached"
    CANCELLED = "cancelled"


def _pointer(to: type[models.Model]) -> Any:
    """A column that names a row which is never removed: the server need not check it each time."""
    return models.ForeignKey(
        to,
        on_delete=models.DO_NOTHING,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )


class Clock(models.Model):
    """Who owes what by when. `schedule` and `plan` are when items fall due and which they are;
    the first `step` of them are past.
    """

    version = models.ForeignKey(
        PolicyVersion, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    policy = models.ForeignKey(
        Policy, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    record = models.ForeignKey(Record, on_delete=models.CASCADE, null=True, related_name="+")
    record_type = models.TextField(default="", blank=True)
    about_kind = models.TextField(help_text="record, approval_ask, exception or task")
    about_id = models.BigIntegerField(null=True)
    about_key = models.TextField(default="", blank=True, help_text="such as the stage")
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    calendar = models.ForeignKey(
        Calendar, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    state = models.TextField(choices=ClockState, default=ClockState.RUNNING)
    target_s = models.FloatField()
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    running_since = models.DateTimeField(null=True)
    elapsed_natural_s = models.FloatField(default=0)
    elapsed_working_s = models.FloatField(default=0)
    paused_reason = models.TextField(default="", blank=True)
    paused_stage = models.TextField(default="", blank=True)
    paused_since = models.DateTimeField(null=True)
    paused_by = _pointer(User)
    pauses = models.IntegerField(default=0)
    round = models.IntegerField(default=0)
    step = models.SmallIntegerField(default=0)
    schedule = ArrayField(models.DateTimeField(), default=list)
    plan = ArrayField(models.SmallIntegerField(), default=list)
    next_at = models.DateTimeField(null=True)
    red_since = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(db_default=Now())
    opened_by = _pointer(User)
    opened_by_verb = models.TextField(default="", blank=True)
    context = models.JSONField(default=dict, help_text="the data of what opened it")
    closed_at = models.DateTimeField(null=True)
    closed_by = _pointer(User)
    closed_by_verb = models.TextField(default="", blank=True)
    changed_xid = models.BigIntegerField(
        default=0, db_default=0, editable=False, help_text="kept by a trigger"
    )

    handed_on_at = models.DateTimeField(
        null=True, editable=False, help_text="first, after it fell due; kept by a trigger"
    )
    owed_by = _pointer(User)
    owed_in = _pointer(Unit)
    """Whose it was when it fell due, where it has been handed on since."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "policy", "about_id", "about_key"],
                condition=models.Q(closed_at=None),
                name="clock_open_once",
                nulls_distinct=False,
            )
        ]
        indexes = [
            models.Index(
                fields=["next_at"], name="clock_next", condition=models.Q(next_at__isnull=False)
            ),
            models.Index(
                fields=["owner", "due_at"],
                name="clock_of_owner",
                condition=models.Q(closed_at=None),
            ),
            models.Index(
                fields=["about_kind", "about_id"],
                name="clock_about",
                condition=models.Q(about_id__isnull=False),
            ),
            models.Index(
                fields=["about_kind", "due_at"],
                include=["about_id"],
                name="clock_about_due",
                condition=models.Q(about_id__isnull=False),
            ),
            models.Index(fields=["changed_xid", "id"], name="clock_changes"),
        ]


class FiringState(models.TextChoices):
    """Whether what follows from a step was done, or why not."""

    PENDING = "pending"
    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"


class Firing(models.Model):
    """A step that fell due. `step` is the index of the policy's item; negative: a leave's end."""

    clock = models.ForeignKey(
        Clock, on_delete=models.CASCADE, related_name="firings", db_index=False, db_constraint=False
    )
    step = models.SmallIntegerField()
    round = models.IntegerField(default=0)
    due_at = models.DateTimeField()
    fired_at = models.DateTimeField(db_default=Now())
    done_at = models.DateTimeField(null=True)
    state = models.TextField(choices=FiringState, db_default=FiringState.PENDING)
    reason = models.TextField(default="", db_default="", blank=True)
    attempts = models.SmallIntegerField(default=0, db_default=0)
    retry_at = models.DateTimeField(null=True)
    people = ArrayField(models.BigIntegerField(), default=list, db_default=[])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clock", "round", "step"], name="firing_once")
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="firing_pending",
                condition=models.Q(state="pending"),
            )
        ]
