"""Which units let customers with potential wait, and how their quotations fare (G01).

A unit is red when it has customers with potential and none of them was followed up effectively for
so many working days in a row; green when the share of quotations that became contracts in the last
week is good by the metric's own threshold. Red outranks green. A customer who has not been there
for those days is too new to have been let down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from closeloop.engine.metrics import Figure, Level
from closeloop.engine.metrics.board import Panel
from closeloop.identity.actor import Actor
from closeloop.metrics.panels import days
from closeloop.metrics.panels.feeds import Covered, Line, Wanted, feeds
from closeloop.metrics.periods import Period
from closeloop.metrics.queries.figures import Asked, figures
from closeloop.metrics.queries.scope import regions_about

ABOUT = "customer"
DAYS = 3
WEEK = 7
MOST = 200


@dataclass(frozen=True)
class Tile:
    """A unit with all below it: its customers with potential, and its quotations."""

    unit_id: int
    counted: Covered
    conversion: Figure | None

    @property
    def uncovered(self) -> int:
        """Customers with potential who have waited all those days."""
        return self.counted.customers - self.counted.covered - self.counted.fresh

    @property
    def is_red(self) -> bool:
        """Whether nobody with potential was followed up, though somebody has waited."""
        return self.uncovered > 0 and self.counted.covered == 0

    @property
    def is_green(self) -> bool:
        """Whether the week's quotations became contracts often enough."""
        return self.conversion is not None and self.conversion.level is Level.GOOD


@dataclass(frozen=True)
class Map:
    """Every unit, the red ones first; how many working days were looked at, and which week."""

    since: date
    days: int
    week: Period
    tiles: Sequence[Tile] = field(default_factory=list)


def tiles(panel: Panel, *, unit: int | None, actor: Actor, now: datetime) -> Map:
    """The tiles of the units below one, or below the top of the actor's reach."""
    today = timezone.localdate(now)
    since = days.workdays_before(today, _days(panel))
    week = Period(today - timedelta(days=(panel.days or WEEK) - 1), today)
    asked = Asked(panel.metric, week, by=("unit",), unit=unit)
    rates = {int(str(row.keys[0])): row.figure for row in figures(asked, actor=actor).rows}
    folded = _folded(_wanted(panel, unit, actor, now), since)
    made = [
        Tile(key, folded.get(key, Covered(key, 0, 0, 0)), rates.get(key))
        for key in {*folded, *rates} - {0}
    ]
    ordered = sorted(made, key=lambda tile: (not tile.is_red, -tile.uncovered, tile.unit_id))
    return Map(since, _days(panel), week, ordered)


def uncovered(
    panel: Panel, *, unit: int | None, region: int | None, actor: Actor, now: datetime
) -> Sequence[Line]:
    """The customers with potential of a tile who have waited, the longest first."""
    wanted = _wanted(panel, unit, actor, now)
    if region is not None:
        regions = regions_about(ABOUT, unit=unit, actor=actor)
        own = frozenset(key for key, of in regions.items() if of == region)
        wanted = wanted.within(own or frozenset({region}))
    since = days.workdays_before(timezone.localdate(now), _days(panel))
    return [] if feeds.coverage is None else feeds.coverage.uncovered(wanted, _start(since), MOST)


def _days(panel: Panel) -> int:
    return int(panel.options.get("uncovered_days", DAYS))


def _wanted(panel: Panel, unit: int | None, actor: Actor, now: datetime) -> Wanted:
    return Wanted(actor=actor, now=now, options=panel.options, unit=unit)


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _folded(wanted: Wanted, since: date) -> Mapping[int, Covered]:
    """What is counted by unit, folded into the units that are shown."""
    if feeds.coverage is None:
        return {}
    regions = regions_about(ABOUT, unit=wanted.unit, actor=wanted.actor)
    found: dict[int, Covered] = {}
    for row in feeds.coverage.count(wanted, _start(since)):
        key = regions.get(row.unit_id or 0, row.unit_id or 0)
        held = found.get(key, Covered(key, 0, 0, 0))
        found[key] = Covered(
            key,
            held.customers + row.customers,
            held.covered + row.covered,
            held.fresh + row.fresh,
        )
    return found
