"""What the API takes and gives about what managers read out of follow-ups."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from closeloop.edge.moments import Moment
from closeloop.fieldwork.schemas.shared import Id

Small = Annotated[int, Field(ge=1, le=10_000)]
Percent = Annotated[int, Field(ge=0, le=100)]


class InsightQuery(Schema):
    """A period (the last 30 days where none is named), and a unit with all below it."""

    since: Moment | None = None
    until: Moment | None = None
    unit: Id | None = None


class InsightPerson(Schema):
    """Somebody by id and name."""

    id: int
    name: str


class InsightRecord(Schema):
    """A record by id, type and title."""

    id: int
    type: str
    title: str


class InsightSettings(Schema):
    """The thresholds."""

    busy_contacts: int
    busy_percent: int
    vague_length: int
    vague_percent: int
    burst_minutes: int
    burst_contacts: int
    names: dict[str, dict[str, str]]
    phrases: list[str]
    can_change: bool


class InsightSettingsIn(Schema, extra="forbid"):
    """The thresholds, to be set."""

    busy_contacts: Small
    busy_percent: Percent
    vague_length: Small
    vague_percent: Percent
    burst_minutes: Annotated[int, Field(ge=1, le=240)]
    burst_contacts: Annotated[int, Field(ge=2, le=100)]


class BusyPerson(Schema):
    """Contacts of one person against what moved; `share` is moved ÷ subjects."""

    person: InsightPerson
    contacts: int
    subjects: int
    moved: int
    steps: int
    share: float
    last_at: datetime
    is_stuck: bool
    is_active: bool


class BusyOut(Schema):
    """Everybody with effective contacts; `stuck` are those of the most active without progress."""

    since: datetime
    until: datetime
    people: list[BusyPerson]
    active: int
    stuck: int


class InsightStep(Schema):
    """A step forward."""

    record: InsightRecord
    stage: str
    at: datetime


class DealStanding(Schema):
    """Where a deal stands now."""

    id: int
    title: str
    stage: str


class BusySubject(Schema):
    """A customer or lead behind a person's figures."""

    subject: InsightRecord
    contacts: int
    last_at: datetime
    moved: bool
    steps: list[InsightStep]
    deals: list[DealStanding]


class HintOut(Schema):
    """What to talk about, and why."""

    key: str
    text: str


class BusyBehind(Schema):
    """The records behind one person's figures, with hints for a talk."""

    since: datetime
    until: datetime
    person: InsightPerson
    figures: BusyPerson | None
    hints: list[HintOut]
    subjects: list[BusySubject]


class TextsPerson(Schema):
    """One person's texts by why they are vague."""

    person: InsightPerson
    total: int
    concrete: int
    vague: int
    short: int
    stock: int
    copied: int


class VagueText(Schema):
    """A vague text."""

    followup_id: int
    author: InsightPerson
    record: InsightRecord
    at: datetime
    text: str
    why: Literal["short", "stock", "copied"]


class TextsOut(Schema):
    """Texts of a period; `share` is concrete ÷ total, none where nothing was written."""

    since: datetime
    until: datetime
    total: int
    concrete: int
    share: float | None
    people: list[TextsPerson]
    sample: list[VagueText]


class VagueTexts(Schema):
    """One person's vague texts, the newest first."""

    items: list[VagueText]


class DoubtCounts(Schema):
    """Doubts of one kind about one person, by verdict."""

    person: InsightPerson
    kind: str
    open: int
    accepted: int
    confirmed: int


class DoubtRow(Schema):
    """One doubt."""

    followup_id: int
    author: InsightPerson
    record: InsightRecord
    at: datetime
    kind: str
    text: str
    verdict: Literal["open", "accepted", "confirmed"]
    note: str


class BurstOut(Schema):
    """From this contact on, so many different customers within the window."""

    person: InsightPerson
    followup_id: int
    at: datetime
    customers: int


class DoubtsOut(Schema):
    """Doubts by person, those that wait first; bursts within minutes."""

    since: datetime
    until: datetime
    people: list[DoubtCounts]
    items: list[DoubtRow]
    bursts: list[BurstOut]


class DoubtsQuery(InsightQuery):
    """The same; `times` narrows the list to false times (K08)."""

    times: bool = False


class StalledRow(Schema):
    """A record that stands still; `customer_id` is whose contacts are shown."""

    record: InsightRecord
    customer_id: int
    owner: InsightPerson | None
    policy: dict[str, str]
    red_since: datetime


class StalledOut(Schema):
    """What stands still, the longest first."""

    items: list[StalledRow]


class ObjectionOut(Schema):
    """A kind of objection."""

    key: str
    name: dict[str, str]


class ContactMade(Schema):
    """One of the last contacts, and how it ended."""

    followup_id: int
    at: datetime
    kind: str
    author: InsightPerson
    contact: InsightPerson | None
    text: str
    next_at: datetime | None
    objections: list[ObjectionOut]
    ending: Literal["moved", "kept", "missed", "planned", "open"]


class WeekCount(Schema):
    """Contacts with technical people in a week."""

    week: datetime
    count: int


class TechnicalTrend(Schema):
    """How often technical contacts took part: the last four weeks against the eight before."""

    people: list[InsightPerson]
    weeks: list[WeekCount]
    last_at: datetime | None
    recent: int
    before: int
    trend: Literal["growing", "steady", "falling", "silent"]


class CustomerInsight(Schema):
    """One customer: the last three contacts, and the technical contacts' part."""

    customer: InsightRecord
    contacts: list[ContactMade]
    technical: TechnicalTrend
