"""How far back a page of entries reaches: no more of the record is read than its days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from closeloop.engine.metrics import ENTRIES, Measure
from closeloop.engine.metrics.definition import AT
from closeloop.metrics.periods import Period
from closeloop.metrics.queries.counts import Narrowed, counts
from closeloop.metrics.queries.scope import Scope


@dataclass(frozen=True)
class Page:
    """How many things are looked for, from which day backwards (None: from the period's last)."""

    size: int
    day: date | None = None


def page_of(size: int, after: str | None, *, zone: str) -> Page:
    """The page after a moment, or the first one."""
    if after is None or not after[0].isdigit():
        return Page(size)
    return Page(size, datetime.fromisoformat(after).astimezone(ZoneInfo(zone)).date())


def days_of(
    page: Page,
    period: Period,
    measure: tuple[int, Measure],
    scope: Scope,
    narrowed: Narrowed,
) -> Period:
    """The newest days of the period that hold a page of things, by what was counted of them.

    Of the day on which a page begins some have been shown; so it is read, but not relied upon.
    Only entries that count on the day when they happened are found by it.
    """
    measure_id, definition = measure
    if definition.source != ENTRIES or definition.day != AT:
        return period
    if page.day is not None:
        if not period.since <= page.day <= period.until:
            return period
        period = replace(period, until=page.day)
    found = {row.keys[0]: row.n for row in counts([measure_id], period, ("day",), scope, narrowed)}
    held = 0
    for day in sorted((day for day in found if isinstance(day, date)), reverse=True):
        held += found[day] if day != page.day else 0
        if held >= page.size:
            return replace(period, since=day)
    return period
