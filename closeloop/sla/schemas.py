"""What the addresses about clocks and policies take and give."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import BaseModel, Field

from closeloop.edge.moments import Day, Moment
from closeloop.edge.texts import FilledLine

Id = Annotated[int, Field(ge=1, lt=2**63)]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
NameOut = dict[str, str]


class ClockPerson(BaseModel):
    """Somebody by id and name."""

    id: int
    name: str


class ClockRecord(BaseModel):
    """The record that a clock belongs to."""

    id: int
    type: str
    title: str


class ClockPolicy(BaseModel):
    """The policy by which a clock counts."""

    key: str
    name: NameOut
    version: int


class ClockPaused(BaseModel):
    """Why a clock stands still, since when, by whom."""

    reason: str
    name: NameOut
    since: datetime | None
    by: ClockPerson | None


class ClockStep(BaseModel):
    """One thing that falls due on a clock."""

    key: str
    sentence: str
    at: datetime | None
    state: Literal["ahead", "fired", "skipped"]
    fired_at: datetime | None


class ClockOut(BaseModel):
    """A clock. `remaining_s` is negative when it is late, and counts the policy's own time."""

    id: int
    policy: ClockPolicy
    record: ClockRecord | None
    about: str
    about_id: int | None
    link: str
    owner: ClockPerson | None
    state: Literal["running", "paused", "met", "breached", "cancelled"]
    is_late: bool
    is_red: bool
    started_at: datetime
    due_at: datetime | None
    next_at: datetime | None
    closed_at: datetime | None
    target_s: int
    time: Literal["natural", "working"]
    remaining_s: int | None
    paused: ClockPaused | None
    steps: list[ClockStep]
    resets_by: str
    why: str


class ClockBadge(BaseModel):
    """The clock of a record that presses most."""

    id: int
    policy: NameOut
    due_at: datetime | None
    state: Literal["running", "paused", "met", "breached", "cancelled"]
    is_late: bool
    is_red: bool


class ClockPage(BaseModel):
    """Clocks in a box."""

    items: list[ClockOut]
    next_cursor: str | None


class ClockQuery(Schema):
    """Which clocks; `under` is a unit with all below it."""

    box: Literal["mine", "team", "red"] = "mine"
    policy: str = Field("", max_length=60)
    owner_id: Id | None = None
    under: Id | None = None
    cursor: str | None = Field(None, max_length=1000)
    limit: int = Field(50, ge=1, le=100)


class PunctualityQuery(Schema):
    """Which period, by the days on which it fell due, both counted; else the last 30 days.

    `under` is a unit with all below it.
    """

    since: Day | None = Field(None, alias="from")
    until: Day | None = Field(None, alias="to")
    under: Id | None = None


class PunctualityRow(BaseModel):
    """Of what fell due by a policy: what was met, what was missed (overdue and open is missed)."""

    policy: dict[str, str]
    key: str
    due: int
    met: int
    missed: int
    rate: float


class PunctualClockQuery(PunctualityQuery):
    """The clocks behind one figure."""

    policy: str = Field(max_length=60)
    outcome: Literal["due", "met", "missed"] = "missed"
    cursor: str | None = Field(None, max_length=1000)
    limit: int = Field(50, ge=1, le=100)


class PolicyVersionOut(BaseModel):
    """A published version."""

    number: int
    is_current: bool
    published_at: datetime
    published_by: str
    sentences: list[str]


class PolicyRow(BaseModel):
    """A policy in the list."""

    key: str
    name: NameOut
    about: str
    is_active: bool
    version: int | None
    has_draft: bool
    sentences: list[str]


class PolicyOut(PolicyRow):
    """A policy with what it says. `current` and `draft` are definitions."""

    versions: list[PolicyVersionOut]
    current: dict[str, Any] | None
    draft: dict[str, Any] | None
    drafted_at: datetime | None


class ClockNameIn(Schema, extra="forbid"):
    """A name in both languages."""

    zh_CN: FilledLine = Field(alias="zh-CN")
    en_US: FilledLine = Field(alias="en-US")

    def as_data(self) -> dict[str, str]:
        """The name by language."""
        return {"zh-CN": self.zh_CN, "en-US": self.en_US}


class PolicyIn(Schema, extra="forbid"):
    """A new policy."""

    key: Key
    name: ClockNameIn
    about: Key


class DefinitionIn(Schema, extra="forbid"):
    """A policy's definition as it is being written."""

    definition: dict[str, Any]


class PolicyProblem(BaseModel):
    """A fault of a definition; `path` is a JSON Pointer."""

    code: str
    path: str
    data: dict[str, Any]
    message: str


class PolicyChecked(BaseModel):
    """Problems, or else the sentences of a definition."""

    problems: list[PolicyProblem]
    sentences: list[str]


class RehearsalIn(Schema, extra="forbid"):
    """A period that is over; the definition is the draft, else the current version."""

    since: Moment = Field(alias="from")
    until: Moment = Field(alias="to")
    definition: dict[str, Any] | None = None


class PersonCount(BaseModel):
    """How often somebody would have been told."""

    person: ClockPerson
    count: int


class RehearsedStep(BaseModel):
    """How often a step would have fired."""

    key: str
    sentence: str
    fired: int
    people: list[PersonCount]


class RehearsedFiring(BaseModel):
    """A step that would have fired."""

    key: str
    sentence: str
    at: datetime


class RehearsedClock(BaseModel):
    """One clock as it would have lived."""

    record: ClockRecord
    started_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    state: str
    fired: list[RehearsedFiring]


class Rehearsal(BaseModel):
    """What would have happened."""

    opened: int
    met: int
    breached: int
    cancelled: int
    open: int
    paused: int
    steps: list[RehearsedStep]
    examples: list[RehearsedClock]


class PublishIn(Schema, extra="forbid"):
    """`adopt`: also open clocks for what is there already."""

    adopt: bool = False


class SwitchIn(Schema, extra="forbid"):
    """Whether a policy opens clocks."""

    is_active: bool


class CatalogueQuery(Schema):
    """About what the policy is."""

    about: str = Field("deal", max_length=60)


class Sentence(BaseModel):
    """A choice with its words."""

    key: str
    sentence: str


class NamedChoice(BaseModel):
    """A choice with its name."""

    key: str
    name: NameOut


class FactChoice(NamedChoice):
    """A fact that conditions may ask for."""

    type: str
    choices: list[NamedChoice]


class EventDetail(BaseModel):
    """What an event must be (`key` = `value`), in words; empty where the event's own say it."""

    key: str
    value: Any
    sentence: str


class PolicyCatalogue(BaseModel):
    """What an editor of policies offers."""

    about: list[NamedChoice]
    verbs: list[Sentence]
    facts: list[FactChoice]
    details: list[EventDetail]
    stages: list[NamedChoice]
    relations: list[Sentence]
    channels: list[Sentence]
    documents: list[NamedChoice]
    roles: list[NamedChoice]
    units_of_time: list[str]
