"""Records, lists, boards, bulk changes and what belongs to a record."""

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema

from closeloop.desk.schemas.moves import MissingOut, MoveOut, ProcessRef, StepOut, WaitingOut
from closeloop.desk.schemas.names import Answer, OptionOut, Person
from closeloop.sla.schemas import ClockBadge


class RowCan(Answer):
    """What the viewer may do with one record."""

    edit: bool
    delete: bool
    move: bool
    assign: bool


class RecordOut(Answer):
    """One record as a viewer sees it."""

    id: int
    type: str
    title: str
    version: int
    stage: str | None
    stage_entered_at: datetime | None
    days_in_stage: float | None
    owner: Person | None
    unit: Person | None
    values: dict[str, Any]
    labels: dict[str, str]
    masked: list[str]
    opening: bool
    created_at: datetime
    updated_at: datetime
    last_activity_at: datetime
    deleted_at: datetime | None
    clock: ClockBadge | None
    can: RowCan


class RecordPage(Answer):
    """A page of a list; `count` stops at 1,000 (then `count_capped`)."""

    items: list[RecordOut]
    next_cursor: str | None
    count: int
    count_capped: bool


class BoardColumn(Answer):
    """One stage of a board with its first cards."""

    stage: str
    count: int
    count_capped: bool
    amount: str | None
    items: list[RecordOut]
    next_cursor: str | None


class Board(Answer):
    """A board: one column a stage."""

    columns: list[BoardColumn]


class RecordDetail(RecordOut):
    """A record with its path, its moves and what it lacks."""

    path: list[StepOut]
    process: ProcessRef | None
    waiting: WaitingOut | None
    waiting_reasons: list[OptionOut]
    outcome_reason: OptionOut | None
    moves: list[MoveOut]
    opening_missing: list[MissingOut]


class RecordIn(Schema, extra="forbid"):
    """Values of a new record; the owner is oneself unless another is given."""

    values: dict[str, Any]
    owner: int | None = Field(default=None, ge=1, lt=2**63)


class RecordChange(Schema, extra="forbid"):
    """Changed values. `stage` moves the record through its gates; `owner` assigns it."""

    values: dict[str, Any] = {}
    owner: int | None = Field(default=None, ge=1, lt=2**63)
    stage: str | None = Field(default=None, max_length=100)
    reason: str | None = Field(default=None, max_length=1000)
    outcome_reason: str | None = Field(default=None, max_length=100)


class BulkIn(Schema, extra="forbid"):
    """One change of many records, by ids or by a list's filter."""

    ids: list[int] | None = Field(default=None, max_length=1000)
    filter: dict[str, Any] | None = None
    q: str = Field(default="", max_length=200)
    stage: str | None = Field(default=None, max_length=100)
    mine: bool = False
    action: Literal["set", "assign", "move", "delete", "restore"]
    values: dict[str, Any] = {}
    owner: int | None = Field(default=None, ge=1, lt=2**63)
    to_stage: str | None = Field(default=None, max_length=100)
    reason: str | None = Field(default=None, max_length=1000)
    outcome_reason: str | None = Field(default=None, max_length=100)


class BulkRefusal(Answer):
    """A record that was not changed, and why."""

    id: int
    title: str
    code: str
    detail: str
    missing: list[MissingOut]


class BulkOut(Answer):
    """What a bulk change did."""

    done: list[int]
    refused: list[BulkRefusal]


class TimelineItem(Answer):
    """One thing that happened."""

    id: int
    at: datetime
    verb: str
    actor: Person | None
    text: str
    data: dict[str, Any]
    corrects: int | None


class Timeline(Answer):
    """A page of a record's history, newest first."""

    items: list[TimelineItem]
    next_cursor: str | None


class RelatedGroup(Answer):
    """Records of one type that belong to a record."""

    type: str
    field: str
    items: list[RecordOut]
    count: int


class DuplicateOut(Answer):
    """A record that may be the same. One that the viewer may not open has no title."""

    id: int | None
    type: str
    title: str
    match: Literal["name", "phone", "credit_code", "email", "pinyin"]
    score: float
    owner: str
    visible: bool


class HitOut(Answer):
    """A record that a search found; its clock where clocks are asked for."""

    id: int
    type: str
    title: str
    subtitle: str
    clock: ClockBadge | None
