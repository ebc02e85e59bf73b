"""What stops deals: the items that blocked moves lacked, and where approvals were turned down."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from closeloop.edge import statements
from closeloop.metrics.panels.feeds import Wanted
from closeloop.metrics.periods import Period

Kind = Literal["missing", "refused"]
ABOUT = "deal"
MOST = 20
MOST_BEHIND = 200
_ENTRIES = """
    SELECT e.id, e.at, e.record_id, 'missing' AS kind, item->>'item_key' AS key,
        item->'name' AS name, e.data->>'from' AS stage
    FROM (SELECT *, actor_id AS person_id FROM activity_entry
          WHERE verb = 'process.move_blocked' AND record_type = %(about)s
            AND at >= %(from)s AND at < %(to)s) e
    CROSS JOIN LATERAL jsonb_array_elements(
        CASE WHEN jsonb_typeof(e.data->'missing') = 'array' THEN e.data->'missing' END) item
    WHERE {scope}
    UNION ALL
    SELECT e.id, e.at, e.record_id, 'refused', e.data->>'node', e.data->'node_name',
        (SELECT v.stage FROM process_visit v WHERE v.record_id = e.record_id
            AND v.entered_at <= e.at ORDER BY v.entered_at DESC, v.id DESC LIMIT 1)
    FROM (SELECT *, (data->>'requester_id')::bigint AS person_id FROM activity_entry
          WHERE verb = ANY(ARRAY['approval.refused', 'approval.returned'])
            AND record_type = %(about)s AND at >= %(from)s AND at < %(to)s) e
    WHERE {scope}
"""
_RANKED = """
    SELECT kind, key, ((array_agg(name ORDER BY id DESC))[1])::text, count(DISTINCT id),
        count(DISTINCT record_id)
    FROM ({entries}) b WHERE key IS NOT NULL AND jsonb_typeof(name) = 'object'
    GROUP BY kind, key ORDER BY count(DISTINCT record_id) DESC, count(*) DESC, key LIMIT %(most)s
"""
_BY_STAGE = """
    SELECT stage, kind, key, name, attempts, records FROM (
        SELECT stage, kind, key, ((array_agg(name ORDER BY id DESC))[1])::text AS name,
            count(DISTINCT id) AS attempts, count(DISTINCT record_id) AS records,
            row_number() OVER (PARTITION BY stage ORDER BY count(DISTINCT record_id) DESC,
                count(*) DESC, key) AS place
        FROM ({entries}) b WHERE key IS NOT NULL AND jsonb_typeof(name) = 'object'
        GROUP BY stage, kind, key) ranked
    WHERE place <= %(most)s AND stage IS NOT NULL ORDER BY stage, place
"""
_BEHIND = """
    SELECT b.record_id, count(DISTINCT b.id), max(b.at) FROM ({entries}) b
    WHERE b.kind = %(kind)s AND b.key = %(key)s
        AND (%(stage)s::text IS NULL OR b.stage = %(stage)s)
    GROUP BY b.record_id ORDER BY max(b.at) DESC, b.record_id LIMIT %(most)s
"""


@dataclass(frozen=True)
class Blocker:
    """One thing that stopped deals: how often, and how many of them."""

    kind: Kind
    key: str
    name: Mapping[str, str]
    attempts: int
    records: int


@dataclass(frozen=True)
class Stopped:
    """A record that was stopped by it: how often, and when last."""

    record_id: int
    attempts: int
    last_at: datetime


def ranked(wanted: Wanted, period: Period) -> Sequence[Blocker]:
    """What stopped most records in a period, within the reader's scope."""
    entries, values = _entries(wanted, period)
    rows = statements.rows(_RANKED.format(entries=entries), {**values, "most": MOST})
    return [
        Blocker(kind, key, json.loads(name), attempts, records)
        for kind, key, name, attempts, records in rows
    ]


def by_stage(wanted: Wanted, period: Period, *, most: int) -> Mapping[str, Sequence[Blocker]]:
    """By the stage in which records were stopped, what stopped most of them."""
    entries, values = _entries(wanted, period)
    rows = statements.rows(_BY_STAGE.format(entries=entries), {**values, "most": most})
    found: dict[str, list[Blocker]] = {}
    for stage, kind, key, name, attempts, records in rows:
        found.setdefault(stage, []).append(Blocker(kind, key, json.loads(name), attempts, records))
    return found


def behind(
    wanted: Wanted, period: Period, *, kind: Kind, key: str, stage: str | None = None
) -> Sequence[Stopped]:
    """The records that were stopped by one thing (in a stage), the latest first."""
    entries, values = _entries(wanted, period)
    asked = {"kind": kind, "key": key, "stage": stage, "most": MOST_BEHIND}
    rows = statements.rows(_BEHIND.format(entries=entries), {**values, **asked})
    return [Stopped(*row) for row in rows]


def _entries(wanted: Wanted, period: Period) -> tuple[str, dict[str, Any]]:
    where, values = wanted.scope(ABOUT).where("e")
    start, end = period.moments()
    return _ENTRIES.format(scope=where), {**values, "about": ABOUT, "from": start, "to": end}
