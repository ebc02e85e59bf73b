"""What the addresses about step-backs take and give."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema

from closeloop.desk.schemas.names import Answer, Person
from closeloop.edge.moments import Day

Id = Annotated[int, Field(ge=1, lt=2**63)]
Factor = Literal["weekday_hour", "weekday", "hour", "industry", "level", "stage", "unit", "person"]
Circumstance = Literal["item", "clock_due", "clock_late", "waiting"]
Part = Literal["backs", "others", "moves"]
Level = Annotated[str, Field(min_length=1, max_length=100)]


class StepBackQuery(Schema):
    """When and of which unit with all below it; a year until today."""

    since: Day | None = None
    until: Day | None = None
    unit: Id | None = None


class StepBackRow(Answer):
    """A level of a factor: step-backs and moves with it and without it.

    `share` is the part of all step-backs that has it, `share_elsewhere` of all other moves.
    `ratio` null: there is no step-back elsewhere. `verdict`: a finding of its own, a part of the
    first one, or none.
    """

    factor: Factor
    level: str
    label: str
    backs: int
    moves: int
    other_backs: int
    other_moves: int
    deals: int
    share: float
    share_elsewhere: float
    strength: float
    ratio: float | None
    low: float
    high: float
    p: float
    is_exact: bool
    verdict: Literal["finding", "part", "none"]


class StepBackHour(Answer):
    """Step-backs and moves of an hour of a weekday (1 is Monday)."""

    weekday: int
    hour: int
    backs: int
    moves: int


class StepBackDeal(Answer):
    """A deal by id and title."""

    type: str
    id: int
    title: str


class FlappingDeal(Answer):
    """A deal that changed its stage too often within a week."""

    record: StepBackDeal
    changes: int
    backs: int
    first: datetime
    last: datetime
    owner: Person | None
    unit: str


class StepBackCircumstance(Answer):
    """How often something was missing, due or waited for before the step-backs of the finding,
    and before other moves out of the same stages; `ratio`: how many times as likely a step-back
    of the finding is with it as without it.
    """

    kind: Circumstance
    key: str
    name: str
    there: int
    elsewhere: int
    ratio: float | None
    low: float
    high: float
    p: float
    is_found: bool


class StepBackExplanation(Answer):
    """What would explain the first finding."""

    stage: str
    to_stage: str
    of: int
    others: int
    returned: int
    hours: float | None
    sentences: list[str]
    rows: list[StepBackCircumstance]


class StepBacks(Answer):
    """Step-backs of a period: counts, findings in words, factors, hours, flapping deals.

    Moves out of stages from which a deal can go back are counted. `is_cut`: there were more moves
    than are looked at, so the period begins later than was asked.
    """

    since: date
    until: date
    zone: str
    as_of: datetime
    is_cut: bool
    moves: int
    backs: int
    deals: int
    findings: list[str]
    rows: list[StepBackRow]
    hours: list[StepBackHour]
    flapping: list[FlappingDeal]
    explanation: StepBackExplanation | None


class StepBackMoveQuery(StepBackQuery):
    """Which of the moves: with a level of a factor or without it, of a deal, or those of the
    finding before which a circumstance held (with `outside` those it was held against).
    """

    part: Part = "backs"
    factor: Factor | None = None
    level: Level | None = None
    outside: bool = False
    deal: Id | None = None
    circumstance: Circumstance | None = None
    key: Level | None = None
    cursor: Annotated[str, Field(max_length=400)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class StepBackMove(Answer):
    """A move of a deal, by whom, from where to where and what was said."""

    id: int
    at: datetime
    record: StepBackDeal
    person: Person | None
    unit: str
    from_stage: str
    to_stage: str
    is_back: bool
    reason: str


class StepBackMovePage(Answer):
    """Moves, and where the next page begins."""

    items: list[StepBackMove]
    next_cursor: str | None
