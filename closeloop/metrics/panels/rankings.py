"""Who did best: people of the whole company by what the record says of them (H06).

A ranking spurs only when everybody sees it. So names and numbers of colleagues are told to
everybody; what stands behind a number (a deal, its customer) only to who may read it anyway.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from closeloop.edge import statements
from closeloop.engine.metrics import figure_of
from closeloop.engine.metrics.board import Panel
from closeloop.metrics import definitions, standing
from closeloop.metrics.panels.feeds import Ranked, Ranking, feeds
from closeloop.metrics.periods import Period, first_of
from closeloop.metrics.queries.counts import Narrowed, by_key, counts, summed
from closeloop.metrics.queries.scope import Scope
from closeloop.org.access import Reach

TOP = 3
COUNT, DAYS, SHARE = "count", "days", "share"
_SIGNED = """
    SELECT DISTINCT ON (v.record_id) r.owner_id, v.record_id,
        extract(epoch FROM v.entered_at - r.created_at) / 86400
    FROM process_visit v JOIN records_record r ON r.id = v.record_id
    JOIN process_instance i ON i.record_id = v.record_id
    WHERE v.entered_at >= %(from)s AND v.entered_at < %(to)s AND v.kind = 'forward'
        AND v.stage = ANY(%(stages)s) AND r.type = %(type)s AND r.deleted_at IS NULL
        AND r.owner_id IS NOT NULL AND NOT i.is_opening AND v.entered_at >= r.created_at
    ORDER BY v.record_id, v.entered_at
"""


@dataclass(frozen=True)
class Place:
    """Somebody's place; equal values share one."""

    rank: int
    ranked: Ranked


@dataclass(frozen=True)
class Places:
    """The first places, and that of the reader where he has one."""

    ranking: Ranking
    period: Period
    first: Sequence[Place]
    mine: Place | None


def places(panel: Panel, *, person_id: int | None, now: datetime) -> Places:
    """The first places of a panel's ranking, in the day, week or month that it says."""
    ranking = feeds.rankings[panel.source]
    period = _period(str(panel.options.get("of", "month")), timezone.localdate(now))
    ordered = _placed(ranking.read(period, panel.options), ranking.is_less_better)
    top = int(panel.options.get("top", TOP))
    mine = next((each for each in ordered if each.ranked.person_id == person_id), None)
    return Places(ranking, period, ordered[:top], mine)


def counted(period: Period, options: Mapping[str, Any]) -> Sequence[Ranked]:
    """What a metric is of each person."""
    build = standing.live()
    if build is None:
        return []
    metric = definitions.held(str(options.get("metric"))).metric
    ids = standing.ids_of(build.pk)
    wanted = [ids[key] for key in metric.numerator if key in ids]
    everybody = Scope(Reach(everything=True))
    rows = counts(wanted, period, ("person",), everybody, Narrowed()) if wanted else []
    found = {
        int(str(key[0])): figure_of(
            metric, numerator=summed(own, wanted), denominator=(0, Decimal(0))
        ).value
        for key, own in by_key(rows).items()
    }
    return [Ranked(person, float(value)) for person, value in found.items() if person and value]


def fastest(period: Period, options: Mapping[str, Any]) -> Sequence[Ranked]:
    """In how many days records went from their creation into a stage, by who owns them."""
    start, end = period.moments()
    rows = statements.rows(
        _SIGNED,
        {
            "from": start,
            "to": end,
            "stages": list(options.get("stages", [])),
            "type": str(options.get("type", "deal")),
        },
    )
    return [Ranked(owner, round(float(days), 1), None, record) for owner, record, days in rows]


def _placed(found: Sequence[Ranked], is_less_better: bool) -> list[Place]:
    """The best of each person, the best first; who is as good shares the place."""
    best: dict[int, Ranked] = {}
    for each in sorted(found, key=lambda one: _order(one, is_less_better)):
        best.setdefault(each.person_id, each)
    placed: list[Place] = []
    worth = None
    for number, each in enumerate(best.values(), start=1):
        before, worth = worth, _order(each, is_less_better)[:2]
        placed.append(Place(placed[-1].rank if worth == before else number, each))
    return placed


def _order(ranked: Ranked, is_less_better: bool) -> tuple[float, float, int]:
    sign = 1 if is_less_better else -1
    return sign * ranked.value, -(ranked.beside or 0), ranked.person_id


def _period(grain: str, today: date) -> Period:
    return Period(first_of(today, grain), today)
