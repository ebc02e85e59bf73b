"""What the addresses about targets take and give."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from ninja import Field, Schema

from closeloop.desk.schemas.names import Answer, Person
from closeloop.edge.moments import Day
from closeloop.metrics.schemas import MetricCorrected

Id = Annotated[int, Field(ge=1, lt=2**63)]


Metric = Annotated[str, Field(max_length=60)]


class TargetQuery(Schema):
    """Which year (the running one), of which unit and what lies right below it, of which metric.

    None is what is won, in money.
    """

    year: Annotated[int, Field(ge=2000, le=2100)] | None = None
    unit: Id | None = None
    metric: Metric = ""


class TargetCell(Answer):
    """A month's target, what came, which part is done, and which will be at this pace."""

    month: date
    version: int
    target: Decimal | None
    came: Decimal
    done: float | None
    pace: float | None
    is_missed: bool
    is_over: bool


class TargetSum(Answer):
    """Months together; there is no target for all where one of them has none."""

    target: Decimal | None
    came: Decimal
    done: float | None
    pace: float | None


class TargetRow(Answer):
    """A unit or a person: twelve months, the running quarter and the year; `missed` in a row."""

    unit: Person
    person: Person | None
    is_base: bool
    can_set: bool
    cells: list[TargetCell]
    quarter: TargetSum | None
    year: TargetSum
    missed: int


class TargetGrid(Answer):
    """The targets of a year: of a metric, or of what is won where `metric` is empty.

    `as_of`: until when what came is complete; null: nothing has been counted yet.
    """

    as_of: datetime | None
    corrected: MetricCorrected | None
    year: int
    unit: int | None
    metric: str
    currency: str
    rows: list[TargetRow]


class TargetDealQuery(Schema):
    """The first and the last day, and whose: a unit with all below it, or one person."""

    since: Day
    until: Day
    unit: Id | None = None
    person: Id | None = None
    offset: Annotated[int, Field(ge=0, le=100_000)] = 0
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class TargetDeal(Answer):
    """A deal that was won, when, and its amount."""

    id: int
    title: str
    owner: Person | None
    unit: str
    won_at: datetime
    amount: Decimal


class TargetDealPage(Answer):
    """Deals that were won, those that brought most first, and where the next page begins."""

    items: list[TargetDeal]
    count: int
    currency: str
    next_offset: int | None


class TargetWish(Schema):
    """A target for a month, with the version it was read with (0: none); null takes it back."""

    unit: Id
    person: Id | None = None
    month: Day
    amount: Annotated[Decimal, Field(max_digits=18, decimal_places=2)] | None
    version: Annotated[int, Field(ge=0, lt=2**31)]
    metric: Metric = ""


class TargetWishes(Schema):
    """Targets that are set together, all or none."""

    cells: Annotated[list[TargetWish], Field(min_length=1, max_length=500)]


class TargetsSet(Answer):
    """How many targets changed."""

    changed: int
