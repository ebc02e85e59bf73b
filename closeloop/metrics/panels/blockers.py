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
        item->'name' AS name
    FROM (SELECT *, actor_id AS person_id FROM activity_entry
          WHERE verb = 'process.move_blocked' AND record_type = %(about)s
            AND at >= %(from)s AND at < %(to)s) e
    CROSS JOIN LATERAL jsonb_array_elements(
        CASE WHEN jsonb_typeof(e.data->'missing') = 'array' THEN e.data->'missing' END) item
    WHERE {scope}
    UNION ALL
    SELECT e.id, e.at, e.record_id, 'refused', e.data->>'node', e.data->'node_name'
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
_BEHIND = """
    SELECT b.record_id, count(DISTINCT b.id), max(b.at) FROM ({entries}) b
    WHERE b.kind = %(kind)s AND b.key = %(key)s
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


def behind(wanted: Wanted, period: Period, *, kind: Kind, key: str) -> Sequence[Stopped]:
    """The records that were stopped by one thing, the latest first."""
    entries, values = _entries(wanted, period)
    asked = {"kind": kind, "key": key, "most": MOST_BEHIND}
    rows = statements.rows(_BEHIND.format(entries=entries), {**values, **asked})
    return [Stopped(*row) for row in rows]


def _entries(wanted: Wanted, period: Period) -> tuple[str, dict[str, Any]]:
    where, values = wanted.scope(ABOUT).where("e")
    start, end = period.moments()
    return _ENTRIES.format(scope=where), {**values, "about": ABOUT, "from": start, "to": end}
