"""What the addresses about the sales log take and give."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from closeloop.edge.moments import Day, Moment

Id = Annotated[int, Field(ge=1, lt=2**63)]
NameOut = dict[str, str]
Key = Annotated[str, Field(max_length=60)]
Short = Annotated[
    str, StringConstraints(max_length=1000, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$")
]


class LogPerson(Schema):
    """Somebody by id and name."""

    id: int
    name: str


class LogChoice(Schema):
    """Something by key and name."""

    key: str
    name: NameOut


class LogRecord(Schema):
    """A record by its title, for whom may read it."""

    id: int
    type: str
    title: str


class LogAlternative(Schema):
    """One thing that may be tried."""

    name: NameOut
    text: NameOut


class LogEventType(LogChoice):
    """A type of event; `support` is the kind of the case that it may open."""

    needs_reason: bool
    reasons: list[LogChoice]
    support: LogChoice | None
    asks_support: bool
    needs_customer: bool
    advice: NameOut
    alternatives: list[LogAlternative]
    tags: list[str]


class LogOptions(Schema):
    """What a form for events offers."""

    version: int
    types: list[LogEventType]
    text_max: int
    due: str
    today: date


class LogItem(Schema):
    """One thing of a day that the record holds."""

    id: int
    at: datetime
    verb: str
    text: str
    record: LogRecord | None


class LogPart(LogChoice):
    """A part of the day."""

    items: list[LogItem]


class LogFact(Schema):
    """Something that was read from a screenshot, by its place there; `filed` to the customer."""

    number: int
    kind: str
    value: str
    filed: bool


class LogPicture(Schema):
    """The screenshot of an event and how far its reading has come."""

    url: str
    thumbnail_url: str | None
    state: Literal["waiting", "reading", "done", "failed", "none"]
    text: str
    facts: list[LogFact]


class LogCase(Schema):
    """The support case that an event opened."""

    id: int
    number: str
    state: str


class LogEventOut(Schema):
    """An event."""

    id: int
    client_id: UUID
    day: date
    at: datetime
    type: LogChoice
    reason: LogChoice | None
    text: str
    author: LogPerson
    unit: LogPerson | None
    customer: LogRecord | None
    record: LogRecord | None
    case: LogCase | None
    picture: LogPicture | None
    is_supplement: bool
    corrects: int | None
    corrected_by: int | None
    can_take_back: bool
    can_correct: bool


class LogDay(Schema):
    """A day of one person: put together by the system, or as it was sent."""

    day: date
    author: LogPerson
    state: Literal["open", "sent"]
    sent_at: datetime | None
    is_late: bool
    due_at: datetime
    note: str
    events: list[LogEventOut]
    parts: list[LogPart]
    untold: int
    is_mine: bool


class LogDayQuery(Schema):
    """Whose day; one's own where nobody is named."""

    author: Id | None = None


class LogEventIn(Schema, extra="forbid"):
    """An event; `at` is when it happened, for one that comes later from a phone."""

    client_id: UUID
    type: Key
    text: Short = ""
    reason: Key = ""
    customer_id: Id | None = None
    record_id: Id | None = None
    at: Moment | None = None
    asks_support: bool | None = None
    corrects_id: Id | None = None


class LogSendIn(Schema, extra="forbid"):
    """Which day is sent."""

    client_id: UUID
    day: Day
    note: Short = ""


class LogFactsIn(Schema, extra="forbid"):
    """Which facts of the picture go to the customer, by their numbers."""

    facts: Annotated[list[Annotated[int, Field(ge=0, lt=1000)]], Field(min_length=1, max_length=60)]


class LogSuggestionQuery(Schema):
    """For which event playbooks are wanted."""

    type: Key
    text: Short = ""
    customer_id: Id | None = None
    record_id: Id | None = None


class LogSuggestion(Schema):
    """An entry of the playbooks, and why."""

    id: int
    title: str
    text: str
    why: str
    link: str


class LogSuggestions(Schema):
    """The type's own advice and alternatives, and playbooks that fit."""

    advice: NameOut
    alternatives: list[LogAlternative]
    playbooks: list[LogSuggestion]


class LogTeamQuery(Schema):
    """Which day, and of which unit (with all below it)."""

    day: Day | None = None
    unit: Id | None = None


class LogTeamLine(Schema):
    """One person's day."""

    person: LogPerson
    unit: LogPerson | None
    state: Literal["missing", "late", "waiting", "sent", "off"]
    sent_at: datetime | None
    counts: dict[str, int]
    events: int


class LogTeam(Schema):
    """The team's day, its events first."""

    day: date
    due_at: datetime
    is_due: bool
    events: list[LogEventOut]
    lines: list[LogTeamLine]


class LogSurge(Schema):
    """A type that jumped in a unit."""

    id: int
    week: date
    unit: LogPerson
    type: LogChoice
    count: int
    before: int
    percent: int | None
    task: "LogSurgeTask | None"


class LogSurgeTask(Schema):
    """The review of a surge."""

    id: int
    owner: LogPerson
    state: str


class LogSurgeOut(LogSurge):
    """A surge with the events behind it."""

    events: list[LogEventOut]


class LogSetupVersion(Schema):
    """A published version; nobody published those that a pack brought."""

    version: int
    definition: dict[str, Any]
    published_at: datetime
    published_by: LogPerson | None
    is_shipped: bool
    is_current: bool


class LogSetup(Schema):
    """The configuration: types, who writes, reminder, surge; the latest versions, newest first."""

    version: int
    definition: dict[str, Any]
    versions: list[LogSetupVersion]
    roles: list[LogChoice]
    support_kinds: list[LogChoice]


class LogSetupIn(Schema, extra="forbid"):
    """A whole configuration."""

    definition: dict[str, Any]


class LogTypeTried(LogChoice):
    """A type of the draft, or one that it leaves out, and how many events were reported of it."""

    state: Literal["added", "changed", "same", "removed"]
    events: int


class LogSetupTried(Schema):
    """A draft beside what holds, tried on the weeks since `since`."""

    since: date
    events: int
    types: list[LogTypeTried]
    surges_now: int
    surges_then: int
    writers_now: int
    writers_then: int
