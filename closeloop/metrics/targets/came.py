"""What came of a year, month by month: amounts that were won, or what a metric counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
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

Came = Callable[[date, int, int | None], Decimal]
"""What came in a month (its first day), of a unit with all below it, of one person there."""


def won(year: int, *, currency: str, reach: Reach) -> Came:
    """What was won, in one currency, within a reach."""
    version = blueprints.current_of(DEAL.key)
    stages = version.stages if version else ()
    ends = [each.key for each in stages if each.kind is StageKind.WON]
    where, params = reach.where("d")
    found: defaultdict[tuple[date, int | None, int | None], Decimal] = defaultdict(Decimal)
    zone, since, until = settings.TIME_ZONE, date(year, 1, 1), date(year + 1, 1, 1)
    with connection.cursor() as cursor:
        cursor.execute(
            _WON.format(where=where), [zone, ends, since, zone, until, zone, currency, *params]
        )
        for month, owner, unit, amount in cursor.fetchall():
            found[month, owner, unit] += amount

    def came(month: date, unit: int, person: int | None) -> Decimal:
        below = org.subtree_ids(unit)
        return sum(
            (
                amount
                for (at, owner, of), amount in found.items()
                if at == month and of in below and (person is None or owner == person)
            ),
            Decimal(0),
        )

    return came


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


_WON = """
    SELECT date_trunc('month', v.entered_at AT TIME ZONE %s)::date, d.owner_id, d.unit_id,
        sum(d.amount)
    FROM process_visit v JOIN deals_deal d ON d.id = v.record_id
    WHERE v.left_at IS NULL AND v.kind <> 'opening' AND v.stage = ANY(%s)
        AND v.entered_at >= %s::timestamp AT TIME ZONE %s
        AND v.entered_at < %s::timestamp AT TIME ZONE %s
        AND d.currency = %s AND d.amount IS NOT NULL AND d.deleted_at IS NULL AND {where}
    GROUP BY 1, 2, 3
"""
