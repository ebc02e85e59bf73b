"""What the addresses about decisions and fairness take and give."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from closeloop.edge.moments import Moment
from closeloop.edge.texts import Line
from closeloop.routing.schemas.rules import (
    Id,
    NameOut,
    RoutingNamed,
    RoutingPerson,
    RoutingSaid,
    StrategyKey,
    WhyKey,
)


class RouteIn(BaseModel, extra="forbid"):
    """Records to give out by the rules."""

    ids: Annotated[list[Id], Field(min_length=1, max_length=1000)]


class RoutedOne(BaseModel):
    """What became of a record: given to a person, or to the pool (null)."""

    id: int
    person: RoutingPerson | None


class LeftOne(BaseModel):
    """A record that was left alone, and why."""

    id: int
    why: Literal["has_owner", "closed", "not_found"]


class RouteOut(BaseModel):
    """What became of the records."""

    given: list[RoutedOne]
    left: list[LeftOne]


class DecisionBranch(RoutingNamed):
    """The branch that fitted, in words as of the version that decided."""

    sentence: str


class DecisionFact(BaseModel):
    """A fact that the branch asked for, as it was then."""

    field: str
    name: NameOut
    value: str


class DecisionPassed(BaseModel):
    """Somebody who was passed over."""

    person: RoutingPerson
    group: RoutingSaid
    why: WhyKey
    message: str


class DecisionRoom(BaseModel):
    """Somebody of the group who had room then, with their open records."""

    person: RoutingPerson
    load: int


class RoutingDecision(BaseModel):
    """A decision about a record. Without `to` it went to the pool for `reason`.

    `load` and `cap` are the receiver's at that moment, before they received.
    """

    at: datetime
    kind: Literal["first", "waited", "by_hand", "again"]
    rule_set: RoutingNamed
    version: int
    branch: DecisionBranch
    facts: list[DecisionFact]
    group: RoutingSaid | None
    strategy: StrategyKey | None
    to: RoutingPerson | None
    taken_from: RoutingPerson | None
    load: int | None
    cap: int | None
    overflow: list[RoutingSaid]
    passed_over: list[DecisionPassed]
    room: list[DecisionRoom]
    reason: Literal["nobody_free", "not_touched", "no_group"] | None
    sentence: str


class FairnessQuery(BaseModel):
    """The period of a report."""

    since: Moment
    until: Moment
    record_type: Line = "lead"


class FairnessGroup(BaseModel):
    """What a group received, and how much of it by overflow from another."""

    group: RoutingSaid
    received: int
    by_overflow: int


class FairnessPerson(BaseModel):
    """What somebody received, and how fast they touched it. `passed_over` counts by reason."""

    person: RoutingPerson
    received: int
    share: float
    received_again: int
    taken_away: int
    mean_load: float | None
    open_now: int
    passed_over: dict[str, int]
    first_touch_s: int | None
    touched: int
    touched_in_time: int
    late: int


class Fairness(BaseModel):
    """Who was given how much in a period."""

    since: datetime
    until: datetime
    given: int
    pooled: int
    pooled_by_reason: dict[str, int]
    groups: list[FairnessGroup]
    people: list[FairnessPerson]


class FigureQuery(FairnessQuery):
    """One figure of the report: of a person; of a group, a reason, or why somebody was passed."""

    figure: Line
    person: int | None = Field(None, ge=1, lt=2**63)
    detail: Line = ""
    cursor: str | None = Field(None, max_length=1000)
    limit: int = Field(50, ge=1, le=100)


class FigureLead(BaseModel):
    """A record that a figure counts."""

    id: int
    type: str
    title: str
    owner: RoutingPerson | None
    created_at: datetime
    is_removed: bool


class FigurePage(BaseModel):
    """The records behind a figure; `count` is the figure."""

    items: list[FigureLead]
    next_cursor: str | None
    count: int
