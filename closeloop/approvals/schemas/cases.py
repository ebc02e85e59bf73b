"""What the endpoints of cases take and give."""

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema

from closeloop.approvals.schemas.pieces import (
    Answer,
    Comment,
    Files,
    FlowRef,
    FormRow,
    Id,
    Key,
    Option,
    Person,
    RecordRef,
)
from closeloop.edge.texts import Line, Name


class ClockBrief(Answer):
    """The clock that runs while somebody is asked."""

    id: int
    due_at: datetime | None
    state: str
    is_late: bool
    is_red: bool


class CaseBrief(Answer):
    """A case as a card: what it is about, where it stands, what of it is the reader's."""

    id: int
    flow: FlowRef
    title: str
    state: Literal["running", "granted", "refused", "returned", "withdrawn", "ended"]
    purpose_kind: str
    requester: Person
    record: RecordRef | None
    opened_at: datetime
    closed_at: datetime | None
    node: Name | None
    waiting_for: list[Person]
    asked_at: datetime | None
    is_seen: bool
    on_behalf_of: Person | None
    my_ask_id: int | None
    clock: ClockBrief | None
    can_batch: bool
    summary: list[FormRow]


class CasePage(Answer):
    """A page of a box."""

    items: list[CaseBrief]
    next_cursor: str | None


class FileRef(Answer):
    """A document by id and name; `url` gives it to whoever may see the case."""

    id: int
    name: str
    url: str


class AskOut(Answer):
    """One person asked, when they saw it and what they said. No id: it lies ahead."""

    id: int | None
    person: Person
    on_behalf_of: Person | None
    added_by: int | None
    state: Literal[
        "planned", "waiting", "agreed", "refused", "returned", "transferred", "deferred",
        "repeated", "closed",
    ]  # fmt: skip
    asked_at: datetime | None
    seen_at: datetime | None
    ended_at: datetime | None
    comment: str
    files: list[FileRef]
    clock: ClockBrief | None


class NodeOut(Answer):
    """A step that the case has come to, or lies ahead of it. A void one was taken back."""

    key: str
    name: Name
    kind: str
    mode: Literal["all", "one_each", "any", "in_order"] | None
    round: int
    state: Literal["ahead", "current", "done", "skipped", "refused", "returned", "closed"]
    is_void: bool
    entered_at: datetime | None
    left_at: datetime | None
    asks: list[AskOut]


class CaseStepOut(Answer):
    """Something done with a case that answers no ask, and what was said to it."""

    kind: Literal["withdraw", "urge", "resubmit", "take_over"]
    person: Person
    at: datetime
    comment: str
    files: list[FileRef]


class MyPart(Answer):
    """What the reader may do now; who stands above somebody who is asked may take that over."""

    ask_id: int | None
    actions: list[
        Literal[
            "agree",
            "refuse",
            "return",
            "transfer",
            "add_signer",
            "withdraw",
            "urge",
            "resubmit",
            "take_over",
        ]
    ]


class OutcomeOut(Answer):
    """Whether what was granted was done; `code` says why not, `data` what is missing."""

    carried_out: bool
    code: str
    detail: str
    data: dict[str, Any]


class CopyOut(Answer):
    """Somebody who was told."""

    person: Person
    node: str
    at: datetime
    seen_at: datetime | None


class CaseOut(CaseBrief):
    """A case in full. `is_by_hand`: somebody opened it; nothing follows from its being granted.
    `files` came with the request."""

    version: int
    comment: str
    files: list[FileRef]
    purpose: dict[str, Any]
    round: int
    reason: str
    form: list[FormRow]
    is_by_hand: bool
    nodes: list[NodeOut]
    steps: list[CaseStepOut]
    my: MyPart
    passed_nodes: list[Option]
    outcome: OutcomeOut | None
    copies: list[CopyOut]


class CaseCount(Answer):
    """What waits for the reader."""

    todo: int
    unseen: int
    copied: int
    returned: int


class CaseIn(Schema, extra="forbid"):
    """A request for approval, opened by hand. `chosen` holds people by node; `files` were sent for
    it, or are documents of its record."""

    flow: Key
    record_type: str | None = Field(default=None, max_length=100)
    record_id: Id | None = None
    title: Line = ""
    chosen: dict[str, list[Id]] = {}
    form: dict[str, Any] = {}
    comment: Comment = ""
    files: Files = []


class AnswerIn(Schema, extra="forbid"):
    """An answer. `ask_id` is the ask that was on the screen; `files` were sent for the case, or are
    documents of its record."""

    comment: Comment = ""
    ask_id: Id | None = None
    form: dict[str, Any] = {}
    files: Files = []


class ReturnIn(AnswerIn):
    """A return; without `to_node` to the requester."""

    to_node: str | None = Field(default=None, max_length=63)


class TransferIn(Schema, extra="forbid"):
    """Who is to decide instead."""

    to: Id
    comment: Comment = ""
    ask_id: Id | None = None
    files: Files = []


class SignerIn(Schema, extra="forbid"):
    """Who signs as well, before or after."""

    person: Id
    place: Literal["before", "after"]
    comment: Comment = ""
    ask_id: Id | None = None
    files: Files = []


class CaseCommentIn(Schema, extra="forbid"):
    """A remark, with documents."""

    comment: Comment = ""
    files: Files = []


class TakeOverIn(Schema, extra="forbid"):
    """Whose ask is taken over; without one, the ask that has waited longest."""

    ask_id: Id | None = None
    comment: Comment = ""
    files: Files = []


class ResubmitIn(Schema, extra="forbid"):
    """What was mended; lines that are not given stay."""

    form: dict[str, Any] = {}
    comment: Comment = ""
    files: Files = []


class BatchIn(Schema, extra="forbid"):
    """Several cases to agree to."""

    ids: list[Id] = Field(min_length=1, max_length=100)
    comment: Comment = ""


class BatchRefusal(Answer):
    """A case that was left, and why."""

    id: int
    title: str
    code: str
    detail: str


class BatchOut(Answer):
    """What a batch came to."""

    done: list[int]
    refused: list[BatchRefusal]
