"""When something is sent again and again: on which days, at which hour, on working days only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

EVERY = ("day", "week", "month")
HOURS = range(24)
WEEKDAYS = range(1, 8)
MONTH_DAYS = range(1, 29)
"""Days that every month has."""
_DAY = timedelta(days=1)
_FARTHEST_DAYS = 400


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Daily, on some days of the week (1: Monday), or on one day of the month, at a full hour.

    With `is_workdays_only` what would fall on a day off comes on the next working day, once.
    """

    every: str
    hour: int
    weekdays: tuple[int, ...] = ()
    month_day: int = 1
    is_workdays_only: bool = False

    @property
    def is_sound(self) -> bool:
        """Whether it ever comes, at an hour that there is."""
        if self.every not in EVERY or self.hour not in HOURS or self.month_day not in MONTH_DAYS:
            return False
        return self.every != "week" or (
            bool(self.weekdays) and all(each in WEEKDAYS for each in self.weekdays)
        )

    def next_after(
        self, moment: datetime, *, zone: tzinfo, is_workday: Callable[[date], bool]
    ) -> datetime | None:
        """The first time after a moment, in UTC; None where it does not come within a year."""
        day = moment.astimezone(zone).date()
        for _ in range(_FARTHEST_DAYS):
            at = datetime.combine(day, time(self.hour), zone).astimezone(UTC)
            if at > moment and self.falls_on(day, is_workday=is_workday):
                return at
            day += _DAY
        return None

    def falls_on(self, day: date, *, is_workday: Callable[[date], bool]) -> bool:
        """Whether it comes on a day."""
        if not self.is_workdays_only:
            return self._names(day)
        if not is_workday(day):
            return False
        if self._names(day):
            return True
        before = day - _DAY
        while not is_workday(before) and (day - before).days < _FARTHEST_DAYS:
            if self._names(before):
                return True
            before -= _DAY
        return False

    def _names(self, day: date) -> bool:
        if self.every == "week":
            return day.isoweekday() in self.weekdays
        return self.every == "day" or day.day == self.month_day
