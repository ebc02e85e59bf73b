"""Moves, missing items, checklists and exceptions."""

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema
from pydantic import BaseModel

from closeloop.approvals.schemas.pieces import Files
from closeloop.desk.schemas.meta import StageMeta
from closeloop.desk.schemas.names import Answer, Name, OptionOut, Person


class ConditionRow(Answer):
    """One row of a condition with what was expected and found."""

    path: str
    field: str
    operator: str
    expected: Any
    actual: Any
    verdict: str
    reason: str | None


class WhyOut(Answer):
    """The rule that asks for an item."""

    blueprint: str
    version: int | None
    stage: str
    gate: Literal["entry", "exit"]
    words: Name | None


class MissingOut(Answer):
    """One item that keeps a lock shut."""

    item: str
    kind: Literal["field", "document", "checklist", "roles", "condition", "approval"]
    name: Name
    expected: Any
    actual: Any
    rows: list[ConditionRow]
    supplier: str
    supplier_name: Name
    where: str
    link: str | None
    verdict: str
    reason: str | None
    why: WhyOut
    message: str


class MoveOut(Answer):
    """A move that the process allows from here, with what its gates say now."""

    to_stage: str
    kind: Literal["forward", "back", "skip", "close", "reopen"]
    needs_reason: bool
    outcome_reasons: list[OptionOut]
    decision: Literal["allowed", "blocked", "needs_approval", "refused"]
    missing: list[MissingOut]


class StepOut(Answer):
    """A stage in the path header."""

    stage: str
    state: Literal["done", "current", "ahead", "skipped"]
    entered_at: datetime | None
    days: float | None


class ProcessRef(Answer):
    """The process version that a record runs through."""

    key: str
    version: int
    name: Name
    stages: list[StageMeta]


class WaitingOut(Answer):
    """That a record waits for the world outside."""

    reason: str
    since: datetime | None


class MoveIn(BaseModel, extra="forbid"):
    """A move with what its sheet collected. `ticks` are checklist items as <stage>.<item>."""

    to_stage: str = Field(max_length=100)
    reason: str | None = Field(default=None, max_length=1000)
    outcome_reason: str | None = Field(default=None, max_length=100)
    values: dict[str, Any] = {}
    ticks: list[str] = Field(default=[], max_length=100)
    via: Literal["screen", "drag", "api"] = "api"


class MoveApprovalIn(Schema, extra="forbid"):
    """A request for the approval that a move waits for, with what the sheet collected."""

    to_stage: str = Field(max_length=100)
    reason: str | None = Field(default=None, max_length=1000)
    outcome_reason: str | None = Field(default=None, max_length=100)
    values: dict[str, Any] = {}
    ticks: list[str] = Field(default=[], max_length=100)
    comment: str = Field(default="", max_length=2000)
    chosen: dict[str, list[int]] = {}
    form: dict[str, Any] = {}
    files: Files = []


class ApprovalAsked(Answer):
    """The approval that was opened; where everybody had agreed already, it is granted at once."""

    case_id: int
    state: str
    link: str


class ChecklistRow(Answer):
    """A checklist item of the record's process, with who ticked it."""

    stage: str
    key: str
    item: str
    name: Name
    guidance: Name | None
    ticked: bool
    by: Person | None
    at: datetime | None


class TickIn(Schema, extra="forbid"):
    """Whether the item is ticked."""

    ticked: bool


class WaitingIn(Schema, extra="forbid"):
    """The waiting reason, or null to end waiting."""

    reason: str | None = Field(default=None, max_length=100)


class ExceptionIn(Schema, extra="forbid"):
    """A request to pass a locked move."""

    to_stage: str = Field(max_length=100)
    reason: str = Field(max_length=1000)


class ExceptionDecision(Schema, extra="forbid"):
    """The verdict on a request."""

    granted: bool
    note: str = Field(default="", max_length=1000)


class RecordRef(Answer):
    """A record by id, type and title."""

    id: int
    type: str
    title: str


class ExceptionOut(Answer):
    """A request for an exception and its decision."""

    id: int
    record: RecordRef
    from_stage: str
    to_stage: str
    from_name: Name
    to_name: Name
    missing: list[MissingOut]
    reason: str
    state: Literal["open", "granted", "refused", "used", "withdrawn"]
    requested_by: Person
    requested_at: datetime
    decider: Person | None
    decided_by: Person | None
    decided_at: datetime | None
    note: str
    case_id: int | None
