"""What the API takes and gives about the agenda."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema

from closeloop.edge.moments import Day
from closeloop.notices.schemas import TimeOfDay

Id = Annotated[int, Field(ge=1, lt=2**63)]


class AgendaPerson(Schema):
    """Somebody by id and name."""

    id: int
    name: str


class AgendaRecord(Schema):
    """The record that something is about."""

    id: int
    type: str
    title: str


class AgendaItem(Schema):
    """One thing to do; `at` is by when, none at no set time. The link is empty where the viewer may
    not read what it is about.
    """

    kind: Literal["task", "clock", "approval", "exception"]
    title: str
    at: datetime | None
    is_late: bool
    is_red: bool
    owner: AgendaPerson
    record: AgendaRecord | None
    link: str
    task_id: int | None
    clock_id: int | None


class AgendaDay(Schema):
    """One day."""

    date: date
    items: list[AgendaItem]


class AgendaShare(AgendaPerson):
    """How much somebody has in the span, and how much of it is late."""

    count: int
    late: int


class AgendaOut(Schema):
    """Days from `since` to `until`; `late` is from before, `dateless` at no set time.

    `is_cut` says that there is more than is shown.
    """

    since: date
    until: date
    days: list[AgendaDay]
    late: list[AgendaItem]
    dateless: list[AgendaItem]
    people: list[AgendaShare]
    is_cut: bool


class AgendaQuery(Schema):
    """From which day, how many days, and whose."""

    since: Day | None = None
    days: int = Field(7, ge=1, le=31)
    person: Id | None = None
    team: bool = False


class WeeklyOut(Schema):
    """When the list of the week is sent; 0 is Monday, from Thursday on the next week is meant."""

    is_on: bool
    weekday: int
    at: TimeOfDay


class WeeklyIn(Schema, extra="forbid"):
    """The same, to be set."""

    is_on: bool
    weekday: int = Field(ge=0, le=6)
    at: TimeOfDay
