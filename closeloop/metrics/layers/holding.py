"""Which traits hold for deals that were closed, each by what was recorded while they were open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from closeloop.metrics.attribution.closed import Closed
from closeloop.metrics.layers.book import Trait
from closeloop.sla.queries.punctuality import CANCELLED_BEFORE, MET

Holds = Mapping[int, bool | None]
"""Whether it holds, by deal; None: nothing is told of it."""


def holding(traits: Sequence[Trait], deals: Sequence[Closed]) -> dict[str, Holds]:
    """Of each trait for which of the deals it holds."""
    return {each.key: _holds(each, deals) for each in traits}


def _holds(trait: Trait, deals: Sequence[Closed]) -> Holds:
    match trait.of:
        case "contacts":
            return {
                each.id: each.contacts >= trait.at_least if each.is_seen else None for each in deals
            }
        case "playbooks":
            used = dict(_read(_USES_SQL, deals, list(trait.among)))
            return {each.id: used.get(each.id, 0) >= trait.at_least for each in deals}
        case "step_backs":
            back = dict(_read(_BACKS_SQL, deals))
            return {each.id: each.id not in back for each in deals}
        case "clocks":
            missed = dict(_read(_CLOCKS_SQL, deals, list(trait.among)))
            return {each.id: missed[each.id] == 0 if each.id in missed else None for each in deals}


def _read(sql: str, deals: Sequence[Closed], *more: list[str]) -> list[tuple[int, int]]:
    given: list[list[Any]] = [[each.id for each in deals], [each.closed_at for each in deals]]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*given, *more])
        return [(row[0], row[1]) for row in cursor.fetchall()]


_CLOSED = "unnest(%s::bigint[], %s::timestamptz[]) AS k (id, closed_at)"
_USES_SQL = f"""
    SELECT k.id, count(*) FROM {_CLOSED}
    JOIN playbooks_use u ON u.record_id = k.id AND u.kind = 'used' AND u.at <= k.closed_at
    JOIN playbooks_entry e ON e.id = u.entry_id AND e.kind = ANY(%s)
    GROUP BY k.id
"""
_BACKS_SQL = f"""
    SELECT k.id, count(*) FROM {_CLOSED}
    JOIN process_visit v ON v.record_id = k.id AND v.kind = 'back' AND v.entered_at <= k.closed_at
    GROUP BY k.id
"""
_CLOCKS_SQL = f"""
    SELECT k.id, count(*) FILTER (WHERE NOT ({MET})) FROM {_CLOSED}
    JOIN sla_clock c ON c.record_id = k.id AND c.due_at IS NOT NULL
        AND NOT ({CANCELLED_BEFORE})
        AND (c.due_at <= k.closed_at OR c.closed_at <= k.closed_at)
    JOIN sla_policy p ON p.id = c.policy_id AND p.key = ANY(%s)
    GROUP BY k.id
"""
"""Clocks that fell due or were closed before the deal was: one that its end left behind says
nothing."""
