"""What figures are told of the apps below: what falls due with them, and the words of kinds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from closeloop.customers.catalogue import CUSTOMER
from closeloop.deals.catalogue import DEAL
from closeloop.fieldwork import standards
from closeloop.fieldwork.plugs import plugs as fieldwork
from closeloop.fieldwork.queries.penetration import COUNTS, QUIET_DAYS
from closeloop.metrics.sources import DueSource, Sources
from closeloop.process import blueprints
from closeloop.sla.models import Policy
from closeloop.support import setups

Words = Mapping[str, Mapping[str, str]]
_HORIZON = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
_ENTRIES_AHEAD = f"""
    SELECT read.xid, read.id, {{group}} FROM (
        SELECT e.xid, e.id, e.verb, e.record_id, e.record_type, e.data FROM activity_entry e
        WHERE (e.xid, e.id) > (%(xid)s, %(id)s) AND e.xid < {_HORIZON}
        ORDER BY e.xid, e.id LIMIT %(limit)s
    ) read {{more}} ORDER BY read.xid, read.id
"""
"""Every entry is read, so that the cursor passes those that change nothing."""
_CLOCKS = DueSource(
    key="clocks",
    ahead=f"""
        SELECT changed_xid, id, id FROM sla_clock
        WHERE (changed_xid, id) > (%(xid)s, %(id)s) AND changed_xid < {_HORIZON}
        ORDER BY changed_xid, id LIMIT %(limit)s
    """,
    rows="""
        SELECT c.id, c.id, c.due_at, c.due_at, c.owner_id, c.unit_id, p.key,
            c.closed_at IS NOT NULL AND c.breached_at IS NULL, c.record_id
        FROM sla_clock c JOIN sla_policy p ON p.id = c.policy_id
        WHERE c.due_at IS NOT NULL AND c.state <> 'cancelled' AND c.id {groups}
    """,
)
"""A clock falls due once; closed before that it was met (settled question 8)."""
_CASES = DueSource(
    key="support_cases",
    ahead=_ENTRIES_AHEAD.format(
        group="CASE WHEN verb LIKE 'support.%%' THEN (data->>'support_case_id')::bigint END",
        more="",
    ),
    rows="""
        SELECT k.id, k.id, k.due_at, k.opened_at, coalesce(k.owner_id, k.requester_id), k.unit_id,
            k.kind, EXISTS (
                SELECT FROM support_help h WHERE h.case_id = k.id AND h.is_substantive
                    AND h.turned_down_at IS NULL AND h.at <= k.due_at),
            coalesce(k.record_id, k.customer_id)
        FROM support_case k
        WHERE k.due_at IS NOT NULL AND NOT (k.state = 'withdrawn' AND k.ended_at < k.due_at)
            AND k.id {groups}
    """,
)
"""A problem counts on the day it was reported, once its 24 hours are over."""
_FOLLOWUPS = DueSource(
    key="followups",
    ahead=_ENTRIES_AHEAD.format(
        group="touched.id",
        more="LEFT JOIN LATERAL unnest(ARRAY[(data->>'followup_id')::bigint, "
        "(data->>'corrects')::bigint]) touched (id) ON verb LIKE 'followup.%%' "
        "AND verb NOT LIKE 'followup.standard%%'",
    ),
    rows=f"""
        SELECT f.id, f.id, f.at, f.at, f.author_id, f.unit_id, f.kind,
            ({COUNTS}), coalesce(f.customer_id, f.record_id)
        FROM fieldwork_followup f
        WHERE f.id {{groups}} AND NOT EXISTS (
            SELECT FROM fieldwork_followup newer WHERE newer.corrects_id = f.id
                AND newer.state = 'counted')
    """,
)
"""A contact counts on its day; what a correction stands for is not counted beside it."""
_LINES = f"""
    WITH effective AS (
        SELECT f.id, f.customer_id, f.at,
            coalesce(f.next_at, f.at + interval '{QUIET_DAYS} days') AS due_at,
            lead(f.id) OVER line AS next_id
        FROM fieldwork_followup f WHERE {COUNTS} AND f.customer_id {{groups}}
        WINDOW line AS (PARTITION BY f.customer_id ORDER BY f.at, f.id)
    ), fell AS (
        SELECT customer_id, id AS thing, due_at, next_id IS NOT NULL AS is_met FROM effective
        UNION ALL
        SELECT w.customer_id, 0, w.since + interval '{QUIET_DAYS} days',
            first.customer_id IS NOT NULL
        FROM ({{waiting}}) w
        LEFT JOIN (SELECT DISTINCT customer_id FROM effective) first USING (customer_id)
        WHERE w.customer_id {{groups}}
    ), moved AS (
        SELECT record_id, id, at, (data->>'from_owner')::bigint AS owner_id,
            (data->>'from_unit')::bigint AS unit_id
        FROM activity_entry WHERE verb = %(assigned)s AND record_id {{groups}}
    )
    SELECT fell.customer_id, fell.thing, fell.due_at, fell.due_at,
        CASE WHEN later.id IS NULL THEN r.owner_id ELSE later.owner_id END,
        CASE WHEN later.id IS NULL THEN r.unit_id ELSE later.unit_id END,
        '', fell.is_met, fell.customer_id
    FROM fell JOIN records_record r ON r.id = fell.customer_id
    LEFT JOIN LATERAL (
        SELECT moved.id, moved.owner_id, moved.unit_id FROM moved
        WHERE moved.record_id = fell.customer_id AND moved.at > fell.due_at
        ORDER BY moved.at, moved.id LIMIT 1
    ) later ON true
    WHERE r.deleted_at IS NULL OR r.deleted_at > fell.due_at
"""
_CUSTOMER = """
    CASE WHEN verb LIKE 'followup.%%' THEN (data->>'customer_id')::bigint
        WHEN record_type = %(customer)s THEN record_id
        WHEN record_type = %(deal)s THEN d.customer_id END
"""


def plug(sources: Sources) -> None:
    """Let figures count clocks, follow-ups, and what customers and problems are owed."""
    for each in (_CLOCKS, _CASES, _FOLLOWUPS, _agreed()):
        sources.register(each)
    sources.corrections |= {"followup.corrected", "followup.doubt_judged", "metric.published"}
    sources.names |= {
        "policies": _policies,
        "contact_kinds": standards.kinds,
        "support_kinds": lambda: {key: each.name for key, each in setups.current().kinds.items()},
        "deal_stages": _stages,
    }


def _agreed() -> DueSource:
    """A customer's follow-up falls due on the agreed day, else a week after the last one."""
    return DueSource(
        key="agreed_followups",
        ahead=_ENTRIES_AHEAD.format(
            group=_CUSTOMER,
            more="LEFT JOIN deals_deal d ON d.id = read.record_id AND read.record_type = %(deal)s "
            "AND verb NOT LIKE 'followup.%%'",
        ),
        rows=_LINES.replace("{waiting}", fieldwork.waiting),
        values=_values,
    )


def _values() -> Mapping[str, Any]:
    return {
        "ended": sorted(fieldwork.waiting_ended()),
        "customer": CUSTOMER.key,
        "deal": DEAL.key,
        "assigned": f"{CUSTOMER.key}.assigned",
    }


def _policies() -> Words:
    return {each.key: each.name for each in Policy.objects.all()}


def _stages() -> Words:
    version = blueprints.current_of(DEAL.key)
    return {stage.key: stage.name for stage in version.stages} if version else {}
