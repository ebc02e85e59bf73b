"""What the addresses about attribution take and give."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema

from closeloop.desk.schemas.names import Answer, Person
from closeloop.edge.moments import Day

Id = Annotated[int, Field(ge=1, lt=2**63)]


class WinTouchQuery(Schema):
    """When deals were closed, and of which unit with all below it; a year until today."""

    since: Day | None = None
    until: Day | None = None
    unit: Id | None = None


class TouchShare(Answer):
    """Hits of so many cases. Of too few there is no value and no interval."""

    hits: int
    of: int
    value: float | None
    low: float | None
    high: float | None


class WinTouch(Answer):
    """Deals whose last effective contact before they were closed was the n-th; `is_more`: or a
    later one. `traced`: which part of all wins; `won_share`: how many of them were won.
    """

    number: int
    is_more: bool
    won: int
    lost: int
    traced: TouchShare
    won_share: TouchShare


class WinTouches(Answer):
    """Wins and losses by the number of effective contacts before them, and what is sure of it."""

    since: date
    until: date
    as_of: datetime
    won: int
    lost: int
    enough: int
    findings: list[str]
    rows: list[WinTouch]


class WinTouchDealQuery(WinTouchQuery):
    """Which of the closed deals; without a number those of every row."""

    number: Annotated[int, Field(ge=0, le=100)] | None = None
    outcome: Literal["won", "lost", "all"] = "all"
    cursor: Annotated[str, Field(max_length=400)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class WinTouchDeal(Answer):
    """A closed deal with its effective contacts."""

    id: int
    title: str
    owner: Person | None
    unit: str
    closed_at: datetime
    is_won: bool
    contacts: int
    last_kind: str | None
    last_at: datetime | None


class WinTouchDealPage(Answer):
    """Closed deals, and where the next page begins."""

    items: list[WinTouchDeal]
    next_cursor: str | None
