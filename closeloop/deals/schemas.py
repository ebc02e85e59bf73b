"""What the addresses about the pace of deals take and give."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from ninja import Field, Schema

from closeloop.desk.schemas.names import Answer, Name, Person
from closeloop.edge.moments import Day
from closeloop.edge.texts import Paragraph

Id = Annotated[int, Field(ge=1, lt=2**63)]
Verdict = Literal["normal", "low", "abnormal"]


class DealNormVersion(Answer):
    """A version of a norm; without thresholds it gave the word back to the pack."""

    number: int
    normal: float | None
    abnormal: float | None
    note: str
    set_by: str
    set_at: datetime


class DealNormOut(Answer):
    """What is normal and what abnormal, who says so since when. Version 0 is the pack's."""

    key: str
    name: Name
    better: Literal["higher", "lower"]
    normal: float | None
    abnormal: float | None
    source: Literal["pack", "own"]
    number: int
    set_by: str
    set_at: datetime | None


class DealNormWhole(DealNormOut):
    """A norm with what was shipped and every version."""

    shipped_normal: float | None
    shipped_abnormal: float | None
    versions: list[DealNormVersion]


class DealNormIn(Schema, extra="forbid"):
    """What is normal and what abnormal; both null: what the pack says."""

    normal: Decimal | None = Field(None, ge=0, max_digits=8, decimal_places=4)
    abnormal: Decimal | None = Field(None, ge=0, max_digits=8, decimal_places=4)
    note: Annotated[Paragraph, Field(max_length=500)] = ""


class UpdateRow(Answer):
    """A unit's or a person's open deals whose stage has expected days."""

    id: int | None
    name: str
    timed: int
    in_time: int
    late: int
    untimed: int
    share: float | None
    verdict: Verdict | None


class StageUpdatesOut(Answer):
    """Whether stages are updated in time: all in reach, by unit and by person, worst first."""

    as_of: datetime
    norm: DealNormOut
    whole: UpdateRow
    units: list[UpdateRow]
    people: list[UpdateRow]


class Under(Schema):
    """Only what belongs to a unit or to one below it."""

    under: Id | None = None


class StageUpdateQuery(Under):
    """Which figure's deals."""

    part: Literal["timed", "in_time", "late", "untimed"] = "late"
    unit_id: Id | None = None
    owner_id: Id | None = None
    cursor: str | None = Field(None, max_length=1000)
    limit: int = Field(30, ge=1, le=100)


class UpdatedDeal(Answer):
    """An open deal behind a figure; `due_at` is null while it waits."""

    id: int
    title: str
    owner: Person | None
    unit: str
    stage: str
    stage_name: Name
    stage_entered_at: datetime | None
    due_at: datetime | None
    part: Literal["in_time", "late", "untimed"]


class UpdatedDealPage(Answer):
    """A page of deals, the longest in their stage first."""

    items: list[UpdatedDeal]
    next_cursor: str | None


class CycleQuery(Under):
    """Won from when until when, both days counted; else the last 90 days."""

    since: Day | None = Field(None, alias="from")
    until: Day | None = Field(None, alias="to")


class CycleDealQuery(CycleQuery):
    """The deals behind one figure."""

    unit_id: Id | None = None
    cursor: str | None = Field(None, max_length=1000)
    limit: int = Field(30, ge=1, le=100)


class CycleRow(Answer):
    """How many days the won deals of a unit took from creation; judged is the mean."""

    id: int | None
    name: str
    won: int
    mean: float | None
    median: float | None
    verdict: Verdict | None


class DealCycleOut(Answer):
    """Days from creation until won: all in reach, and by unit, the longest first."""

    since: date
    until: date
    norm: DealNormOut
    whole: CycleRow
    units: list[CycleRow]


class WonDeal(Answer):
    """A won deal and how many days it took."""

    id: int
    title: str
    owner: Person | None
    unit: str
    created_at: datetime
    won_at: datetime
    days: float


class WonDealPage(Answer):
    """A page of won deals, the longest first."""

    items: list[WonDeal]
    next_cursor: str | None
