"""What the addresses about templates, the library, suppressions and limits take and give."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import BaseModel, Field

from closeloop.edge.texts import FilledLine, Line
from closeloop.nurture.schemas.parts import (
    ChannelKey,
    Definition,
    Id,
    Key,
    Language,
    NameOut,
    NurtureName,
    NurtureNamed,
    NurtureProblem,
    NurtureReason,
    NurtureRecord,
    NurtureTryIn,
)

KindKey = Literal["document", "video", "article", "case", "other"]
ItemLanguage = Literal["", "zh-CN", "en-US"]
Url = Annotated[str, Field(max_length=2000, pattern=r"^https?://[^\s]+$")]
Tag = Annotated[FilledLine, Field(max_length=40)]
Time = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class NurtureTemplateRow(BaseModel):
    """A template in the list; figures are of leads that the reader may see."""

    key: str
    name: NameOut
    channel: ChannelKey
    topic: str
    version: int | None
    has_draft: bool
    revision: int
    is_archived: bool
    languages: list[str]
    used_by: list[NurtureNamed]
    changed_at: datetime
    sent: int
    opened: int
    clicked: int
    skipped: int
    unknown: int
    dead: int


class NurtureTemplateVersion(BaseModel):
    """A published version of a template."""

    number: int
    is_current: bool
    published_at: datetime
    published_by: str


class NurtureTemplate(NurtureTemplateRow):
    """A template with its versions, its draft, and why messages were not sent."""

    versions: list[NurtureTemplateVersion]
    current: Definition | None
    draft: Definition | None
    drafted_at: datetime | None
    drafted_by: str
    skips: list[NurtureReason]


class NurtureTemplateIn(BaseModel):
    """A new template."""

    key: Key
    name: NurtureName
    channel: ChannelKey


class NurtureTemplateChecked(BaseModel):
    """The problems of a template, and what is to be done before it can be sent."""

    problems: list[NurtureProblem]
    todos: list[NurtureProblem]


class NurtureRenderIn(NurtureTryIn):
    """For whom a template is filled in, and in which language; without a lead by examples."""

    record_id: Id | None = None
    language: Language = "zh-CN"


class NurtureRendered(BaseModel):
    """A template filled in; `html` is a whole page. `segments`: text messages it is counted as."""

    language: str
    subject: str
    html: str | None
    text: str
    characters: int
    segments: int | None


class NurtureTestIn(NurtureTryIn):
    """In which language a template is sent to oneself."""

    language: Language = "zh-CN"


class NurtureTested(BaseModel):
    """What came of a test message."""

    is_sent: bool
    is_uncertain: bool
    code: str
    reason: str
    detail: str


class NurtureArchiveIn(BaseModel):
    """Whether a template is put away."""

    is_archived: bool


class NurtureFile(BaseModel):
    """A file of the library."""

    name: str
    content_type: str
    size: int


class NurtureItem(BaseModel):
    """An item of the library; `clicked` are leads that followed it."""

    id: int
    title: NameOut
    kind: KindKey
    topic: str
    language: ItemLanguage
    tags: list[str]
    url: str | None
    file: NurtureFile | None
    is_archived: bool
    used_by: list[NurtureNamed]
    sent: int
    opened: int
    clicked: int
    created_at: datetime
    created_by: str


class NurtureItemIn(BaseModel):
    """A new item that leads to an address."""

    title: NurtureName
    kind: KindKey = "document"
    topic: Line = ""
    language: ItemLanguage = ""
    tags: Annotated[list[Tag], Field(max_length=20)] = []
    url: Url


class NurtureItemForm(Schema):
    """What stands beside an uploaded file: the title as JSON by language or as one text, tags as a
    JSON list or with commas between.
    """

    title: Annotated[str, Field(min_length=1, max_length=500)]
    kind: KindKey = "document"
    topic: Line = ""
    language: ItemLanguage = ""
    tags: Annotated[str, Field(max_length=1000)] = ""


class NurtureItemChange(BaseModel):
    """What changes about an item."""

    title: NurtureName | None = None
    kind: KindKey | None = None
    topic: Line | None = None
    language: ItemLanguage | None = None
    tags: Annotated[list[Tag], Field(max_length=20)] | None = None
    url: Url | None = None
    is_archived: bool | None = None


class NurtureItemQuery(Schema):
    """Which items."""

    q: Annotated[str, Field(max_length=100)] = ""
    kind: KindKey | None = None
    topic: Annotated[str, Field(max_length=200)] | None = None
    language: Language | None = None
    tag: Annotated[str, Field(max_length=40)] | None = None
    with_archived: bool = False


class NurtureSuppression(BaseModel):
    """An address that is not written to any more."""

    id: int
    channel: ChannelKey
    is_all: bool
    address: str
    source: Literal["page", "one_click", "reply", "bounce", "by_hand"]
    note: str
    at: datetime
    by: str
    record: NurtureRecord | None
    lifted_at: datetime | None
    lifted_by: str
    lift_reason: str


class NurtureSuppressionPage(BaseModel):
    """A page of suppressions, the newest first."""

    items: list[NurtureSuppression]
    next_cursor: str | None
    count: int


class NurtureSuppressionQuery(Schema):
    """Which suppressions."""

    q: Annotated[str, Field(max_length=200)] = ""
    channel: ChannelKey | None = None
    with_lifted: bool = False
    cursor: Annotated[str, Field(max_length=500)] | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class NurtureSuppressionIn(BaseModel):
    """An address that is not to be written to."""

    channel: ChannelKey
    address: FilledLine
    is_all: bool = False
    note: Line = ""


class NurtureLiftIn(BaseModel):
    """How its owner agreed to be written to again."""

    reason: Annotated[FilledLine, Field(min_length=4)]


class NurtureLimits(BaseModel):
    """Caps and hours of a channel; times of null are all of the day."""

    channel: ChannelKey
    per_day: Annotated[int, Field(ge=0, le=100)]
    per_week: Annotated[int, Field(ge=0, le=700)]
    from_time: Time | None
    to_time: Time | None
    only_working_days: bool


class NurtureLimitsShown(NurtureLimits):
    """The same, and whether the channel can be used."""

    name: NameOut
    is_ready: bool
    guarantee: str
    needs_confirmation: bool


class NurtureReplyAddress(BaseModel):
    """Where a provider of text messages tells of replies."""

    provider: str
    url: str


class NurtureSettings(BaseModel):
    """What holds for messages to outside people."""

    channels: list[NurtureLimitsShown]
    replies: list[NurtureReplyAddress]


class NurtureSettingsIn(BaseModel):
    """What is to hold."""

    channels: Annotated[list[NurtureLimits], Field(min_length=1, max_length=3)]
