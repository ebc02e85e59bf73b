"""What the addresses about the forecast take and give."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from ninja import Field, Schema

from closeloop.desk.schemas.names import Answer, Person

Id = Annotated[int, Field(ge=1, lt=2**63)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class ForecastQuery(Schema):
    """Whose forecast of the running month or quarter: of a unit with all below it, of a person."""

    period: Literal["month", "quarter"] = "quarter"
    unit: Id | None = None
    person: Id | None = None
    currency: Currency | None = None


class ForecastTerm(Answer):
    """The period: its first and last day, how many days it has and how many are left."""

    kind: Literal["month", "quarter"]
    since: date
    until: date
    days: int
    left: float


class ForecastPart(Answer):
    """What of the forecast is of a unit or a person; `expected`: won and open by chance."""

    unit: Person | None
    person: Person | None
    won: Decimal
    open: Decimal
    expected: Decimal
    commit: Decimal
    best: Decimal
    deals: int


class ForecastStage(Answer):
    """The open deals of a stage, and the rate of winning from it: of `looks` weekly looks at
    `seen` deals `wins` were followed by a win within the days left; `rate` is what is taken.
    """

    stage: str
    name: str
    deals: int
    amount: Decimal
    expected: Decimal
    looks: int
    seen: int
    wins: int
    rate: float


class ForecastFactor(Answer):
    """What a way of standing changes: wins seen, wins that the rates expect, and what is taken."""

    key: str
    name: str
    looks: int
    wins: int
    expected: float
    taken: float


class ForecastNewcomers(Answer):
    """What deals that have not begun yet bring, by as many days at so many weekly looks."""

    amount: Decimal
    looks: int


class ForecastTarget(Answer):
    """The target of the period: which part is won, will be at this pace, and by the forecast."""

    amount: Decimal
    done: float
    pace: float | None
    expected: float


class ForecastOut(Answer):
    """What will have been signed by the end of the period; `low` and `high`: the 80 % interval.

    `is_learnt` false: too little history, so the chances are those that the process says.
    `is_cut`: there are more deals than are looked at.
    """

    term: ForecastTerm
    currency: str
    other_currencies: list[str]
    as_of: datetime
    is_learnt: bool
    is_cut: bool
    learnt_from: int
    won: Decimal
    won_deals: int
    open: Decimal
    open_deals: int
    without_amount: int
    newcomers: ForecastNewcomers
    total: Decimal
    low: Decimal
    high: Decimal
    commit: Decimal
    best: Decimal
    plain: Decimal
    shared_spread: float
    target: ForecastTarget | None
    parts: list[ForecastPart]
    stages: list[ForecastStage]
    factors: list[ForecastFactor]


class ForecastDealQuery(ForecastQuery):
    """Which deals: open ones by what they bring, or those that were won; perhaps of one stage."""

    which: Literal["open", "won", "commit", "best"] = "open"
    stage: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    offset: Annotated[int, Field(ge=0, le=100_000)] = 0
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class ForecastDeal(Answer):
    """A deal with what it brings and why, in sentences."""

    id: int
    title: str
    owner: Person | None
    unit: str
    stage: str
    amount: Decimal | None
    chance: float | None
    share: Decimal
    is_due: bool
    why: list[str]


class ForecastDealPage(Answer):
    """Deals behind a number of the forecast, those that bring most first."""

    items: list[ForecastDeal]
    count: int
    next_offset: int | None


class ForecastProof(Answer):
    """A past period: the forecast of its day, what came, and what plain ways would have said."""

    since: date
    until: date
    day: date
    expected: Decimal
    low: Decimal
    high: Decimal
    came: Decimal
    configured: Decimal
    previous: Decimal | None
    is_within: bool


class ForecastAccuracy(Answer):
    """How wrong the forecast was, made on the same day of earlier periods (MAPE over `compared`).

    `aim` is what is aimed at; `is_reached`: the measured error is no greater, over enough periods.
    """

    term: ForecastTerm
    currency: str
    periods: list[ForecastProof]
    compared: int
    within: int
    error: float | None
    configured_error: float | None
    previous_error: float | None
    aim: float
    enough: int
    is_reached: bool
    finding: str
