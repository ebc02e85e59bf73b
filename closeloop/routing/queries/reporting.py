"""Fairness: who was given how much in a period, who was passed over and why, how fast they were."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from closeloop.edge import statements
from closeloop.identity import queries as identity
from closeloop.routing import errors, sentences
from closeloop.routing.plugs import plugs

MOST_DAYS = 400
FIRST_TOUCH = "first_touch"
_GIVEN = """
    SELECT (e.data->>'to_owner')::bigint, count(*),
           avg((e.data->>'load')::numeric)::float8,
           count(*) FILTER (WHERE e.data->>'kind' = 'again')
    FROM activity_entry e WHERE e.verb = %s AND e.at >= %s AND e.at < %s GROUP BY 1
"""
_TAKEN = """
    SELECT (e.data->>'from_owner')::bigint, count(*) FROM activity_entry e
    WHERE e.verb = ANY(%s::text[]) AND e.at >= %s AND e.at < %s AND e.data->>'kind' = 'again'
    GROUP BY 1
"""
_PASSED = """
    SELECT person::bigint, passed->>'why', count(*)
    FROM activity_entry e, jsonb_array_elements(e.data->'passed_over') AS passed,
         jsonb_array_elements_text(passed->'people') AS person
    WHERE e.verb = ANY(%s::text[]) AND e.at >= %s AND e.at < %s GROUP BY 1, 2
"""
_TOUCHED = """
    SELECT clock.owner_id, count(*),
           percentile_cont(0.5) WITHIN GROUP (
               ORDER BY extract(epoch FROM clock.closed_at - clock.started_at))
               FILTER (WHERE clock.state IN ('met', 'breached')),
           count(*) FILTER (WHERE clock.state = 'met'),
           count(*) FILTER (WHERE clock.state = 'breached' OR clock.breached_at IS NOT NULL)
    FROM sla_clock clock JOIN sla_policy policy ON policy.id = clock.policy_id
    WHERE policy.key = %s AND clock.started_at >= %s AND clock.started_at < %s
        AND clock.record_id IN (
            SELECT e.record_id FROM activity_entry e
            WHERE e.verb = %s AND e.at >= %s AND e.at < %s)
    GROUP BY 1
"""
_BY_GROUP = """
    SELECT e.data->>'group', count(*),
           count(*) FILTER (WHERE jsonb_array_length(e.data->'overflow') > 0)
    FROM activity_entry e WHERE e.verb = %s AND e.at >= %s AND e.at < %s GROUP BY 1 ORDER BY 2 DESC
"""
_POOLED = """
    SELECT e.data->>'reason', count(*) FROM activity_entry e
    WHERE e.verb = %s AND e.at >= %s AND e.at < %s AND e.data ? 'rule_set' GROUP BY 1
"""


@dataclass
class _Row:
    received: int = 0
    again: int = 0
    mean_load: float | None = None
    taken_away: int = 0
    passed: Counter[str] = field(default_factory=Counter)
    clocks: int = 0
    first_touch_s: float | None = None
    met: int = 0
    late: int = 0


def fairness(
    record_type: str, *, since: datetime, until: datetime, language: str
) -> dict[str, Any]:
    """Everybody who was given something or passed over between two moments. Raises PeriodTooLong.

    `share` is of everything given; `first_touch_s` the median until the first touch, in seconds of
    any hour, of the records given in the period to who owned them then.
    """
    if not since < until or until - since > timedelta(days=MOST_DAYS):
        raise errors.PeriodTooLong({"days": MOST_DAYS})
    rows = _rows(record_type, since, until)
    total = sum(row.received for row in rows.values())
    routed, pooled = f"{record_type}.routed", f"{record_type}.not_routed"
    names = identity.names_of(set(rows))
    loads = plugs.loads(record_type, set(rows))
    groups = statements.rows(_BY_GROUP, [routed, since, until])
    reasons: dict[str, int] = dict(statements.rows(_POOLED, [pooled, since, until]))
    return {
        "since": since,
        "until": until,
        "given": total,
        "pooled": sum(reasons.values()),
        "pooled_by_reason": reasons,
        "groups": [
            {
                "group": {"key": key, "name": sentences.group_name(key, language)},
                "received": received,
                "by_overflow": by_overflow,
            }
            for key, received, by_overflow in groups
        ],
        "people": [
            {
                **_shown(row, total),
                "person": {"id": key, "name": names.get(key, "—")},
                "open_now": loads.get(key, 0),
            }
            for key, row in sorted(rows.items(), key=lambda each: (-each[1].received, each[0]))
        ],
    }


def _rows(record_type: str, since: datetime, until: datetime) -> Mapping[int, _Row]:
    routed, pooled = f"{record_type}.routed", f"{record_type}.not_routed"
    span, both = [since, until], [routed, pooled]
    given, taken, passed, touched = statements.together(
        statements.Statement(_GIVEN, [routed, *span]),
        statements.Statement(_TAKEN, [both, *span]),
        statements.Statement(_PASSED, [both, *span]),
        statements.Statement(_TOUCHED, [FIRST_TOUCH, *span, routed, *span]),
    )
    rows: dict[int, _Row] = defaultdict(_Row)
    for person, count, load, again in given:
        rows[person].received, rows[person].mean_load, rows[person].again = count, load, again
    for person, count in taken:
        if person is not None:
            rows[person].taken_away = count
    for person, why, count in passed:
        rows[person].passed[why] = count
    for person, clocks, median, met, late in touched:
        if person is not None:
            row = rows[person]
            row.clocks, row.first_touch_s, row.met, row.late = clocks, median, met, late
    return rows


def _shown(row: _Row, total: int) -> dict[str, Any]:
    return {
        "received": row.received,
        "share": round(row.received / total, 4) if total else 0,
        "received_again": row.again,
        "taken_away": row.taken_away,
        "mean_load": None if row.mean_load is None else round(row.mean_load, 2),
        "passed_over": dict(row.passed),
        "first_touch_s": None if row.first_touch_s is None else round(row.first_touch_s),
        "touched_in_time": row.met,
        "late": row.late,
    }
