"""What the addresses about enrolments and messages take and give."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import BaseModel, Field

from closeloop.edge.texts import FilledLine
from closeloop.nurture.schemas.parts import (
    ChannelKey,
    Id,
    Key,
    NurtureNamed,
    NurturePerson,
    NurtureRecord,
    NurtureSaid,
)

StateKey = Literal["running", "done", "left"]
MessageState = Literal["waiting", "sending", "sent", "failed", "unknown", "dead", "skipped"]


class NurturePosition(BaseModel):
    """The step that comes next."""

    step: str
    text: str


class NurtureEnrolment(BaseModel):
    """A lead on a path."""

    id: int
    path: NurtureNamed
    version: int
    record: NurtureRecord
    owner: NurturePerson | None
    state: StateKey
    position: NurturePosition | None
    next_at: datetime | None
    reason: NurtureSaid | None
    note: str
    how: Literal["verb", "by_hand", "bulk", "import"]
    why: str
    started_at: datetime
    started_by: str | None
    ended_at: datetime | None
    sent: int
    opened: int
    clicked: int


class NurtureTakenStep(BaseModel):
    """A step that was taken, and what came of it."""

    step: str
    kind: str
    text: str
    at: datetime
    outcome: str
    until: datetime | None
    reason: str | None
    reason_text: str
    message_id: int | None


class NurtureTemplateRef(BaseModel):
    """The template of a message."""

    key: str
    name: dict[str, str]
    version: int


class NurtureMessage(BaseModel):
    """A message to a lead. Its words are left out where they hold what the reader must not see.

    `needs_confirmation`: a colleague has it as a task in WeCom and has not confirmed it yet.
    """

    id: int
    channel: ChannelKey
    state: MessageState
    reason: str | None
    reason_text: str
    error: str
    subject: str
    preview: str
    is_covered: bool
    language: str
    template: NurtureTemplateRef
    path: NurtureNamed
    version: int
    step: str
    enrolment_id: int | None
    record: NurtureRecord
    address: str
    created_at: datetime
    next_at: datetime | None
    sent_at: datetime | None
    opened_at: datetime | None
    clicked_at: datetime | None
    opens: int
    clicks: int
    confirmed_at: datetime | None
    needs_confirmation: bool
    can_resend: bool


class NurtureMessageText(NurtureMessage):
    """A message as it left; `html` is a whole page, to be shown in a frame without scripts."""

    html: str | None
    text: str


class NurtureEnrolmentDetail(NurtureEnrolment):
    """An enrolment with its steps and messages."""

    steps: list[NurtureTakenStep]
    messages: list[NurtureMessage]


class NurtureEnrolmentPage(BaseModel):
    """A page of enrolments, the newest first."""

    items: list[NurtureEnrolment]
    next_cursor: str | None
    count: int


class NurtureMessagePage(BaseModel):
    """A page of messages, the newest first."""

    items: list[NurtureMessage]
    next_cursor: str | None
    count: int


class NurtureReach(BaseModel):
    """Whether a lead is reached on a channel now, and why not."""

    channel: ChannelKey
    address: str
    can: bool
    why: str | None
    why_text: str


class NurtureOfRecord(BaseModel):
    """A record's paths, how it is reached, and the paths that it may begin."""

    reach: list[NurtureReach]
    enrolments: list[NurtureEnrolmentDetail]
    may_start: list[NurtureNamed]
    may_change: bool


class NurtureEnrolmentQuery(Schema):
    """Which enrolments."""

    path: Key | None = None
    version: Annotated[int, Field(ge=1, lt=2**31)] | None = None
    state: StateKey | None = None
    reason: Key | None = None
    step: Key | None = None
    grade: Annotated[str, Field(max_length=60)] | None = None
    record_id: Id | None = None
    cursor: Annotated[str, Field(max_length=500)] | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class NurtureMessageQuery(Schema):
    """Which messages."""

    path: Key | None = None
    version: Annotated[int, Field(ge=1, lt=2**31)] | None = None
    step: Key | None = None
    template: Key | None = None
    channel: ChannelKey | None = None
    state: MessageState | None = None
    outcome: Literal["sent", "opened", "clicked"] | None = None
    reason: Annotated[str, Field(max_length=100)] | None = None
    record_id: Id | None = None
    cursor: Annotated[str, Field(max_length=500)] | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class NurtureLeaveIn(BaseModel):
    """Why somebody takes a lead off a path."""

    note: FilledLine
