"""What came of a year, month by month: amounts that were won, or what a metric counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.db import connection

from closeloop.deals.catalogue import DEAL
from closeloop.engine.blueprint import StageKind
from closeloop.identity.actor import Actor
from closeloop.metrics.periods import Period
from closeloop.metrics.queries import Asked, figures
from closeloop.org import queries as org
from closeloop.org.access import Reach
from closeloop.process import blueprints

_FROM_WON = """
    FROM process_visit v JOIN deals_deal d ON d.id = v.record_id
    WHERE v.left_at IS NULL AND v.kind <> 'opening' AND v.stage = ANY(%s)
        AND v.entered_at >= %s::timestamp AT TIME ZONE %s
        AND v.entered_at < %s::timestamp AT TIME ZONE %s
        AND d.currency = %s AND d.amount IS NOT NULL AND d.deleted_at IS NULL AND {where}
"""
_WON = f"""
    SELECT date_trunc('month', v.entered_at AT TIME ZONE %s)::date, d.owner_id, d.unit_id,
        sum(d.amount)
    {_FROM_WON} GROUP BY 1, 2, 3
"""
_BROUGHT = f"""
    SELECT d.id, (SELECT r.title FROM records_record r WHERE r.id = d.id), d.owner_id, d.unit_id,
        v.entered_at, d.amount, count(*) OVER ()
    {_FROM_WON} ORDER BY d.amount DESC, d.id LIMIT %s OFFSET %s
"""
Came = Callable[[date, int, int | None], Decimal]
"""What came in a month (its first day), of a unit with all below it, of one person there."""


def won(year: int, *, currency: str, reach: Reach) -> Came:
    """What was won, in one currency, within a reach."""
    where, params = reach.where("d")
    units: defaultdict[tuple[date, int | None], Decimal] = defaultdict(Decimal)
    people: defaultdict[tuple[date, int | None], dict[int | None, Decimal]] = defaultdict(dict)
    zone, since, until = settings.TIME_ZONE, date(year, 1, 1), date(year + 1, 1, 1)
    with connection.cursor() as cursor:
        cursor.execute(
            _WON.format(where=where),
            [zone, _ends(), since, zone, until, zone, currency, *params],
        )
        for month, owner, unit, amount in cursor.fetchall():
            units[month, unit] += amount
            people[month, owner][unit] = amount
    subtrees = org.subtrees()

    def came(month: date, unit: int, person: int | None) -> Decimal:
        below = subtrees.get(unit, frozenset())
        if person is None:
            found = (units[month, of] for of in below if (month, of) in units)
        else:
            found = (amount for of, amount in people[month, person].items() if of in below)
        return sum(found, Decimal(0))

    return came


@dataclass(frozen=True, slots=True)
class Whose:
    """Days from `since` until before `until`, of a unit with all below it, of one person there."""

    since: date
    until: date
    unit: int | None
    person: int | None


@dataclass(frozen=True, slots=True)
class Brought:
    """A deal that was won, and its amount."""

    id: int
    title: str
    owner: int | None
    unit: int | None
    won_at: datetime
    amount: Decimal


def brought(
    whose: Whose, *, currency: str, reach: Reach, limit: int, offset: int
) -> tuple[list[Brought], int]:
    """The deals behind what was won, those that brought most first, and how many there are."""
    where, params = reach.where("d")
    if whose.unit is not None:
        where += " AND d.unit_id = ANY(%s)"
        params = [*params, sorted(org.subtree_ids(whose.unit))]
    if whose.person is not None:
        where += " AND d.owner_id = %s"
        params = [*params, whose.person]
    zone = settings.TIME_ZONE
    with connection.cursor() as cursor:
        cursor.execute(
            _BROUGHT.format(where=where),
            [_ends(), whose.since, zone, whose.until, zone, currency, *params, limit, offset],
        )
        rows = cursor.fetchall()
    return [Brought(*row[:-1]) for row in rows], rows[0][-1] if rows else 0


def _ends() -> list[str]:
    version = blueprints.current_of(DEAL.key)
    stages = version.stages if version else ()
    return [each.key for each in stages if each.kind is StageKind.WON]


def counted(metric: str, year: int, *, base: int | None, actor: Actor) -> Came:
    """What a metric counts, of a unit, those right below it and its people, or of oneself."""
    period = Period(date(year, 1, 1), date(year, 12, 31))

    def by(*dimensions: str) -> dict[tuple[object, ...], Decimal]:
        answer = figures(Asked(metric, period, by=dimensions, unit=base), actor=actor)
        return {row.keys: row.figure.numerator for row in answer.rows}

    whole, people = by("month"), by("month", "person")
    units = {} if base is None else by("month", "unit")

    def came(month: date, unit: int, person: int | None) -> Decimal:
        if person is not None:
            return people.get((month, person), Decimal(0))
        if unit == base:
            return whole.get((month,), Decimal(0))
        return units.get((month, unit), Decimal(0))

    return came
