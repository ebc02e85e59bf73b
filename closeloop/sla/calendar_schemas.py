"""What the addresses about calendars take and give."""

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import BaseModel, Field

from closeloop.edge.texts import FilledLine
from closeloop.sla.schemas import ClockNameIn, Id, NameOut

TimeOfDay = Annotated[str, Field(pattern=r"^([01]\d|2[0-4]):[0-5]\d$")]


class Hours(BaseModel):
    """A span of a day."""

    from_: TimeOfDay = Field(alias="from")
    to: TimeOfDay


class WeekdayHours(Hours):
    """A span of a weekday, Monday is 0; two a day leave room for lunch."""

    weekday: int = Field(ge=0, le=6)


class CalendarOut(BaseModel):
    """A working calendar. Without a unit it is the company's."""

    id: int
    name: NameOut
    unit_id: int | None
    time_zone: str
    holidays: str
    hours: list[dict[str, Any]]
    version: int
    years: list[int]


class CalendarIn(Schema, extra="forbid"):
    """A new calendar of a unit."""

    name: ClockNameIn
    unit_id: Id | None = None
    time_zone: FilledLine = "Asia/Shanghai"
    holidays: Literal["china", ""] = "china"
    hours: list[WeekdayHours] = Field(min_length=1, max_length=42)


class CalendarChange(Schema, extra="forbid"):
    """What is changed; what is not given stays."""

    name: ClockNameIn | None = None
    unit_id: Id | None = None
    time_zone: FilledLine | None = None
    holidays: Literal["china", ""] | None = None
    hours: list[WeekdayHours] | None = Field(None, min_length=1, max_length=42)


class CalendarDayOut(BaseModel):
    """A day of a year. `kind` make_up is a weekend day on which everybody works."""

    date: date
    kind: Literal["work", "rest", "holiday", "make_up", "half"]
    name: NameOut
    is_override: bool
    hours: list[dict[str, str]]


class CalendarYear(BaseModel):
    """A year; `is_provisional`: its make-up days are not published yet."""

    year: int
    is_provisional: bool
    days: list[CalendarDayOut]


class CalendarDayIn(Schema, extra="forbid"):
    """What a day is."""

    kind: Literal["work", "rest", "holiday", "make_up", "half"]
    name: dict[Literal["zh-CN", "en-US"], FilledLine] = {}
    hours: list[Hours] | None = Field(None, max_length=6)
