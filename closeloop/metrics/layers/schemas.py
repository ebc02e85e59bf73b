"""What the addresses about the layers take and give."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema

from closeloop.desk.schemas.names import Answer
from closeloop.edge.moments import Day
from closeloop.metrics.attribution.schemas import Id, TouchShare


class LayerQuery(Schema):
    """Which days are looked at, and of which unit with all below it; thirty days until today."""

    since: Day | None = None
    until: Day | None = None
    unit: Id | None = None


class LayerIndicator(Answer):
    """A metric of a layer; its figure is read where all figures are. `page`: where to mend it."""

    metric: str
    intervention: dict[str, str]
    page: str
    per_workday: bool


class LayerOut(Answer):
    """A layer with its indicators, in order."""

    key: str
    name: dict[str, str]
    about: dict[str, str]
    indicators: list[LayerIndicator]


class LayerTrait(Answer):
    """Win rates of deals with a trait and without it, and their difference (Newcombe's interval,
    Holm's correction over all traits). Of too few deals there are counts alone.
    """

    key: str
    layer: str
    name: dict[str, str]
    having: TouchShare
    lacking: TouchShare
    unknown: int
    difference: float | None
    low: float | None
    high: float | None
    p: float | None
    is_clear: bool


class LayersOut(Answer):
    """The layers, and what goes together with winning among deals that ended.

    `workdays`: so many working days the period has until today. `looked_since`: the first day on
    which deals ended that are compared. `compared`: how many traits were corrected together.
    """

    since: date
    until: date
    workdays: int
    looked_since: date
    as_of: datetime
    won: int
    lost: int
    enough: int
    compared: int
    layers: list[LayerOut]
    traits: list[LayerTrait]


class LayerDealQuery(LayerQuery):
    """Which of the compared deals: with the trait or without it, or of which it says nothing."""

    trait: Annotated[str, Field(max_length=60)]
    part: Literal["having", "lacking", "unknown"] = "having"
    outcome: Literal["won", "lost", "all"] = "all"
    cursor: Annotated[str, Field(max_length=400)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
