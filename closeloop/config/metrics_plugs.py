"""What figures are told of the apps below: what falls due with them, and the words of kinds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from closeloop.customers.catalogue import CUSTOMER
from closeloop.deals.catalogue import DEAL
from closeloop.fields import queries as fields
from closeloop.fieldwork import standards
from closeloop.fieldwork.insight import settings
from closeloop.fieldwork.queries.lines import UNDOUBTED, line_values, lines
from closeloop.metrics.sources import DueSource, Lines, Sources, Touched
from closeloop.process import blueprints
from closeloop.products.catalogue import PRODUCT
from closeloop.sla.models import Policy
from closeloop.sla.queries.punctuality import CANCELLED_BEFORE, MET
from closeloop.support import setups

Words = Mapping[str, Mapping[str, str]]
_HORIZON = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
_CLOCKS = DueSource(
    key="clocks",
    ahead=f"""
        SELECT changed_xid, id, id FROM sla_clock
        WHERE (changed_xid, id) > (%(xid)s, %(id)s) AND changed_xid < {_HORIZON}
        ORDER BY changed_xid, id LIMIT %(limit)s
    """,
    rows=f"""
        SELECT c.id, c.id, c.due_at, c.due_at,
            CASE WHEN c.handed_on_at IS NULL THEN c.owner_id ELSE c.owed_by_id END,
            CASE WHEN c.handed_on_at IS NULL THEN c.unit_id ELSE c.owed_in_id END, p.key,
            {MET}, c.record_id
        FROM sla_clock c JOIN sla_policy p ON p.id = c.policy_id
        WHERE c.due_at IS NOT NULL AND NOT ({CANCELLED_BEFORE}) AND c.id {{groups}}
    """,
)
"""A clock falls due once; closed before that it was met (settled question 8). It stays with whoever
owed it when it fell due; cancelled before that it counts for nothing."""
_CASES = DueSource(
    key="support_cases",
    ahead=Touched(
        groups="SELECT (read.data->>'support_case_id')::bigint",
        where="read.verb LIKE 'support.%%'",
    ),
    rows="""
        SELECT k.id, k.id, k.due_at, k.opened_at, coalesce((
                SELECT t.to_id FROM support_turn t
                WHERE t.case_id = k.id AND t.what IN ('requested', 'assigned') AND t.at <= k.due_at
                ORDER BY t.at DESC, t.id DESC LIMIT 1
            ), k.requester_id), k.unit_id,
            k.kind, EXISTS (
                SELECT FROM support_help h WHERE h.case_id = k.id AND h.is_substantive
                    AND h.turned_down_at IS NULL AND h.at <= k.due_at),
            coalesce(k.record_id, k.customer_id)
        FROM support_case k
        WHERE k.due_at IS NOT NULL AND NOT (k.state = 'withdrawn' AND k.ended_at < k.due_at)
            AND k.id {groups}
    """,
)
"""A problem counts on the day it was reported, once its 24 hours are over, for who then had it."""
_FOLLOWUPS = DueSource(
    key="followups",
    ahead=Touched(
        groups="""
            SELECT unnest(ARRAY[(read.data->>'followup_id')::bigint,
                (read.data->>'corrects')::bigint])
            UNION ALL
            SELECT f.id FROM fieldwork_followup f WHERE f.record_id = read.record_id
                AND read.verb LIKE 'followup.carried%%'
        """,
        where="read.verb LIKE 'followup.%%'",
    ),
    rows=f"""
        SELECT f.id, f.id, f.at, f.at, f.author_id, f.unit_id, f.kind,
            ({UNDOUBTED}), coalesce(f.customer_id, f.record_id)
        FROM fieldwork_followup f
        WHERE f.id {{groups}} AND NOT EXISTS (
            SELECT FROM fieldwork_followup newer WHERE newer.corrects_id = f.id
                AND newer.state = 'counted')
    """,
)
"""A contact counts on its day; what a correction stands for is not counted beside it."""
_OF_CUSTOMER = """
    SELECT f.customer_id FROM fieldwork_followup f WHERE read.verb LIKE 'followup.%%'
        AND f.id IN ((read.data->>'followup_id')::bigint, (read.data->>'corrects')::bigint)
    UNION
    SELECT read.record_id WHERE read.verb = ANY(%(customer_verbs)s)
    UNION
    SELECT d.customer_id FROM deals_deal d
    WHERE read.verb = ANY(%(deal_verbs)s) AND d.id = read.record_id
    UNION
    SELECT (read.data->'changes'->'customer'->>0)::bigint WHERE read.verb = %(deal_changed)s
"""


_SETTINGS = ("field_insight", "field_insight_own")
_TEXTS = DueSource(
    key="followup_texts",
    ahead=Touched(
        groups="""
            SELECT unnest(ARRAY[(read.data->>'followup_id')::bigint,
                (read.data->>'corrects')::bigint])
            WHERE read.verb LIKE 'followup.%%'
            UNION ALL
            SELECT f.id FROM fieldwork_followup f WHERE f.record_id = read.record_id
                AND read.verb LIKE 'followup.carried%%'
            UNION ALL
            SELECT f.id FROM fieldwork_followup f WHERE read.verb = 'fields.choices_defined'
                AND read.data->>'key' = ANY(%(insight)s)
        """,
        where="read.verb LIKE 'followup.%%' OR read.verb = 'fields.choices_defined'",
    ),
    rows=f"""
        SELECT f.id, f.id, f.at, f.at, f.author_id, f.unit_id, f.kind,
            length(f.text) >= %(vague_length)s AND NOT EXISTS (
                SELECT FROM fieldwork_followupdoubt d WHERE d.followup_id = f.id
                    AND d.kind IN ('stock_phrase', 'copied_text') AND d.verdict <> 'accepted'),
            coalesce(f.customer_id, f.record_id)
        FROM fieldwork_followup f
        WHERE f.id {{groups}} AND {UNDOUBTED} AND NOT EXISTS (
            SELECT FROM fieldwork_followup newer WHERE newer.corrects_id = f.id
                AND newer.state = 'counted')
    """,
    values=lambda: {"vague_length": settings.current().vague_length, "insight": list(_SETTINGS)},
)
"""A follow-up's text is concrete where field insight finds it so (D08); all are read anew where
somebody sets how long a text must be."""


_LINES = """
    SELECT d.id AS record_id, p.family AS line
    FROM deals_deal d LEFT JOIN products_product p ON p.id = d.product_id
"""
"""A deal is of the line that its product belongs to now."""


def plug(sources: Sources) -> None:
    """Let figures count clocks, follow-ups, and what customers and problems are owed."""
    sources.lines = Lines(about=DEAL.key, rows=_LINES, names=_lines)
    for each in (_CLOCKS, _CASES, _FOLLOWUPS, _TEXTS, _agreed()):
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
        ahead=Touched(
            groups=_OF_CUSTOMER,
            where="read.verb LIKE 'followup.%%' OR read.verb = ANY(%(customer_verbs)s) "
            "OR read.verb = ANY(%(deal_verbs)s)",
        ),
        rows=f"""
            SELECT customer_id, thing, due_at, due_at, owner_id, unit_id, '', next_id IS NOT NULL,
                customer_id
            FROM ({lines("{groups}")}) fell
        """,
        values=_values,
    )


def _values() -> Mapping[str, Any]:
    deal_verbs = ("created", "changed", "stage_entered", "opening_entered", "removed", "restored")
    return {
        **line_values(),
        "customer_verbs": [
            f"{CUSTOMER.key}.{each}" for each in ("assigned", "removed", "restored")
        ],
        "deal_verbs": [f"{DEAL.key}.{each}" for each in deal_verbs],
        "deal_changed": f"{DEAL.key}.changed",
    }


def _lines() -> Words:
    spec = fields.specs_of(PRODUCT.key).get("family")
    return {choice.key: choice.name for choice in (spec.choices if spec else ())}


def _policies() -> Words:
    return {each.key: each.name for each in Policy.objects.all()}


def _stages() -> Words:
    version = blueprints.current_of(DEAL.key)
    return {stage.key: stage.name for stage in version.stages} if version else {}
