"""Counting what falls due: each thing once, from the moment it fell due, as it stands now.

What changes is read anew by its group and compared with how it was counted; so it does not matter
in which order changes are heard of, nor how often. Whoever owed a thing when it fell due has it in
his figures, in the unit of then, whoever it was given to later.

The server keeps the statements prepared: planning one takes longer than reading a batch by it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from closeloop.edge import statements
from closeloop.engine.metrics import Measure
from closeloop.metrics.actions.adding import HORIZON, added
from closeloop.metrics.models import Build, SourceCursor
from closeloop.metrics.sources import DueSource, Touched, sources

ENTRIES = "entries"
"""The cursor of all sources that entries change: they are read once for all of them."""
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
_INTO = f"INSERT INTO metrics_due AS held ({_COLUMNS}, is_counted)"
_OVER = """ON CONFLICT (measure_id, group_id, thing_id) DO UPDATE SET
            falls_at = excluded.falls_at, day = excluded.day, person_id = excluded.person_id,
            unit_id = excluded.unit_id, kind = excluded.kind, record_id = excluded.record_id,
            is_met = excluded.is_met, is_counted = excluded.is_counted"""
_NOTED = f"noted AS ({_INTO} SELECT {_COLUMNS}, falls_at <= %(now)s FROM fresh {_OVER})"
_CHANGED = f"""old AS MATERIALIZED (
        SELECT * FROM metrics_due
        WHERE measure_id = ANY(%(ids)s) AND group_id = ANY(%(groups)s::bigint[])
    ), {_FRESH}, other AS MATERIALIZED (
        SELECT measure_id, group_id, thing_id, f.falls_at, f.day, f.person_id, f.unit_id, f.kind,
            f.record_id, f.is_met, f.falls_at <= %(now)s AS is_counted, o.day AS old_day,
            o.person_id AS old_person_id, o.unit_id AS old_unit_id, o.kind AS old_kind,
            o.is_met AS old_is_met, o.is_counted AS old_is_counted
        FROM fresh f FULL JOIN old o USING (measure_id, group_id, thing_id)
        WHERE (f.falls_at, f.day, f.person_id, f.unit_id, f.kind, f.record_id, f.is_met,
               f.falls_at <= %(now)s)
            IS DISTINCT FROM (o.falls_at, o.day, o.person_id, o.unit_id, o.kind, o.record_id,
               o.is_met, o.is_counted)
    ), gone AS (
        DELETE FROM metrics_due d USING other x
        WHERE x.falls_at IS NULL AND d.measure_id = x.measure_id AND d.group_id = x.group_id
            AND d.thing_id = x.thing_id
    ), put AS (
        {_INTO} SELECT {_COLUMNS}, is_counted FROM other WHERE falls_at IS NOT NULL {_OVER}
    )"""
_FELL = """fell AS (
        UPDATE metrics_due SET is_counted = true
        WHERE NOT is_counted AND measure_id = ANY(%(ids)s) AND falls_at <= %(now)s
        RETURNING *
    )"""


def _once(relation: str, sign: int, where: str = "true", of: str = "") -> str:
    return (
        f"SELECT measure_id, {of}day, {of}person_id, {of}unit_id, {of}kind, {sign} AS n,"
        f" ({sign} * {of}is_met::int)::numeric AS value FROM {relation} WHERE {where}"
    )


_NOW_DUE = _once("fresh", 1, "falls_at <= %(now)s")
_DIFFERENCE = (
    f"{_once('other', 1, 'is_counted')} UNION ALL {_once('other', -1, 'old_is_counted', of='old_')}"
)


def catch_up(build: Build, measures: Mapping[int, Measure], *, now: datetime, at_most: int) -> int:
    """Read the next changes of every source, count what fell due since; gives how many changes."""
    held = {each.source: each for each in SourceCursor.objects.filter(build=build)}
    by_source, touched = _by_source(measures), dict[DueSource, Touched]()
    read = 0
    for source, counted in by_source.items():
        if isinstance(source.ahead, Touched):
            touched[source] = source.ahead
            continue
        cursor = held.get(source.key) or SourceCursor(build=build, source=source.key)
        values = {**source.values(), **_after(cursor, at_most)}
        changes = statements.rows(source.ahead, values)
        groups = {group for _, _, group in changes if group is not None}
        _count_again(build, source, counted, sorted(groups), now)
        if changes:
            cursor.xid, cursor.change_id, _ = changes[-1]
            cursor.save()
        read = max(read, len(changes))
    if touched:
        cursor = held.get(ENTRIES) or SourceCursor(build=build, source=ENTRIES)
        values = {key: value for source in touched for key, value in source.values().items()}
        found = statements.row(_touched(touched.values()), {**values, **_after(cursor, at_most)})
        if found is not None:
            many, cursor.xid, cursor.change_id, *groups_of = found
            for source, changed in zip(touched, groups_of, strict=True):
                _count_again(build, source, by_source[source], changed, now)
            cursor.save()
            read = max(read, many)
    ids = [pk for counted in by_source.values() for pk in counted]
    if ids:
        statements.rows(added(_FELL, _once("fell", 1)), {"ids": ids, "now": now})
    return read


def fill(build: Build, measures: Mapping[int, Measure], *, now: datetime) -> None:
    """Count everything that has fallen due, from scratch, and note what will."""
    for source, counted in _by_source(measures).items():
        rows = source.rows.format(groups="IS NOT NULL")
        values = _values(build, source, counted, now)
        statements.rows(added(f"{_FRESH.format(rows=rows)}, {_NOTED}", _NOW_DUE), values)
        read = ENTRIES if isinstance(source.ahead, Touched) else source.key
        SourceCursor.objects.get_or_create(
            build=build, source=read, defaults={"xid": build.xid, "change_id": build.entry_id}
        )


def _touched(sources_of: Collection[Touched]) -> str:
    """How many entries come next, the last of them, and the groups that each source has changed."""
    groups = [
        f"ARRAY(SELECT DISTINCT touched.id FROM read CROSS JOIN LATERAL ({each.groups})"
        f" touched (id) WHERE ({each.where}) AND touched.id IS NOT NULL)"
        for each in sources_of
    ]
    return f"""
        WITH read AS MATERIALIZED (
            SELECT e.xid, e.id, e.verb, e.record_id, e.data FROM activity_entry e
            WHERE (e.xid, e.id) > (%(xid)s, %(id)s) AND e.xid < {HORIZON}
            ORDER BY e.xid, e.id LIMIT %(limit)s
        )
        SELECT (SELECT count(*) FROM read), last.xid, last.id, {", ".join(groups)}
        FROM (SELECT xid, id FROM read ORDER BY xid DESC, id DESC LIMIT 1) last
    """


def _after(cursor: SourceCursor, at_most: int) -> dict[str, int]:
    return {"xid": cursor.xid, "id": cursor.change_id, "limit": at_most}


def _count_again(
    build: Build, source: DueSource, measures: Mapping[int, Measure], groups: Sequence[int],
    now: datetime,
) -> None:  # fmt: skip
    if not groups:
        return
    rows = source.rows.format(groups="= ANY(%(groups)s::bigint[])")
    values = {**_values(build, source, measures, now), "groups": statements.listed(groups)}
    statements.rows(added(_CHANGED.format(rows=rows), _DIFFERENCE), values)


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
