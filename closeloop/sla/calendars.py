"""Working calendars ready to count with: which one holds for a unit, and what each day is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

from closeloop.edge.revisions import CachedByRevision
from closeloop.engine import calendars as engine
from closeloop.engine.calendars import Calendar, Span, Spans, Week
from closeloop.org.models import UnitClosure
from closeloop.org.queries import REVISION as ORG
from closeloop.sla import models, workdays
from closeloop.sla.models import DayKind

REVISION = "sla.calendars"
WEEKDAYS = 7
OFFICE_HOURS = tuple(
    {"weekday": weekday, "from": start, "to": end}
    for weekday in range(5)
    for start, end in (("09:00", "12:00"), ("13:00", "18:00"))
)
"""What holds where nobody has made a calendar: five days of eight hours."""


@dataclass(frozen=True)
class Given:
    """A day that the company set itself."""

    kind: str
    name: Mapping[str, str]
    spans: Spans | None


@dataclass(frozen=True)
class Held:
    """A calendar as it was loaded. `id` is None for the one that holds where there is none."""

    id: int | None
    name: Mapping[str, str]
    unit_id: int | None
    time_zone: str
    week: Week
    holidays: str
    given: Mapping[date, Given] = field(default_factory=dict)

    @cached_property
    def calendar(self) -> Calendar:
        """The calendar to count with; the same one as long as nothing in it changes."""
        days = tuple(sorted((day, each.kind, each.spans) for day, each in self.given.items()))
        return _counting(self.time_zone, self.week, self.holidays, days)


@dataclass(frozen=True)
class DayShown:
    """What a day is, and why."""

    date: date
    kind: str
    name: Mapping[str, str]
    is_override: bool
    spans: Spans


def for_unit(unit_id: int | None) -> Held:
    """The calendar of a unit: its own, the nearest above, else the company's."""
    held = _held.get()
    if len(held) > 1 and unit_id is not None:
        own = _of_units.get().get(unit_id)
        if own is not None and own in held:
            return held[own]
    return held[_company(held)]


def by_id(calendar_id: int | None) -> Held:
    """A calendar by id; the company's where it is gone."""
    held = _held.get()
    return held[calendar_id] if calendar_id in held else held[_company(held)]


def everything() -> list[Held]:
    """Every calendar that was made, the company's first."""
    found = [each for key, each in _held.get().items() if key is not None]
    return sorted(found, key=lambda each: (each.unit_id is not None, each.id))


def days_of(held: Held, year: int) -> list[DayShown]:
    """Every day of a year."""
    public = workdays.public_days(year, held.holidays)
    day, found = date(year, 1, 1), []
    while day.year == year:
        found.append(_shown(held, day, public.get(day)))
        day += timedelta(days=1)
    return found


def week_of(hours: Sequence[Mapping[str, Any]]) -> Week:
    """The week from its spans as they are stored; raises ValueError."""
    days: list[list[Span]] = [[] for _ in range(WEEKDAYS)]
    for each in hours:
        days[each["weekday"]].append(engine.span(each["from"], each["to"]))
    for spans in days:
        if engine.find_overlap(spans) is not None:
            raise ValueError("spans overlap")
    return Week(tuple(tuple(sorted(spans)) for spans in days))  # type: ignore[arg-type]


def spans_of(hours: Sequence[Mapping[str, str]] | None) -> Spans | None:
    """A day's spans from how they are stored; raises ValueError."""
    if hours is None:
        return None
    spans = tuple(sorted(engine.span(each["from"], each["to"]) for each in hours))
    if engine.find_overlap(spans) is not None:
        raise ValueError("spans overlap")
    return spans


def forget() -> None:
    """Drop what was cached (tests whose transactions are rolled back)."""
    _held.clear()
    _of_units.clear()


def _company(held: Mapping[int | None, Held]) -> int | None:
    return next((key for key, each in held.items() if key and each.unit_id is None), None)


def _shown(held: Held, day: date, public: workdays.PublicDay | None) -> DayShown:
    given = held.given.get(day)
    spans = held.calendar.spans_of(day)
    if given is not None:
        return DayShown(day, given.kind, given.name, True, spans)
    if public is not None:
        kind = DayKind.MAKE_UP if public.is_make_up else DayKind.HOLIDAY
        return DayShown(day, kind, public.name, False, spans)
    return DayShown(day, DayKind.WORK if spans else DayKind.REST, {}, False, spans)


def _load() -> dict[int | None, Held]:
    found: dict[int | None, Held] = {None: _default()}
    for row in models.Calendar.objects.prefetch_related("days").order_by("pk"):
        given = {
            each.date: Given(each.kind, each.name, spans_of(each.hours)) for each in row.days.all()
        }
        found[row.pk] = Held(
            row.pk, row.name, row.unit_id, row.time_zone, week_of(row.hours), row.holidays, given
        )
    return found


def _default() -> Held:
    name = {"zh-CN": "默认日历", "en-US": "Default calendar"}
    return Held(None, name, None, "Asia/Shanghai", week_of(OFFICE_HOURS), workdays.CHINA)


def _load_units() -> dict[int, int]:
    """The nearest calendar above each unit."""
    of_unit = {each.unit_id: each.id for each in everything() if each.unit_id is not None}
    found: dict[int, int] = {}
    lines = UnitClosure.objects.filter(ancestor_id__in=of_unit).order_by("-depth")
    for ancestor, descendant in lines.values_list("ancestor_id", "descendant_id"):
        found[descendant] = of_unit[ancestor] or 0
    return found


@dataclass
class _ByBoth:
    """What depends on the calendars and on the tree of units."""

    cached: CachedByRevision[dict[int, int]]
    seen: object = None

    def get(self) -> dict[int, int]:
        held = _held.get()
        if self.seen is not held:
            self.cached.clear()
            self.seen = held
        return self.cached.get()

    def clear(self) -> None:
        self.cached.clear()


_held = CachedByRevision(REVISION, _load)
_of_units = _ByBoth(CachedByRevision(ORG, _load_units))


@lru_cache(maxsize=64)
def _counting(
    zone: str, week: Week, holidays: str, given: tuple[tuple[date, str, Spans | None], ...]
) -> Calendar:
    full = next((spans for spans in week.days if spans), ())

    def exceptions(year: int) -> Mapping[date, Spans]:
        found: dict[date, Spans] = {}
        for day, public in workdays.public_days(year, holidays).items():
            found[day] = (week.days[day.weekday()] or full) if public.is_make_up else ()
        for day, kind, spans in given:
            if day.year == year:
                found[day] = _spans(kind, spans, week.days[day.weekday()] or full)
        return found

    return Calendar(zone, week, exceptions)


def _spans(kind: str, own: Spans | None, usual: Spans) -> Spans:
    if own is not None:
        return own
    if kind in (DayKind.REST, DayKind.HOLIDAY):
        return ()
    return usual[:1] if kind == DayKind.HALF else usual
