"""Reading counts: from the coarsest grain that can answer, within the scope."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from closeloop.edge import statements
from closeloop.metrics.periods import Period
from closeloop.metrics.queries.scope import Scope

TIMES = ("day", "week", "month")
_COLUMNS = {
    "day": "h.day",
    "week": "date_trunc('week', h.day::timestamp)::date",
    "month": "date_trunc('month', h.day::timestamp)::date",
    "unit": "h.unit_id",
    "person": "h.person_id",
    "kind": "h.kind",
    "flow": "split_part(h.kind, '/', 1) || '/'",
}
DIMENSIONS = tuple(_COLUMNS)
Key = date | int | str


@dataclass(frozen=True)
class Counts:
    """How many and how much of one measure under the keys of the dimensions asked for."""

    measure_id: int
    keys: tuple[Key, ...]
    n: int
    value: Decimal


FLOW = "/"
"""A kind that is a step of a flow is written flow/step; what ends so stands for all its steps."""


@dataclass(frozen=True)
class Narrowed:
    """Counts of one person, of some kinds, or both."""

    person: int | None = None
    kinds: Collection[str] | None = None

    def of_kinds(self, alias: str) -> tuple[str, dict[str, Any]]:
        """The kinds as SQL over a table that has one; a flow stands for all its steps."""
        if self.kinds is None:
            return "TRUE", {}
        where = f"{alias}.kind = ANY(%(kinds)s)"
        if any(each.endswith(FLOW) for each in self.kinds):
            where = f"({where} OR split_part({alias}.kind, '/', 1) || '/' = ANY(%(kinds)s))"
        return where, {"kinds": sorted(self.kinds)}


def counts(
    measure_ids: Collection[int],
    period: Period,
    by: Sequence[str],
    scope: Scope,
    narrowed: Narrowed,
) -> list[Counts]:
    """The counts of measures, one row for each measure and key of the dimensions."""
    columns = [_COLUMNS[each] for each in by]
    wanted = ", ".join(["h.measure_id", *columns])
    table, within, values = _source(by, scope, narrowed)
    conditions = ["h.measure_id = ANY(%(ids)s)", "h.day >= %(since)s", "h.day <= %(until)s", within]
    values |= {"ids": sorted(measure_ids), "since": period.since, "until": period.until}
    if narrowed.person is not None:
        conditions.append("h.person_id = %(person)s")
        values["person"] = narrowed.person
    of_kinds, kinds = narrowed.of_kinds("h")
    conditions.append(of_kinds)
    values |= kinds
    found = statements.rows(
        f"SELECT {wanted}, sum(h.n)::bigint, sum(h.value) FROM {table} h"
        f" WHERE {' AND '.join(conditions)} GROUP BY {wanted}",
        values,
    )
    return [
        Counts(row[0], tuple(row[1:-2]), row[-2], row[-1]) for row in found if row[-2] or row[-1]
    ]


def _source(by: Sequence[str], scope: Scope, narrowed: Narrowed) -> tuple[str, str, dict[str, Any]]:
    where, values = scope.where("h")
    if "person" in by or narrowed.person is not None or scope.own_of is not None:
        return "metrics_personday", where, dict(values)
    if scope.is_everything and "unit" not in by:
        return "metrics_companyday", "TRUE", {}
    return "metrics_unitday", where, dict(values)


def summed(rows: Collection[Counts], ids: Collection[int]) -> tuple[int, Decimal]:
    """How many and how much over the measures."""
    own = [row for row in rows if row.measure_id in ids]
    return sum(row.n for row in own), sum((row.value for row in own), Decimal(0))


def by_key(rows: Collection[Counts]) -> Mapping[tuple[Key, ...], list[Counts]]:
    """The rows of each key."""
    found: dict[tuple[Key, ...], list[Counts]] = {}
    for row in rows:
        found.setdefault(row.keys, []).append(row)
    return found
