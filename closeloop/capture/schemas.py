"""What the API takes and gives about channels, forms and what came."""

from datetime import datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from closeloop.edge.texts import FilledLine, Line, Name, Paragraph

KindKey = Literal[
    "form", "webhook", "mail", "rest", "wechat_official", "wecom_contact", "ocean_engine",
    "baidu", "tencent_ads",
]  # fmt: skip
StateKey = Literal["taken", "attached", "asked", "quarantined", "refused", "returned", "discarded"]


class CaptureRef(Schema):
    """Something by its id and name."""

    id: int
    name: str


class CaptureHealth(Schema):
    """What became of what came in the last 30 days."""

    taken: int
    attached: int
    quarantined: int
    refused: int


class CaptureChannel(Schema):
    """A channel. Secrets are only said to be there or not."""

    id: int
    kind: KindKey
    name: dict[str, str]
    source: str
    source_name: dict[str, str]
    unit: CaptureRef | None
    owner: CaptureRef | None
    is_on: bool
    settings: dict[str, Any]
    mapping: dict[str, str]
    sets: dict[str, Any]
    secrets: dict[str, bool]
    made_secret: str
    rotated_at: datetime | None
    missing: list[str]
    has_mapping: bool
    address: str
    received_at: datetime | None
    published: int | None
    health: CaptureHealth


class CaptureChannelMade(CaptureChannel):
    """A channel with the secret that was made for it; it is shown this once."""

    secret: str


class CaptureChannelIn(Schema, extra="forbid"):
    """What a channel is to be; secrets that are not named stay, empty ones go."""

    name: Name
    source: Line = ""
    unit: int | None = Field(None, ge=1, lt=2**63)
    owner: int | None = Field(None, ge=1, lt=2**63)
    is_on: bool = True
    settings: dict[FilledLine, Line] | None = None
    mapping: dict[FilledLine, FilledLine] | None = None
    sets: dict[FilledLine, bool | Line] | None = None
    secrets: dict[FilledLine, Line] | None = None


class NewCaptureChannel(CaptureChannelIn):
    """A new channel."""

    kind: KindKey


class CaptureSecret(Schema):
    """A secret that was made; it is shown this once."""

    secret: str


class FormField(Schema, extra="forbid"):
    """One field of a form, by its place in the list."""

    key: FilledLine
    required: bool = False
    label: dict[Literal["zh-CN", "en-US"], Line] | None = None
    help: dict[Literal["zh-CN", "en-US"], Line] | None = None


class FormConsent(Schema, extra="forbid"):
    """What people agree to when they send the form."""

    text: dict[Literal["zh-CN", "en-US"], Paragraph]
    required: bool = True


class FormDefinition(Schema, extra="forbid"):
    """A public form."""

    title: dict[Literal["zh-CN", "en-US"], Line]
    intro: dict[Literal["zh-CN", "en-US"], Paragraph] = Field(default_factory=dict)
    fields: list[FormField] = Field(max_length=60)
    consent: FormConsent | None = None
    thanks: dict[Literal["zh-CN", "en-US"], Paragraph]


class OfferedChoice(Schema):
    """One choice of a field."""

    key: str
    name: dict[str, str]


class OfferedField(Schema):
    """A field of the lead that a form may ask for."""

    key: str
    name: dict[str, str]
    type: str
    required: bool
    choices: list[OfferedChoice]


class FormProblem(Schema):
    """What is wrong at one place of a form."""

    field: str
    code: str
    message: str


class FormState(Schema):
    """A form: its draft, what is published, what may be asked, what is still wrong."""

    channel: CaptureChannel
    draft: FormDefinition
    published: FormDefinition | None
    published_number: int | None
    published_at: datetime | None
    is_changed: bool
    offered: list[OfferedField]
    problems: list[FormProblem]
    address: str
    snippet: str
    plain_snippet: str


class CaptureReason(Schema):
    """Why something was not taken, in the reader's language."""

    field: str
    field_name: str
    code: str
    message: str


class CaptureConflict(Schema):
    """A value that differs from what the lead has."""

    field: str
    field_name: str
    held: Any
    given: Any


class CaptureDerived(Schema):
    """A value that nobody gave: what it was taken from, in the reader's language."""

    field: str
    field_name: str
    value: str
    message: str


class SubmissionOut(Schema):
    """Something that came, and what became of it."""

    id: int
    channel: CaptureRef
    kind: KindKey
    at: datetime
    address: str
    state: StateKey
    lead: CaptureRef | None
    values: dict[str, Any]
    rest: dict[str, Any]
    consent: dict[str, Any] | None
    form: int | None
    reasons: list[CaptureReason]
    left_out: list[CaptureReason]
    conflicts: list[CaptureConflict]
    derived: list[CaptureDerived]
    also: list[CaptureRef]
    settled_at: datetime | None


class SubmissionDetail(SubmissionOut):
    """The same with its body as text, as far as it is text."""

    content_type: str
    body: str
    size: int


class SubmissionPage(Schema):
    """A page of what came."""

    items: list[SubmissionOut]
    next_cursor: str | None
    waiting: int


class Mended(Schema, extra="forbid"):
    """Values that mend a submission; none: its body is read again with the present mapping."""

    values: dict[FilledLine, Line] | None = None


class CaptureOutcome(Schema):
    """What became of something."""

    submission_id: int
    state: StateKey
    lead_id: int | None
    is_repeat: bool
    reasons: list[CaptureReason]
