"""What the addresses about mails of figures take and give."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from closeloop.metrics.schemas import Id, Key, Said


class FigureMailAbout(Schema):
    """A view of one figure, or a board over one of its periods, of one unit."""

    view: dict[str, Any] | None = None
    board: Key | None = None
    period: Annotated[str, Field(max_length=20)] | None = None
    unit: Id | None = None


class FigureMailRhythm(Schema):
    """Daily, on days of the week (1: Monday), or on a day of the month, at a full hour."""

    every: Literal["day", "week", "month"]
    hour: Annotated[int, Field(ge=0, le=23)]
    weekdays: Annotated[list[Annotated[int, Field(ge=1, le=7)]], Field(max_length=7)] = []
    month_day: Annotated[int, Field(ge=1, le=28)] = 1
    workdays_only: bool = False


class FigureMailIn(Schema):
    """What is mailed, to whom of the company, and when."""

    name: Annotated[Said, Field(min_length=1, max_length=100)]
    about: FigureMailAbout
    recipients: Annotated[list[Id], Field(min_length=1, max_length=50)]
    rhythm: FigureMailRhythm
    is_active: bool = True


class FigureMailPerson(Schema):
    """Somebody by id and name."""

    id: int
    name: str


class FigureMailOut(Schema):
    """A mail of figures; who only gets it sees no other reader of it."""

    id: int
    name: str
    about: FigureMailAbout
    recipients: list[FigureMailPerson]
    rhythm: FigureMailRhythm
    is_active: bool
    owner: FigureMailPerson
    mine: bool
    received: bool
    next_at: datetime | None
    last_at: datetime | None
    version: int


class FigureMailList(Schema):
    """Mails of figures, the newest first."""

    items: list[FigureMailOut]
