"""Spans of days, the one before, and their days, weeks and months."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from closeloop.engine.metrics.view import LONGEST_DAYS, Compare
from closeloop.metrics import errors

__all__ = ["LONGEST", "Compare", "Period", "first_of"]

LONGEST = timedelta(days=LONGEST_DAYS)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both in it. Raises PeriodWrong."""

    since: date
    until: date

    def __post_init__(self) -> None:
        if not timedelta(0) <= self.until - self.since < LONGEST:
            raise errors.PeriodWrong(
                {"since": self.since.isoformat(), "until": self.until.isoformat()}
            )

    def moments(self) -> tuple[datetime, datetime]:
        """From the first moment of the first day to the first after the last, as days here go."""
        days = (self.since, self.until + _DAY)
        start, end = (timezone.make_aware(datetime.combine(day, time.min)) for day in days)
        return start, end

    def at_least(self, days: int | None) -> Period:
        """As many days up to its end, or itself where it is longer."""
        return Period(min(self.since, self.until - ((days or 1) - 1) * _DAY), self.until)

    def before(self, compare: Compare) -> Period:
        """As many days just before, or the same days a year before."""
        if compare == "previous":
            return Period(self.since - (self.until - self.since) - _DAY, self.since - _DAY)
        return Period(_year_before(self.since), _year_before(self.until))

    def buckets(self, grain: str) -> Iterator[date]:
        """The first days of its days, weeks (Mondays) or months, in order."""
        at = first_of(self.since, grain)
        while at <= self.until:
            yield at
            at = _next(at, grain)


def first_of(day: date, grain: str) -> date:
    """The first day of the day's week or month, or the day itself."""
    if grain == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if grain == "month" else day


def _next(day: date, grain: str) -> date:
    if grain == "month":
        return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return day + timedelta(days=7 if grain == "week" else 1)


def _year_before(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)
