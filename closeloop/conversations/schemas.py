"""What the addresses about conversations take and give."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema

from closeloop.conversations.models import ConversationKind, ConversationState, PromiseState
from closeloop.edge.moments import Moment
from closeloop.edge.texts import FilledLine, Line, Paragraph
from closeloop.recognition.schemas import RecognitionOut

Id = Annotated[int, Field(ge=1, lt=2**63)]
MOST_MESSAGES = 200


class TalkPerson(Schema):
    """Somebody by id and name."""

    id: int
    name: str


class TalkRecord(Schema):
    """A record that the viewer may read."""

    id: int
    type: str
    title: str


class Reason(Schema):
    """Why a record is meant."""

    by: str
    value: str
    text: str


class CandidateOut(Schema):
    """A record among which somebody may choose."""

    record: TalkRecord
    confidence: float
    why: list[Reason]


class ChosenOut(Schema):
    """How it came to its record: by hand, or so sure for these reasons."""

    by_hand: bool
    confidence: float | None
    why: list[Reason]


class PromiseOut(Schema):
    """A promise with the characters of the text that it stands in."""

    id: int
    sentence: str
    start: int
    end: int
    is_ours: bool
    speaker: str
    what: str
    due_at: datetime | None
    due_said: str
    state: PromiseState
    task_id: int | None


class TalkFile(Schema):
    """The recording, picture or document."""

    name: str
    format: str
    content_type: str
    size: int
    url: str


class ConversationRow(Schema):
    """A conversation in a list."""

    id: int
    kind: ConversationKind
    origin: str
    title: str
    excerpt: str
    at: datetime
    lasts_s: float | None
    is_incoming: bool | None
    is_draft: bool
    state: ConversationState
    author: TalkPerson | None
    record: TalkRecord | None
    customer: TalkRecord | None
    deal: TalkRecord | None
    reading_state: str | None
    problem: str
    promises_open: int
    candidates: list[CandidateOut]
    version: int


class ConversationOut(ConversationRow):
    """A whole conversation."""

    text: str
    parties: list[dict[str, str]]
    facts: list[dict[str, Any]]
    chosen: ChosenOut | None
    filed_by: TalkPerson | None
    filed_at: datetime | None
    file: TalkFile | None
    reading: RecognitionOut | None
    promises: list[PromiseOut]
    answers_id: int | None
    sending: str
    can_reply: bool


class ConversationPage(Schema):
    """A page of conversations."""

    items: list[ConversationRow]
    next_cursor: str | None


class ConversationQuery(Schema):
    """Which conversations."""

    state: ConversationState = ConversationState.FILED
    kind: ConversationKind | None = None
    author: Id | None = None
    record_id: Id | None = None
    stalled: bool = False
    since: Moment | None = None
    q: Line = ""
    cursor: str | None = Field(None, max_length=1000)
    limit: int = Field(30, ge=1, le=100)


class TrayOut(Schema):
    """How many wait for somebody to say whose they are."""

    count: int


class ConversationIn(Schema, extra="forbid"):
    """Minutes, a note of a call or a chat as text."""

    kind: Literal["minutes", "call", "voice", "chat"]
    text: Paragraph
    title: Line = ""
    at: Moment | None = None
    phone: Line = ""
    record_id: Id | None = None
    as_document: bool = True


class UploadIn(Schema, extra="forbid"):
    """What is said of a file beside it."""

    kind: Literal["minutes", "call", "voice", "chat"]
    title: Line = ""
    at: Moment | None = None
    phone: Line = ""
    record_id: Id | None = None
    as_document: bool = True


class TextIn(Schema, extra="forbid"):
    """The corrected text."""

    text: Annotated[str, Field(max_length=200_000)] | None = None
    title: Line | None = None


class FilingIn(Schema, extra="forbid"):
    """The record that it belongs to, and the facts of its text that are to be kept."""

    record_id: Id
    facts: list[dict[str, Any]] | None = Field(None, max_length=60)
    as_document: bool = True


class ReplyIn(Schema, extra="forbid"):
    """An answer."""

    text: Annotated[str, Field(min_length=1, max_length=20_000)]


class PromiseIn(Schema, extra="forbid"):
    """The task that a promise becomes; what is not named stays as it was found."""

    title: Line = ""
    owner_id: Id | None = None
    due_at: Moment | None = None


class SourceOut(Schema):
    """A mailbox or archive as it is set up; secrets never leave."""

    id: int
    kind: Literal["mailbox", "wecom", "dingtalk"]
    name: str
    is_on: bool
    settings: dict[str, str]
    secrets_set: list[str]
    owner: TalkPerson | None
    last_at: datetime | None
    last_problem: str
    taken: int


class SourceIn(Schema, extra="forbid"):
    """A mailbox or archive. A secret that is not named stays."""

    name: FilledLine
    settings: dict[str, Line] = Field(default_factory=dict, max_length=20)
    owner_id: Id | None = None
    is_on: bool = True


class NewSource(SourceIn):
    """The same with its kind."""

    kind: Literal["mailbox", "wecom", "dingtalk"]


class MessagesIn(Schema, extra="forbid"):
    """Messages as the provider describes them, decrypted."""

    messages: list[dict[str, Any]] = Field(max_length=MOST_MESSAGES)


class MessageOutcome(Schema):
    """What became of one message."""

    key: str
    outcome: Literal["taken", "repeated", "skipped"]
    why: str
    conversation_id: int | None = None


class FilingSetUp(Schema, extra="forbid"):
    """How sure it must be whose a conversation is."""

    threshold: float = Field(ge=0.5, le=0.99)
