"""Working time: a week of spans, days that differ, a time zone, and arithmetic that is exact.

A moment is working time when its local wall clock lies in a span of its local date; that holds
through changes of the clocks (DST) too: an hour that occurs twice counts twice, one that is left
out counts not at all. Seconds are exact to the microsecond.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo

MICRO = 1_000_000
DAY_S = 86_400
LONGEST_YEARS = 30
"""How far ahead working time is looked for before a calendar counts as empty."""
FURTHEST_DAYS = 366
"""How far back a working day is looked for."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_YEAR, _LAST_YEAR = 1971, 2200


class NoWorkingTime(ValueError):
    """The calendar has no working time in the thirty years that were looked at."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Working time of a day, in seconds since the local midnight; `to_s` is not part of it."""

    from_s: int
    to_s: int


Spans = tuple[Span, ...]
Exceptions = Callable[[int], Mapping[date, Spans]]
"""The days of a year whose working time differs from the week's, each with its spans."""


@dataclass(frozen=True, slots=True)
class Week:
    """The working time of each weekday, Monday first; several spans leave room for lunch."""

    days: tuple[Spans, Spans, Spans, Spans, Spans, Spans, Spans]

    @property
    def seconds(self) -> int:
        """The working seconds of a week."""
        return sum(span.to_s - span.from_s for spans in self.days for span in spans)

    @property
    def day_s(self) -> int:
        """The mean working seconds of a working day: what "one working day" lasts."""
        worked = [spans for spans in self.days if spans]
        return self.seconds // len(worked) if worked else DAY_S


def span(start: str, end: str) -> Span:
    """A span from "09:00" to "18:00"; "24:00" ends a day. Raises ValueError."""
    found = Span(_seconds(start), _seconds(end))
    if found.to_s <= found.from_s:
        raise ValueError(f"{start}-{end} is not a span of a day")
    return found


def find_overlap(spans: Sequence[Span]) -> tuple[Span, Span] | None:
    """Two spans of a day that overlap, or None."""
    ordered = sorted(spans)
    for first, second in pairwise(ordered):
        if second.from_s < first.to_s:
            return first, second
    return None


class Calendar:
    """A working calendar. It keeps what it has worked out, so share it."""

    def __init__(
        self,
        zone: str,
        week: Week,
        exceptions: Exceptions = lambda _year: {},
        *,
        key: object = None,
    ) -> None:
        """Take the zone's IANA name, the week, and the days that differ."""
        self.zone = ZoneInfo(zone)
        self.week = week
        self._exceptions = cache(exceptions)
        self._years: tuple[int, int] = (0, -1)
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._sums: list[int] = []

    def spans_of(self, day: date) -> Spans:
        """The working time of a day."""
        found = self._exceptions(day.year).get(day)
        return self.week.days[day.weekday()] if found is None else found

    def working_days_before(self, day: date, count: int = 1) -> list[date]:
        """The last so many days before a day that have working time, the newest first.

        Raises NoWorkingTime where a year has none.
        """
        found: list[date] = []
        for back in range(1, FURTHEST_DAYS + 1):
            if self.spans_of(day - timedelta(days=back)):
                found.append(day - timedelta(days=back))
            if len(found) == count:
                return found
        raise NoWorkingTime

    def is_working(self, moment: datetime) -> bool:
        """Whether a moment (aware) is working time."""
        at = _micros(moment)
        self._cover(moment, moment)
        place = bisect_right(self._starts, at) - 1
        return place >= 0 and at < self._ends[place]

    def working_between(self, start: datetime, end: datetime) -> float:
        """The working seconds from `start` to `end`; negative where `end` is the earlier."""
        self._cover(min(start, end), max(start, end))
        return (self._worked(_micros(end)) - self._worked(_micros(start))) / MICRO

    def add_working(self, start: datetime, seconds: float) -> datetime:
        """The first moment by which so many working seconds have gone by since `start`.

        No seconds give `start` itself. Negative ones count back: the last moment from which so
        many working seconds lie before `start`. Raises NoWorkingTime.
        """
        wanted = round(seconds * MICRO)
        if wanted == 0:
            return start
        return self._forward(start, wanted) if wanted > 0 else self._backward(start, -wanted)

    def _forward(self, start: datetime, wanted: int) -> datetime:
        self._cover(start, start)
        for years in range(1, LONGEST_YEARS + 1):
            target = self._worked(_micros(start)) + wanted
            if self._sums and self._sums[-1] >= target:
                place = bisect_left(self._sums, target)
                return _moment(self._ends[place] - (self._sums[place] - target), start)
            self._cover(start, start, years_more=years)
        raise NoWorkingTime

    def _backward(self, start: datetime, wanted: int) -> datetime:
        self._cover(start, start)
        for years in range(1, LONGEST_YEARS + 1):
            target = self._worked(_micros(start)) - wanted
            if target >= 0:
                place = bisect_right(self._sums, target)
                return _moment(self._ends[place] - (self._sums[place] - target), start)
            self._cover(start, start, years_less=years)
        raise NoWorkingTime

    def _worked(self, at: int) -> int:
        """The working microseconds before a moment, since the first year that is held."""
        place = bisect_right(self._starts, at) - 1
        if place < 0:
            return 0
        return self._sums[place] - max(self._ends[place] - at, 0)

    def _cover(
        self, first: datetime, last: datetime, *, years_more: int = 0, years_less: int = 0
    ) -> None:
        """Hold every year from the one before `first` to the one after `last`."""
        low = max(first.year - 1 - years_less, _FIRST_YEAR)
        high = min(last.year + 1 + years_more, _LAST_YEAR)
        held_low, held_high = self._years
        if held_low <= low and high <= held_high:
            return
        if held_high >= held_low:
            low, high = min(low, held_low), max(high, held_high)
        found = [piece for year in range(low, high + 1) for piece in self._of_year(year)]
        starts, ends = [piece[0] for piece in found], [piece[1] for piece in found]
        sums = list(accumulate(end - start for start, end in found))
        self._years, self._starts, self._ends, self._sums = (low, high), starts, ends, sums

    def _of_year(self, year: int) -> Iterator[tuple[int, int]]:
        day = date(year, 1, 1)
        while day.year == year:
            yield from self._of_day(day)
            day += timedelta(days=1)

    def _of_day(self, day: date) -> Iterator[tuple[int, int]]:
        """The working time of a day as moments, in order and apart from each other."""
        spans = self.spans_of(day)
        if not spans:
            return
        midnight = (day - _EPOCH.date()).days * DAY_S
        before, after = self._offset(midnight - DAY_S), self._offset(midnight + 2 * DAY_S)
        pieces: Iterator[tuple[int, int]]
        if before == after:
            pieces = iter(
                (midnight + each.from_s - before, midnight + each.to_s - before) for each in spans
            )
        else:
            turn = self._turn(midnight - DAY_S, midnight + 2 * DAY_S)
            pieces = _around(turn, midnight, spans, before, after)
        for start, end in sorted(pieces):
            yield start * MICRO, end * MICRO

    def _offset(self, at_s: int) -> int:
        offset = (_EPOCH + timedelta(seconds=at_s)).astimezone(self.zone).utcoffset()
        return round(offset.total_seconds()) if offset else 0

    def _turn(self, low: int, high: int) -> int:
        """The first second after `low` at which the zone's offset is another."""
        before = self._offset(low)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._offset(middle) == before else (low, middle)
        return high


def _around(
    turn: int, midnight: int, spans: Spans, before: int, after: int
) -> Iterator[tuple[int, int]]:
    """A day's spans where the clocks change at `turn`: first by the old offset, then the new."""
    for each in spans:
        start, end = midnight + each.from_s - before, midnight + each.to_s - before
        if start < min(end, turn):
            yield start, min(end, turn)
        start, end = midnight + each.from_s - after, midnight + each.to_s - after
        if max(start, turn) < end:
            yield max(start, turn), end


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _moment(micros: int, like: datetime) -> datetime:
    return (_EPOCH + timedelta(microseconds=micros)).astimezone(like.tzinfo)


def _seconds(text: str) -> int:
    hours, _, minutes = text.partition(":")
    if not (len(hours) == 2 and len(minutes) == 2 and hours.isdigit() and minutes.isdigit()):
        raise ValueError(f"{text} is not a time of day")
    found = int(hours) * 3600 + int(minutes) * 60
    if int(minutes) > 59 or found > DAY_S:
        raise ValueError(f"{text} is not a time of day")
    return found
