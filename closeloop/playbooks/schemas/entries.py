"""What the addresses of entries take and give."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Field, Schema

from closeloop.edge.texts import Paragraph
from closeloop.playbooks.content import Content
from closeloop.playbooks.models import EntryKind

Id = Annotated[int, Field(ge=1, lt=2**63)]
Localized = dict[str, str]
Tag = Annotated[str, Field(max_length=80)]
Situation = Annotated[str, Field(max_length=500, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$")]
SourceKey = Literal["library", "suggestion", "plan", "push", "log", "search"]


class PlaybookPerson(Schema):
    """Somebody by id and name."""

    id: int
    name: str


class PlaybookValue(Schema):
    """A value of a facet."""

    key: str
    name: Localized


class PlaybookFacet(Schema):
    """One kind of tag with the values that it may have."""

    key: str
    name: Localized
    values: list[PlaybookValue]


class PlaybookCan(Schema):
    """What the viewer may do with the library."""

    manage: bool
    push: bool


class PlaybookFacets(Schema):
    """What entries are told apart by."""

    kinds: list[PlaybookValue]
    facets: list[PlaybookFacet]
    can: PlaybookCan


class PlaybookFigures(Schema):
    """What came of an entry: `moved` and `won` are records on which it had been used before."""

    readers: int
    times: int
    people: int
    records: int
    moved: int
    won: int
    helpful: int
    unhelpful: int


class PlaybookTag(Schema):
    """A tag with the names of its facet and value."""

    facet: str
    facet_name: Localized
    value: str
    name: Localized


class PlaybookWhy(Schema):
    """Why an entry is suggested: by a facet, `phrase`, `words` or `meaning`."""

    by: str
    name: Localized
    what: list[Localized]


class PlaybookRow(Schema):
    """An entry in a list. `excerpt` is how its text begins, `line` what to say first."""

    id: int
    kind: EntryKind
    kind_name: Localized
    title: Localized
    excerpt: Localized
    line: Localized
    tags: list[PlaybookTag]
    state: Literal["published", "proposed", "archived"]
    version: int | None
    published_at: datetime | None
    contributors: list[PlaybookPerson]
    figures: PlaybookFigures
    why: list[PlaybookWhy]


class PlaybookPage(Schema):
    """A page of entries; `count` is how many there are altogether."""

    items: list[PlaybookRow]
    count: int
    next_cursor: str | None


class PlaybookFile(Schema):
    """A file of an entry."""

    id: int
    name: str
    content_type: str
    size: int
    url: str


class PlaybookPages(Schema):
    """Pages or minutes, and what they show."""

    at: str
    title: Localized


class PlaybookPiece(Schema):
    """A file, link or outline of an entry, with its pages."""

    name: Localized
    file: PlaybookFile | None
    url: str | None
    pages: list[PlaybookPages]


class PlaybookVersion(Schema):
    """A published version in the history."""

    number: int
    note: str
    published_at: datetime
    published_by: PlaybookPerson | None
    contributors: list[PlaybookPerson]
    is_current: bool


class PlaybookDraft(Schema):
    """What is proposed; send `revision` back with the next write."""

    content: Content
    note: str
    drafted_at: datetime | None
    drafted_by: PlaybookPerson | None


class PlaybookEntryCan(Schema):
    """What the viewer may do with an entry."""

    write: bool
    publish: bool
    archive: bool
    push: bool


class PlaybookOut(PlaybookRow):
    """A whole entry. `content` is the current version's; None while nothing is published."""

    content: Content | None
    body: Localized
    pieces: list[PlaybookPiece]
    entries: list[PlaybookRow]
    versions: list[PlaybookVersion]
    draft: PlaybookDraft | None
    revision: int
    my_rating: bool | None
    can: PlaybookEntryCan


class PlaybookVersionOut(PlaybookVersion):
    """A published version with what it says."""

    content: Content


class PlaybookQuery(Schema):
    """Which entries; facets as `tag=facet:value`, several of them narrow together."""

    q: Situation = ""
    kind: EntryKind | None = None
    tag: list[Tag] = Field(default_factory=list, max_length=20)
    state: Literal["published", "proposed", "archived"] = "published"
    contributor: Id | None = None
    cursor: str | None = Field(None, max_length=200)
    limit: int = Field(30, ge=1, le=100)


class SuggestionQuery(Schema):
    """A situation; what a record tells is taken in where nothing else is said."""

    situation: Situation = ""
    stage: Tag = ""
    event: Tag = ""
    industry: Tag = ""
    competitor: Tag = ""
    region: Tag = ""
    kind: EntryKind | None = None
    record_id: Id | None = None
    limit: int = Field(5, ge=1, le=20)


class PlaybookIn(Schema, extra="forbid"):
    """A new entry, proposed."""

    kind: EntryKind
    content: Content
    note: Paragraph = ""


class PlaybookDraftIn(Schema, extra="forbid"):
    """How an entry should read; `revision` as it was read."""

    content: Content
    note: Paragraph = ""
    revision: int | None = None
