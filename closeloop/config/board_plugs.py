"""What boards read from the apps below: customers with potential, stalled deals, rankings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from closeloop.customers.catalogue import CUSTOMER
from closeloop.deals.catalogue import DEAL
from closeloop.edge import statements
from closeloop.engine.blueprint import StageKind
from closeloop.fields import queries as fields
from closeloop.fieldwork.insight import settings as insight
from closeloop.fieldwork.insight import stalled
from closeloop.fieldwork.queries.lines import COUNTS
from closeloop.metrics.panels import rankings
from closeloop.metrics.panels.feeds import (
    Coverage,
    Covered,
    Feeds,
    Line,
    Ranked,
    Ranking,
    Wanted,
)
from closeloop.metrics.periods import Period
from closeloop.metrics.sources import Sources
from closeloop.process import blueprints
from closeloop.records.types import registry

OPEN_DEAL = "open_deal"
_POTENTIAL = f"""
    SELECT c.id, c.unit_id, c.person_id, c.created_at, EXISTS (
        SELECT FROM fieldwork_followup f
        WHERE f.customer_id = c.id AND f.at >= %(since)s AND {COUNTS}) AS is_covered
    FROM (SELECT id, unit_id, owner_id AS person_id, created_at FROM customers_customer
          WHERE deleted_at IS NULL) c
    WHERE {{scope}} AND c.id IN (
        SELECT d.customer_id FROM deals_deal d WHERE d.deleted_at IS NULL
            AND d.stage = ANY(%(open)s) AND (%(any)s OR d.intent_level = ANY(%(intent)s)))
"""
"""Customers with potential: those with an open deal, or with one of high intent (G01)."""
_COVERED = """
    SELECT p.unit_id, count(*), count(*) FILTER (WHERE p.is_covered),
        count(*) FILTER (WHERE NOT p.is_covered AND p.created_at >= %(since)s)
    FROM ({potential}) p GROUP BY p.unit_id
"""
_UNCOVERED = f"""
    SELECT p.id, p.person_id, coalesce((
        SELECT max(f.at) FROM fieldwork_followup f WHERE f.customer_id = p.id AND {COUNTS}
    ), p.created_at) AS since
    FROM ({{potential}}) p WHERE NOT p.is_covered AND p.created_at < %(since)s
    ORDER BY since, p.id LIMIT %(limit)s
"""
_UNQUOTED = """
    SELECT d.id, d.person_id, d.created_at
    FROM (SELECT id, unit_id, owner_id AS person_id, created_at, stage, intent_level
          FROM deals_deal WHERE deleted_at IS NULL) d
    WHERE {scope} AND d.stage = ANY(%(open)s) AND d.intent_level = ANY(%(intent)s)
        AND NOT EXISTS (SELECT FROM process_visit v
            WHERE v.record_id = d.id AND v.stage = ANY(%(stages)s))
        AND NOT EXISTS (SELECT FROM files_attachment a
            WHERE a.record_id = d.id AND a.kind = ANY(%(documents)s) AND a.deleted_at IS NULL)
    ORDER BY d.created_at, d.id LIMIT %(limit)s
"""
_CONTRIBUTORS = """
    SELECT p.created_by_id, coalesce(sum(u.n), 0)::int, coalesce(sum(h.n), 0)::int
    FROM playbooks_entry p
    LEFT JOIN LATERAL (SELECT count(*) AS n FROM playbooks_use u
        WHERE u.entry_id = p.id AND u.kind = 'used' AND u.person_id <> p.created_by_id
            AND u.at >= %(from)s AND u.at < %(to)s) u ON true
    LEFT JOIN LATERAL (SELECT count(*) AS n FROM playbooks_rating h
        WHERE h.entry_id = p.id AND h.is_helpful AND h.person_id <> p.created_by_id
            AND h.at >= %(from)s AND h.at < %(to)s) h ON true
    WHERE p.created_by_id IS NOT NULL AND NOT p.is_archived AND p.kind = ANY(%(kinds)s)
        AND EXISTS (SELECT FROM playbooks_version v WHERE v.entry_id = p.id AND v.is_current)
    GROUP BY p.created_by_id HAVING coalesce(sum(u.n), 0) + coalesce(sum(h.n), 0) > 0
"""
"""One's own use of one's own entry counts for nothing."""


def plug(feeds: Feeds, sources: Sources) -> None:
    """Let boards show whom nobody visits, what stands still, and who did best."""
    sources.feeds = feeds.keys
    feeds.coverage = Coverage(count=_covered, uncovered=_uncovered)
    feeds.lists |= {"stalled": _stalled, "unquoted": _unquoted}
    feeds.rankings |= {
        "counted": Ranking(rankings.COUNT, rankings.counted),
        "fastest": Ranking(rankings.DAYS, rankings.fastest, is_less_better=True),
        "playbooks": Ranking(rankings.COUNT, _contributors),
        "filled": Ranking(rankings.SHARE, _filled),
    }


def _covered(wanted: Wanted, since: datetime) -> Sequence[Covered]:
    potential, values = _potential(wanted, since)
    return [Covered(*row) for row in statements.rows(_COVERED.format(potential=potential), values)]


def _uncovered(wanted: Wanted, since: datetime, limit: int) -> Sequence[Line]:
    potential, values = _potential(wanted, since)
    sql = _UNCOVERED.format(potential=potential)
    return [Line(*row) for row in statements.rows(sql, {**values, "limit": limit})]


def _potential(wanted: Wanted, since: datetime) -> tuple[str, dict[str, Any]]:
    where, values = wanted.scope(CUSTOMER.key).where("c")
    return _POTENTIAL.format(scope=where), {
        **values,
        "since": since,
        "open": _open_stages(),
        "any": OPEN_DEAL in wanted.options.get("potential", ()),
        "intent": _words(wanted.options, "intent"),
    }


def _stalled(wanted: Wanted, limit: int) -> Sequence[Line]:
    """Deals whose owner wants to buy and hears nothing: their clock is red (C18)."""
    held = replace(insight.current(), stalled_policies=_words(wanted.options, "policies"))
    units = wanted.scope(DEAL.key).asked
    clocks = stalled.waiting(held, actor=wanted.actor, units=units, limit=limit)
    return [
        Line(clock.record_id, clock.owner_id, clock.red_since, clock.policy.name)
        for clock in clocks
        if clock.record_id is not None and clock.red_since is not None
    ]


def _unquoted(wanted: Wanted, limit: int) -> Sequence[Line]:
    """Open deals of high intent that never were in a stage of quoting nor had its paper (P01)."""
    where, values = wanted.scope(DEAL.key).where("d")
    named = {key: _words(wanted.options, key) for key in ("intent", "stages", "documents")}
    rows = statements.rows(
        _UNQUOTED.format(scope=where), {**values, **named, "open": _open_stages(), "limit": limit}
    )
    return [Line(*row) for row in rows]


def _contributors(period: Period, options: Mapping[str, Any]) -> Sequence[Ranked]:
    """Whose entries others used most in a period; told beside it: how many they helped."""
    start, end = period.moments()
    rows = statements.rows(
        _CONTRIBUTORS, {"from": start, "to": end, "kinds": _words(options, "kinds")}
    )
    return [Ranked(person, uses + helped, helped) for person, uses, helped in rows]


def _filled(period: Period, options: Mapping[str, Any]) -> Sequence[Ranked]:
    """How much of the fields is filled of the records that came in a period, by their owners."""
    start, end = period.moments()
    sums: dict[int, list[int]] = {}
    for key in _words(options, "types"):
        record_type, columns, params = registry.get(key), [], []
        for spec in fields.specs_of(key).values():
            source = fields.column_of(spec)
            is_list = spec.type == "choices"
            columns.append(f"nullif(cardinality({source.sql}), 0)" if is_list else source.sql)
            params += list(source.params)
        rows = statements.rows(
            f"SELECT r.owner_id, count(*), sum(num_nonnulls({', '.join(columns)}))"
            f" FROM {record_type.table} r"
            " WHERE r.deleted_at IS NULL AND r.owner_id IS NOT NULL"
            " AND r.created_at >= %s AND r.created_at < %s GROUP BY r.owner_id",
            [*params, start, end],
        )
        for owner, records, filled in rows:
            held = sums.setdefault(owner, [0, 0, 0])
            held[0] += records
            held[1] += int(filled)
            held[2] += records * len(columns)
    least = int(options.get("at_least", 1))
    return [
        Ranked(owner, round(filled / of, 4), records)
        for owner, (records, filled, of) in sums.items()
        if records >= least and of
    ]


def _open_stages() -> list[str]:
    version = blueprints.current_of(DEAL.key)
    stages = version.stages if version else ()
    return [stage.key for stage in stages if stage.kind is StageKind.OPEN]


def _words(options: Mapping[str, Any], key: str) -> list[str]:
    given = options.get(key, [])
    return [str(each) for each in given] if isinstance(given, list) else [str(given)]
