"""What the desk's endpoints take and give."""

from datetime import date, datetime
from typing import Any, Literal

from ninja import Field, Schema

Name = dict[str, str]


class Person(Schema):
    """A person or unit by id and name."""

    id: int
    name: str


class ChoiceOut(Schema):
    """One choice of a field; `when` limits it to values of other fields."""

    key: str
    name: Name
    when: dict[str, list[str]] | None = None


class FieldMeta(Schema):
    """A field as the viewer may use it."""

    key: str
    name: Name
    type: str
    required: bool
    builtin: bool
    choices: list[ChoiceOut]
    record_type: str | None
    section: str
    access: Literal["edit", "read", "masked"]
    sortable: bool
    filterable: bool
    max_length: int | None
    help: Name | None
    defaults: dict[str, dict[str, Any]]


class StageMeta(Schema):
    """A stage of the current process version."""

    key: str
    name: Name
    kind: Literal["open", "won", "lost", "closed"]
    probability: int | None
    position: int
    guidance: Name | None
    expected_days: int | None


class SectionMeta(Schema):
    """A section of a type's form."""

    key: str
    name: Name


class TypeMeta(Schema):
    """A record type with its fields, stages and what the viewer may do."""

    key: str
    name: Name
    plural: Name
    icon: str
    has_process: bool
    sections: list[SectionMeta]
    fields: list[FieldMeta]
    stages: list[StageMeta]
    list_columns: list[str]
    card_fields: list[str]
    title_field: str
    amount_field: str | None
    due_field: str | None
    can: dict[str, str]
    user_defined: bool


class DocumentKind(Schema):
    """A kind of document that gates may ask for, with the file formats it takes."""

    key: str
    name: Name
    types: list[str]


class RoleTemplate(Schema):
    """The decision-chain roles that a kind of customer usually has."""

    key: str
    name: Name
    roles: list[str]


class Meta(Schema):
    """Everything that screens are drawn from."""

    record_types: list[TypeMeta]
    document_kinds: list[DocumentKind]
    role_templates: list[RoleTemplate]
    languages: list[str]
    currencies: list[str]


class RowCan(Schema):
    """What the viewer may do with one record."""

    edit: bool
    delete: bool
    move: bool
    assign: bool


class RecordOut(Schema):
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
    can: RowCan


class RecordPage(Schema):
    """A page of a list; `count` stops at 1,000 (then `count_capped`)."""

    items: list[RecordOut]
    next_cursor: str | None
    count: int
    count_capped: bool


class BoardColumn(Schema):
    """One stage of a board with its first cards."""

    stage: str
    count: int
    count_capped: bool
    amount: str | None
    items: list[RecordOut]
    next_cursor: str | None


class Board(Schema):
    """A board: one column a stage."""

    columns: list[BoardColumn]


class ConditionRow(Schema):
    """One row of a condition with what was expected and found."""

    path: str
    field: str
    operator: str
    expected: Any
    actual: Any
    verdict: str
    reason: str | None


class WhyOut(Schema):
    """The rule that asks for an item."""

    blueprint: str
    version: int | None
    stage: str
    gate: Literal["entry", "exit"]
    words: Name | None


class MissingOut(Schema):
    """One item that keeps a lock shut."""

    item: str
    kind: Literal["field", "document", "checklist", "roles", "condition"]
    name: Name
    expected: Any
    actual: Any
    rows: list[ConditionRow]
    supplier: str
    supplier_name: Name
    where: str
    verdict: str
    reason: str | None
    why: WhyOut
    message: str


class OptionOut(Schema):
    """A reason to choose from, or a checklist item."""

    key: str
    name: Name
    guidance: Name | None = None


class MoveOut(Schema):
    """A move that the process allows from here, with what its gates say now."""

    to_stage: str
    kind: Literal["forward", "back", "skip", "close", "reopen"]
    needs_reason: bool
    outcome_reasons: list[OptionOut]
    decision: Literal["allowed", "blocked", "refused"]
    missing: list[MissingOut]


class StepOut(Schema):
    """A stage in the path header."""

    stage: str
    state: Literal["done", "current", "ahead", "skipped"]
    entered_at: datetime | None
    days: float | None


class ProcessRef(Schema):
    """The process version that a record runs through."""

    key: str
    version: int
    name: Name
    stages: list[StageMeta]


class WaitingOut(Schema):
    """That a record waits for the world outside."""

    reason: str
    since: datetime | None


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


class MoveIn(Schema, extra="forbid"):
    """A move with what its sheet collected. `ticks` are checklist items as <stage>.<item>."""

    to_stage: str = Field(max_length=100)
    reason: str | None = Field(default=None, max_length=1000)
    outcome_reason: str | None = Field(default=None, max_length=100)
    values: dict[str, Any] = {}
    ticks: list[str] = Field(default=[], max_length=100)
    via: Literal["screen", "drag", "api"] = "api"


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


class BulkRefusal(Schema):
    """A record that was not changed, and why."""

    id: int
    title: str
    code: str
    detail: str
    missing: list[MissingOut]


class BulkOut(Schema):
    """What a bulk change did."""

    done: list[int]
    refused: list[BulkRefusal]


class ChecklistRow(Schema):
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


class TimelineItem(Schema):
    """One thing that happened."""

    id: int
    at: datetime
    verb: str
    actor: Person | None
    text: str
    data: dict[str, Any]
    corrects: int | None


class Timeline(Schema):
    """A page of a record's history, newest first."""

    items: list[TimelineItem]
    next_cursor: str | None


class RelatedGroup(Schema):
    """Records of one type that belong to a record."""

    type: str
    field: str
    items: list[RecordOut]
    count: int


class DuplicateOut(Schema):
    """A record that may be the same. One that the viewer may not open has no title."""

    id: int | None
    type: str
    title: str
    match: Literal["name", "phone", "credit_code", "email", "pinyin"]
    score: float
    owner: str
    visible: bool


class ExceptionIn(Schema, extra="forbid"):
    """A request to pass a locked move."""

    to_stage: str = Field(max_length=100)
    reason: str = Field(max_length=1000)


class ExceptionDecision(Schema, extra="forbid"):
    """The verdict on a request."""

    granted: bool
    note: str = Field(default="", max_length=1000)


class ExceptionOut(Schema):
    """A request for an exception and its decision."""

    id: int
    record: dict[str, Any]
    from_stage: str
    to_stage: str
    from_name: Name
    to_name: Name
    missing: list[MissingOut]
    reason: str
    state: Literal["open", "granted", "refused", "used"]
    requested_by: Person
    requested_at: datetime
    decider: Person | None
    decided_by: Person | None
    decided_at: datetime | None
    note: str


class ViewColumn(Schema):
    """A column of a view."""

    field: str
    width: int | None = None


class ViewIn(Schema, extra="forbid"):
    """A view to save."""

    record_type: str = Field(max_length=100)
    name: str = Field(min_length=1, max_length=60)
    kind: Literal["table", "board"] = "table"
    columns: list[ViewColumn] = Field(default=[], max_length=100)
    filter: dict[str, Any] | None = None
    sort: str = Field(default="", max_length=100)
    visibility: Literal["private", "unit", "everyone"] = "private"
    is_default: bool = False


class ViewChange(Schema, extra="forbid"):
    """Changes of a view; what is not given stays."""

    name: str | None = Field(default=None, min_length=1, max_length=60)
    kind: Literal["table", "board"] | None = None
    columns: list[ViewColumn] | None = Field(default=None, max_length=100)
    filter: dict[str, Any] | None = None
    sort: str | None = Field(default=None, max_length=100)
    visibility: Literal["private", "unit", "everyone"] | None = None
    is_default: bool | None = None
    pinned: bool | None = None


class ViewOut(Schema):
    """A saved view."""

    id: int
    record_type: str
    name: str
    kind: Literal["table", "board"]
    columns: list[ViewColumn]
    filter: dict[str, Any] | None
    sort: str
    visibility: Literal["private", "unit", "everyone"]
    is_default: bool
    pinned: bool
    mine: bool
    owner: str
    version: int


class TodayBlocked(Schema):
    """A record that its owner tried to move and could not."""

    record: RecordOut
    attempts: int
    last_at: datetime
    to_stage: str
    missing: list[MissingOut]


class TodayCount(Schema):
    """How many open records of a type are one's own, and what they are worth."""

    type: str
    count: int
    amount: str | None


class TodayMention(Schema):
    """A comment that names one."""

    id: int
    record_id: int
    record_type: str
    title: str
    author: str
    text: str
    at: datetime


class Today(Schema):
    """What to do now."""

    date: date
    my_open: list[TodayCount]
    blocked: list[TodayBlocked]
    overdue: list[RecordOut]
    stale: list[RecordOut]
    to_decide: list[ExceptionOut]
    mentions: list[TodayMention]
    recent: list[RecordOut]


class AuditItem(TimelineItem):
    """An entry of the audit log."""

    actor_kind: str
    record_id: int | None
    record_type: str
    record_title: str | None


class AuditPage(Schema):
    """A page of the audit log, newest first."""

    items: list[AuditItem]
    next_cursor: str | None


class FillRate(Schema):
    """How many of the records in reach have a value in a field (K10)."""

    field: str
    name: Name
    filled: int
    total: int
    rate: float | None
    threshold: float
