"""Counting what falls due: each thing once, from the moment it fell due, as it stands now.

What changes is read anew by its group and compared with how it was counted; so it does not matter
in which order changes are heard of, nor how often. Whoever owed a thing when it fell due has it in
his figures, in the unit of then, whoever it was given to later.

The server keeps the statements prepared: planning one takes longer than reading a batch by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from closeloop.edge import statements
from closeloop.engine.metrics import Measure
from closeloop.metrics.actions.adding import added
from closeloop.metrics.models import Build, SourceCursor
from closeloop.metrics.sources import DueSource, sources

_COLUMNS = (
    "measure_id, group_id, thing_id, falls_at, day, person_id, unit_id, kind, record_id, is_met"
)
_FRESH = """fresh AS MATERIALIZED (
        SELECT m.id AS measure_id, r.group_id, r.thing_id, r.falls_at,
            (r.day_at AT TIME ZONE %(zone)s)::date AS day, coalesce(r.person_id, 0) AS person_id,
            coalesce(r.unit_id, 0) AS unit_id, r.kind, r.record_id, r.is_met
        FROM ({rows}) r (group_id, thing_id, falls_at, day_at, person_id, unit_id, kind, is_met,
                           record_id)
        JOIN jsonb_to_recordset(%(measures)s) m (id int, kinds text[])
            ON m.kinds = '{{}}' OR r.kind = ANY(m.kinds)
    )"""
_PUT = f"""put AS (
        INSERT INTO metrics_due AS held ({_COLUMNS}, is_counted)
        SELECT {_COLUMNS}, falls_at <= %(now)s FROM fresh
        ON CONFLICT (measure_id, group_id, thing_id) DO UPDATE SET
            falls_at = excluded.falls_at, day = excluded.day, person_id = excluded.person_id,
            unit_id = excluded.unit_id, kind = excluded.kind, record_id = excluded.record_id,
            is_met = excluded.is_met, is_counted = excluded.is_counted
        WHERE (held.falls_at, held.day, held.person_id, held.unit_id, held.kind, held.record_id,
               held.is_met, held.is_counted)
            IS DISTINCT FROM (excluded.falls_at, excluded.day, excluded.person_id,
               excluded.unit_id, excluded.kind, excluded.record_id, excluded.is_met,
               excluded.is_counted)
    )"""
_CHANGED = f"""old AS MATERIALIZED (
        SELECT * FROM metrics_due WHERE measure_id = ANY(%(ids)s) AND group_id = ANY(%(groups)s)
    ), {_FRESH}, gone AS (
        DELETE FROM metrics_due d USING old
        WHERE d.measure_id = old.measure_id AND d.group_id = old.group_id
            AND d.thing_id = old.thing_id AND NOT EXISTS (
                SELECT 1 FROM fresh f WHERE f.measure_id = d.measure_id
                    AND f.group_id = d.group_id AND f.thing_id = d.thing_id)
    ), {_PUT}"""
_FELL = """fell AS (
        UPDATE metrics_due SET is_counted = true
        WHERE NOT is_counted AND measure_id = ANY(%(ids)s) AND falls_at <= %(now)s
        RETURNING *
    )"""


def _once(relation: str, sign: int, where: str = "true") -> str:
    return (
        f"SELECT measure_id, day, person_id, unit_id, kind, {sign} AS n, "
        f"({sign} * is_met::int)::numeric AS value FROM {relation} WHERE {where}"
    )


_NOW_DUE = _once("fresh", 1, "falls_at <= %(now)s")
_DIFFERENCE = f"{_once('old', -1, 'is_counted')} UNION ALL {_NOW_DUE}"


def catch_up(build: Build, measures: Mapping[int, Measure], *, now: datetime, at_most: int) -> int:
    """Read the next changes of every source, count what fell due since; gives how many changes."""
    held = {each.source: each for each in SourceCursor.objects.filter(build=build)}
    many = 0
    for source, counted in _by_source(measures).items():
        cursor = held.get(source.key) or SourceCursor(build=build, source=source.key)
        read = _changed(build, source, counted, cursor, now=now, at_most=at_most)
        many = max(many, read)
    ids = [pk for pk, each in measures.items() if each.source in sources.due]
    if ids:
        statements.rows(added(_FELL, _once("fell", 1)), {"ids": ids, "now": now})
    return many


def fill(build: Build, measures: Mapping[int, Measure], *, now: datetime) -> None:
    """Count everything that has fallen due, from scratch, and note what will."""
    for source, counted in _by_source(measures).items():
        rows = source.rows.format(groups="IS NOT NULL")
        values = _values(build, source, counted, now)
        statements.rows(added(f"{_FRESH.format(rows=rows)}, {_PUT}", _NOW_DUE), values)
        SourceCursor.objects.create(
            build=build, source=source.key, xid=build.xid, change_id=build.entry_id
        )


def _changed(
    build: Build, source: DueSource, measures: Mapping[int, Measure], read: SourceCursor,
    *, now: datetime, at_most: int,
) -> int:  # fmt: skip
    values = _values(build, source, measures, now)
    after = {"xid": read.xid, "id": read.change_id, "limit": at_most}
    changes = statements.rows(source.ahead, {**values, **after})
    if not changes:
        return 0
    values["groups"] = sorted({group for _, _, group in changes if group is not None})
    if values["groups"]:
        rows = source.rows.format(groups="= ANY(%(groups)s)")
        statements.rows(added(_CHANGED.format(rows=rows), _DIFFERENCE), values)
    read.xid, read.change_id, _ = changes[-1]
    read.save()
    return len(changes)


def _by_source(measures: Mapping[int, Measure]) -> dict[DueSource, dict[int, Measure]]:
    found: dict[str, dict[int, Measure]] = {}
    for pk, each in measures.items():
        if each.source in sources.due:
            found.setdefault(each.source, {})[pk] = each
    return {sources.due[key]: counted for key, counted in sorted(found.items())}


def _values(
    build: Build, source: DueSource, measures: Mapping[int, Measure], now: datetime
) -> dict[str, Any]:
    return {
        **source.values(),
        "zone": build.zone,
        "now": now,
        "ids": list(measures),
        "measures": Jsonb([{"id": pk, "kinds": list(each.of)} for pk, each in measures.items()]),
    }
