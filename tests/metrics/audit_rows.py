"""The rows behind numbers, in SQL over an export; from what the pages say that they show."""

from tests.metrics.audit_layers import ENDED
from tests.metrics.audit_lists import SEEN_STOPPED

ON_THE_MAP = """
    SELECT coalesce(region, t.unit), t.stage, t.id, t.person, t.entered FROM (
        SELECT d.id, d.unit_id AS unit, d.owner_id AS person, 'deal' AS about, d.stage,
            epoch(v.entered_at) AS entered
        FROM deals_deal d JOIN process_visit v ON v.record_id = d.id AND v.left_at IS NULL
        WHERE d.deleted_at IS NULL AND d.stage NOT IN ('payment', 'lost')
    ) t LEFT JOIN regions r ON r.unit = t.unit AND r.top = $top
    WHERE {sees}
"""
UNCOVERED = """
    SELECT coalesce(region, t.unit), t.id, t.person, epoch(t.since) FROM (
        SELECT c.id, c.unit_id AS unit, c.owner_id AS person, 'customer' AS about, coalesce((
            SELECT max(moment) FROM followed f WHERE f.customer_id = c.id), c.created_at) AS since
        FROM customers_customer c
        WHERE c.deleted_at IS NULL AND c.created_at < $since
            AND c.id NOT IN (SELECT customer_id FROM followed WHERE moment >= $since)
            AND c.id IN (SELECT customer_id FROM deals_deal
                WHERE deleted_at IS NULL AND stage NOT IN ('payment', 'lost'))
    ) t LEFT JOIN regions r ON r.unit = t.unit AND r.top = $top
    WHERE {sees}
"""
BY_CONTACT = f"""
    SELECT e.id, e.won, count(s.id), epoch(e.ended_at), epoch(max(s.moment))
    FROM (SELECT t.* FROM ({ENDED}) t WHERE ({{sees}}) AND $top > 0) e
    LEFT JOIN standing s ON s.effective AND s.customer_id = e.customer_id
        AND s.moment BETWEEN e.created_at AND e.ended_at
    WHERE e.created_at >= (SELECT min(moment) FROM fieldwork_followup WHERE state = 'counted')
    GROUP BY e.id, e.won, e.ended_at
"""
_MAY_OPEN = """record_id IN (SELECT id FROM (
        SELECT id, owner_id AS person, unit_id AS unit, type AS about
        FROM records_record WHERE deleted_at IS NULL) t WHERE {sees})"""
STOPPED = f"""
    {SEEN_STOPPED}
    SELECT stage, key, record_id, count(DISTINCT id), epoch(max(moment)), {_MAY_OPEN}
    FROM seen WHERE kind = 'missing' AND stage IS NOT NULL GROUP BY stage, key, record_id
"""
LOST = f"""
    SELECT data->>'from', data->>'outcome_reason', record_id, count(*), epoch(max(moment)),
        {_MAY_OPEN}
    FROM (
        SELECT *, actor_id AS person, unit_id AS unit, 'deal' AS about FROM activity_entry
        WHERE verb = 'deal.stage_entered' AND record_type = 'deal' AND data->>'to' = 'lost'
            AND moment::DATE BETWEEN $first AND $last) t
    WHERE ({{sees}}) AND coalesce(data->>'outcome_reason', '') <> '' GROUP BY 1, 2, record_id
"""
