"""A metric of one product line and of all other records, from the very rows that are counted.

The kept counts know no product: the rows behind a figure are added up instead, by the line that
their record belongs to. What belongs to no record with a line (a case about a customer alone) is
on neither side.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from closeloop.identity.actor import Actor
from closeloop.metrics import definitions, standing
from closeloop.metrics.queries import now
from closeloop.metrics.queries.behind import Behind, Sql, rows_of
from closeloop.metrics.queries.figures import Asked, Parts
from closeloop.metrics.sources import sources

_SPLIT = """
    SELECT coalesce(l.line = %(line)s, false), count(*),
        coalesce(sum(coalesce(t.value, t.is_met::int)), 0)
    FROM ({rows}) t JOIN ({lines}) l ON l.record_id = t.record_id GROUP BY 1
"""
Sums = Mapping[bool, tuple[int, Decimal]]
"""How many and how much of the line (true) and of all others."""
_NOTHING = (0, Decimal(0))


def parts_of_line(asked: Asked, line: str, *, actor: Actor) -> tuple[Parts, Parts]:
    """What the figure is made of: the line's own, and everybody else's. Raises MetricNotFound."""
    metric, build = definitions.held(asked.metric).metric, standing.live()
    behind = Behind(asked.metric, asked.period, unit=asked.unit)
    sums: dict[str, Sums] = {}
    for measure in definitions.book().measured(metric):
        rows = rows_of(measure, behind, metric, build, actor)
        sums[measure.key] = {} if rows is None else _split(rows, line)
    own, rest = (
        Parts(_added(sums, metric.numerator, is_own), _added(sums, metric.denominator, is_own))
        for is_own in (True, False)
    )
    return own, rest


def _split(rows: Sql, line: str) -> Sums:
    if sources.lines is None:
        return {}
    sql, values = rows
    found = now.asked(_SPLIT.format(rows=sql, lines=sources.lines.rows), {**values, "line": line})
    return {is_own: (many, Decimal(much)) for is_own, many, much in found}


def _added(sums: Mapping[str, Sums], keys: Collection[str], is_own: bool) -> tuple[int, Decimal]:
    found = [sums[key].get(is_own, _NOTHING) for key in keys]
    return sum(many for many, _ in found), sum((much for _, much in found), Decimal(0))
