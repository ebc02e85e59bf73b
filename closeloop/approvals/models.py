"""Flows and their frozen versions, cases on their way through one, whom they ask and tell."""

from typing import Any

from django.db import models
from django.db.models.functions import Now

from closeloop.files.models import Attachment
from closeloop.identity.models import User
from closeloop.org.models import Unit
from closeloop.records.models import Record


class Flow(models.Model):
    """An approval flow by name; what it says lies in its versions. Switched off: for old cases."""

    key = models.TextField(unique=True)
    name = models.JSONField()
    record_type = models.TextField(default="", blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now())


class FlowDraft(models.Model):
    """What is being written of a flow and not published; it may be full of faults."""

    flow = models.OneToOneField(Flow, on_delete=models.CASCADE, related_name="draft")
    definition = models.JSONField()
    saved_at = models.DateTimeField(db_default=Now())
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")


class FlowVersion(models.Model):
    """One published version of a flow; a trigger keeps its definition frozen."""

    flow = models.ForeignKey(Flow, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    definition = models.JSONField()
    published_at = models.DateTimeField(db_default=Now())
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["flow", "number"], name="flow_version_once"),
            models.UniqueConstraint(
                fields=["flow"], condition=models.Q(is_current=True), name="flow_version_current"
            ),
        ]


class CaseState(models.TextChoices):
    """Where a case stands."""

    RUNNING = "running"
    GRANTED = "granted"
    REFUSED = "refused"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


class Case(models.Model):
    """One request for approval on its way through the version it entered.

    `purpose` says what follows when it is granted; `move` is "<from>><to>" and `move_version` the
    process version where that is a move. `form` holds the form as the approvers see it.
    `is_stale`: what was granted has been changed since, so that no gate counts it.
    """

    flow = models.ForeignKey(Flow, on_delete=models.PROTECT, related_name="cases")
    version = models.ForeignKey(FlowVersion, on_delete=models.PROTECT, related_name="cases")
    title = models.TextField()
    record = models.ForeignKey(
        Record, on_delete=models.PROTECT, null=True, related_name="approval_cases"
    )
    record_type = models.TextField(default="", blank=True)
    requester = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    purpose_kind = models.TextField(default="plain")
    purpose = models.JSONField(default=dict)
    move = models.TextField(default="", blank=True)
    move_version = models.BigIntegerField(null=True)
    chosen = models.JSONField(default=dict)
    form = models.JSONField(default=dict)
    comment = models.TextField(default="", blank=True)
    state = models.TextField(choices=CaseState, default=CaseState.RUNNING)
    reason = models.TextField(default="", blank=True)
    round = models.IntegerField(default=1)
    opened_at = models.DateTimeField(db_default=Now())
    closed_at = models.DateTimeField(null=True)
    urged_at = models.DateTimeField(null=True)
    carried_out = models.BooleanField(null=True)
    outcome_code = models.TextField(default="", blank=True)
    outcome = models.JSONField(default=dict)
    is_stale = models.BooleanField(default=False)
    is_imported = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["requester", "-id"], name="case_of_requester"),
            models.Index(fields=["record", "flow"], name="case_of_record"),
            models.Index(fields=["flow", "closed_at"], name="case_of_flow"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "flow", "move"],
                condition=models.Q(state__in=["running", "returned"]) & ~models.Q(move=""),
                name="case_open_once",
            )
        ]


class Visit(models.Model):
    """A stay of a case in an approver node, numbered within the case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="visits")
    number = models.IntegerField()
    node = models.TextField()
    round = models.IntegerField(default=1)
    state = models.TextField()
    is_void = models.BooleanField(default=False)
    entered_at = models.DateTimeField(db_default=Now())
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="approval_visit_once")
        ]


def _of_case(model: type[models.Model]) -> models.ForeignKey[Any, Any]:
    """A column that a trigger copies from the ask's case."""
    return models.ForeignKey(
        model, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False,
        db_index=False, editable=False,
    )  # fmt: skip


class Ask(models.Model):
    """One person asked once. `due_at` is only known of imported history; else the clock knows.

    `worked_s` is the working time from being asked to the end of it, counted when it ended. What it
    shares with its case and its visit never changes; the database keeps it here, for figures.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="asks")
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="asks")
    number = models.IntegerField()
    slot = models.IntegerField(default=0)
    rank = models.IntegerField(default=0)
    part = models.IntegerField(default=0)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.TextField()
    asked_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    worked_s = models.FloatField(null=True)
    comment = models.TextField(default="", blank=True)
    node = models.TextField(db_default="", blank=True)
    flow = _of_case(Flow)
    record = _of_case(Record)
    requester = _of_case(User)
    unit = _of_case(Unit)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="ask_once")]
        indexes = [
            models.Index(
                fields=["person", "-id"], name="ask_waiting", condition=models.Q(state="waiting")
            ),
            models.Index(fields=["person", "-id"], name="ask_of_person"),
            models.Index(fields=["ended_at"], name="ask_ended"),
            models.Index(fields=["unit", "ended_at"], name="ask_of_unit"),
            models.Index(fields=["requester", "ended_at"], name="ask_of_requester"),
            models.Index(
                fields=["due_at"], name="ask_due", condition=models.Q(due_at__isnull=False)
            ),
            models.Index(
                fields=["id"],
                name="ask_untimed",
                condition=models.Q(worked_s=None, asked_at__isnull=False, ended_at__isnull=False),
            ),
        ]


class AskFile(models.Model):
    """A document of the record that somebody added to their answer."""

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="files")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ask", "attachment"], name="ask_file_once")]


class StepKind(models.TextChoices):
    """What is done with a case without answering it. `open`: it was asked for, with documents."""

    OPEN = "open"
    WITHDRAW = "withdraw"
    URGE = "urge"
    RESUBMIT = "resubmit"
    TAKE_OVER = "take_over"


class Step(models.Model):
    """Something done with a case that answers no ask, with what was said to it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps")
    kind = models.TextField(choices=StepKind)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    comment = models.TextField(default="", blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="step_of_case")]


class StepFile(models.Model):
    """A document that somebody added to a step."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="files")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "attachment"], name="step_file_once")
        ]


class CaseFile(models.Model):
    """A document that somebody sent for a case and may name in what they do with it.

    Where the case is about a record it is one of the record's, else the case alone keeps it. Only
    once it is named it can be read through the case.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="sent_files")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "attachment", "person"], name="case_file_once")
        ]


class RequestFile(models.Model):
    """A document that somebody sent for a request before there is a case; naming it ends this."""

    attachment = models.OneToOneField(Attachment, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())


class Copy(models.Model):
    """Somebody who was told of a case by one of its nodes."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="copies")
    node = models.TextField()
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "node", "person"], name="copy_once")]
        indexes = [models.Index(fields=["person", "-id"], name="copy_of_person")]
