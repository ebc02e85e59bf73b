"""How things stand: counted when it is asked, within the scope, instead of from kept counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.db import connection
from django.utils import timezone

from closeloop.engine.metrics import Measure
from closeloop.identity.actor import Actor
from closeloop.metrics.periods import Period
from closeloop.metrics.queries.counts import Counts, Narrowed
from closeloop.metrics.queries.scope import Scope
from closeloop.metrics.sources import Within, sources

_DAY = "(s.at AT TIME ZONE %(zone)s)::date"
_COLUMNS = {
    "day": _DAY,
    "week": f"date_trunc('week', {_DAY}::timestamp)::date",
    "month": f"date_trunc('month', {_DAY}::timestamp)::date",
    "unit": "coalesce(s.unit_id, 0)",
    "person": "coalesce(s.owner_id, 0)",
    "kind": "s.kind",
    "flow": "split_part(s.kind, '/', 1) || '/'",
}


@dataclass(frozen=True)
class Looking:
    """Who looks at how things stand, how far he reaches, at which days."""

    actor: Actor
    scope: Scope
    period: Period
    narrowed: Narrowed


def counts(measure: Measure, number: int, by: Sequence[str], looking: Looking) -> list[Counts]:
    """The counts of a measure that says how things stand, as `queries.counts` gives them."""
    where, values = _chosen(measure, looking.narrowed)
    sql, held = _rows(measure, looking)
    keys = "".join(f"{_COLUMNS[each]}, " for each in by)
    group = f" GROUP BY {', '.join(str(at + 1) for at in range(len(by)))}" if by else ""
    found = asked(
        f"SELECT {keys}count(*), coalesce(sum(coalesce(s.value, s.is_met::int)), 0)"
        f" FROM ({sql}) s WHERE {where}{group}",
        {**held, **values, "zone": timezone.get_current_timezone_name()},
    )
    return [Counts(number, tuple(row[:-2]), row[-2], row[-1]) for row in found if row[-2]]


def asked(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement that is planned for the values at hand, not kept prepared."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def things(measure: Measure, judged: str, looking: Looking) -> tuple[str, dict[str, Any]]:
    """The things of a measure as `queries.things` reads them; `judged` narrows the rows `s`."""
    rows, values = _rows(measure, looking)
    where, chosen = _chosen(measure, looking.narrowed)
    sql = (
        "SELECT s.at, s.id, 0::bigint AS sub_id, %(measure)s::text AS measure, s.record_id,"
        " coalesce(s.owner_id, 0) AS person_id, coalesce(s.unit_id, 0) AS unit_id, s.kind,"
        f" s.is_met, s.value FROM ({rows}) s WHERE {where}{judged}"
    )
    return sql, {**values, **chosen, "measure": measure.key}


def _rows(measure: Measure, looking: Looking) -> tuple[str, Mapping[str, Any]]:
    first, after = looking.period.since, looking.period.until + timedelta(days=1)
    within = Within(
        actor=looking.actor, where=partial(looking.scope.where, person="owner_id"),
        since=_midnight(first), until=_midnight(after), now=timezone.now(),
    )  # fmt: skip
    return sources.standing[measure.source].rows(within)


def _chosen(measure: Measure, narrowed: Narrowed) -> tuple[str, dict[str, Any]]:
    """Which of the rows `s` a measure counts, of one person or some kinds."""
    parts, values = ["TRUE"], dict[str, Any]()
    if measure.of:
        parts.append("s.kind = ANY(%(of)s)")
        values["of"] = list(measure.of)
    if narrowed.person is not None:
        parts.append("coalesce(s.owner_id, 0) = %(person)s")
        values["person"] = narrowed.person
    of_kinds, kinds = narrowed.of_kinds("s")
    return " AND ".join([*parts, of_kinds]), {**values, **kinds}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_default_timezone())
