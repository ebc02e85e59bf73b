"""How things stand, in SQL over an export, written from the words of the definitions."""

from __future__ import annotations

from collections.abc import Mapping

from tests.metrics.audit_said import Said

VIEWS = """
CREATE VIEW limits AS SELECT * FROM (VALUES
    (1, 'first_contact', NULL), (2, 'first_talk', 'source'), (3, 'needs_confirmed', 'intent_level'),
    (4, 'solution_demo', 'budget_range'), (5, 'quotation', 'demo_feedback'),
    (6, 'contract_approval', 'competitor'), (7, 'signing', NULL)) v(place, stage, asked);

CREATE VIEW open_deals AS  -- and what the gates before their stage asked for that they lack
    SELECT d.id, d.created_at AS moment, d.owner_id, d.unit_id, d.stage,
        d.name IS NULL OR d.customer_id IS NULL OR d.currency IS NULL
        OR (l.place >= 2 AND d.source IS NULL) OR (l.place >= 3 AND d.intent_level IS NULL)
        OR (l.place >= 4 AND d.budget_range IS NULL)
        OR (l.place >= 5 AND d.extra->>'demo_feedback' IS NULL)
        OR (l.place >= 6 AND d.competitor IS NULL) AS lacks
    FROM deals_deal d JOIN limits l ON l.stage = d.stage WHERE d.deleted_at IS NULL;

CREATE VIEW timed_deals AS
    SELECT d.id, d.moment, d.owner_id, d.unit_id, d.stage, bool_or(c.state = 'running'
        AND (c.breached_at IS NOT NULL OR c.due_at <= told.now)) AS late
    FROM open_deals d CROSS JOIN told
    JOIN sla_clock c ON c.record_id = d.id AND c.closed_at IS NULL AND c.about_key = d.stage
    JOIN sla_policy p ON p.id = c.policy_id AND p.key = 'stage_overstay'
    GROUP BY ALL;

CREATE VIEW won AS
    SELECT v.entered_at AS moment, d.owner_id, d.unit_id,
        epoch_us(v.entered_at) - epoch_us(d.created_at) AS took, d.amount, d.currency
    FROM process_visit v JOIN deals_deal d ON d.id = v.record_id
    WHERE v.stage = 'payment' AND v.left_at IS NULL AND v.kind <> 'opening'
        AND NOT d.is_opening AND d.deleted_at IS NULL;

CREATE VIEW came AS  -- leads, what became of them
    SELECT l.id, l.created_at, l.owner_id, l.unit_id, coalesce(l.source, '') AS source,
        l.last_activity_at, l.stage IN ('new', 'contacted', 'mql', 'sql') AS is_open,
        EXISTS (SELECT 1 FROM process_visit v WHERE v.record_id = l.id AND v.stage <> 'new')
        OR EXISTS (SELECT 1 FROM first_touches c WHERE c.record_id = l.id
            AND c.state IN ('met', 'breached')) AS touched,
        if(EXISTS (SELECT 1 FROM first_touches c WHERE c.record_id = l.id),
            EXISTS (SELECT 1 FROM first_touches c, told WHERE c.record_id = l.id
                AND c.closed_at IS NULL AND coalesce(c.due_at > told.now, true)),
            l.owner_id IS NOT NULL AND l.created_at > told.now - INTERVAL 14 DAY) AS waits,
        greatest(
            coalesce((SELECT max(CASE v.stage WHEN 'mql' THEN 1 WHEN 'sql' THEN 2
                WHEN 'converted' THEN 3 ELSE 0 END)
                FROM process_visit v WHERE v.record_id = l.id), 0),
            coalesce((SELECT max(CASE e.data->>'to' WHEN 'mql' THEN 1 WHEN 'sql' THEN 2
                WHEN 'opportunity' THEN 3 ELSE 0 END) FROM activity_entry e
                WHERE e.record_id = l.id AND e.verb = 'lead.graded'), 0),
            CASE l.grade WHEN 'mql' THEN 1 WHEN 'sql' THEN 2 WHEN 'opportunity' THEN 3 ELSE 0 END,
            if(EXISTS (SELECT 1 FROM deals_deal d WHERE d.deleted_at IS NULL
                AND d.stage = 'payment' AND (d.lead_id = l.id OR d.id = l.deal_id)), 3, 0)
        ) AS reached
    FROM leads_lead l CROSS JOIN told WHERE l.deleted_at IS NULL;
"""
CLOCKS = """
CREATE VIEW first_touches AS
    SELECT c.* FROM sla_clock c JOIN sla_policy p ON p.id = c.policy_id
    WHERE p.key = 'first_touch';
"""
VIEWS = CLOCKS + VIEWS
_LEADS = "SELECT created_at, owner_id, unit_id, source, ({hits})::INT, 1 FROM came WHERE {where}"
_TIMED = "SELECT moment, owner_id, unit_id, stage, ({hits})::INT, 1 FROM timed_deals"


def _leads(hits: str, where: str = "true") -> str:
    return _LEADS.format(hits=hits, where=where)


METRICS: Mapping[str, Said] = {
    "deal_cycle": Said(
        "SELECT moment, owner_id, unit_id, '', took::DECIMAL(30, 12) / 86400000000, 1 FROM won",
        "deal",
    ),
    "won_amount": Said(
        "SELECT moment, owner_id, unit_id, '', amount, 1 FROM won"
        " WHERE amount IS NOT NULL AND currency = 'CNY'",
        "deal",
    ),
    "stage_updates": Said(_TIMED.format(hits="NOT late"), "deal", is_now=True),
    "overstaying": Said(_TIMED.format(hits="late"), "deal", is_now=True),
    "fields_missing": Said(
        "SELECT moment, owner_id, unit_id, stage, lacks::INT, 1 FROM open_deals",
        "deal", is_now=True,
    ),
    "high_value_share": Said(
        "SELECT created_at, owner_id, unit_id, level, (level IN ('key_account', 'a'))::INT, 1"
        " FROM customers_customer WHERE deleted_at IS NULL AND level IS NOT NULL",
        is_now=True,
    ),
    "dormant_share": Said(
        _leads("last_activity_at < (SELECT now FROM told) - INTERVAL 14 DAY", "is_open"),
        "lead", is_now=True,
    ),
    "lead_coverage": Said(_leads("touched"), "lead"),
    "lead_waste": Said(_leads("NOT touched AND NOT waits"), "lead"),
    "lead_to_mql": Said(_leads("reached >= 1"), "lead"),
    "mql_to_sql": Said(_leads("reached >= 2", "reached >= 1"), "lead"),
    "sql_to_opportunity": Said(_leads("reached >= 3", "reached >= 2"), "lead"),
}  # fmt: skip
