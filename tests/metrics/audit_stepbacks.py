"""Moves of deals in SQL over an export, with what they may have to do with; from the page's words.

A move's traits are when, where, whose customer, out of which stage and whose; a circumstance held
while the deal was in the stage that it left.
"""

VIEWS = """
CREATE TABLE left_stages AS  -- every move with the stay that it ended
    SELECT id, record_id AS deal, kind, stage AS come, entered_at AS moment, entered_by_id AS mover,
        lag(stage) OVER stay AS gone, lag(entered_at) OVER stay AS since
    FROM process_visit WINDOW stay AS (PARTITION BY record_id ORDER BY id);
CREATE TABLE back_ways AS
    SELECT DISTINCT m->>'from' AS stage FROM (
        SELECT unnest(CAST(v.definition->'moves' AS JSON[])) AS m
        FROM process_version v JOIN process_blueprint b ON b.id = v.blueprint_id
        WHERE b.record_type = 'deal' AND v.is_current) WHERE m->>'kind' = 'back';
CREATE TABLE held AS  -- what was missing or waited for during the stay, what was late or due soon
    SELECT DISTINCT m.id, if(e.verb = 'process.move_blocked', 'item', 'waiting') AS kind,
        coalesce(e.item->>'item_key', e.data->>'reason') AS key
    FROM left_stages m JOIN (
        SELECT record_id, verb, moment, data, unnest(CAST(data->'missing' AS JSON[])) AS item
        FROM activity_entry WHERE verb = 'process.move_blocked'
            AND json_type(data->'missing') = 'ARRAY'
        UNION ALL SELECT record_id, verb, moment, data, NULL FROM activity_entry
        WHERE verb = 'process.waiting_started'
    ) e ON e.record_id = m.deal AND e.moment BETWEEN m.since AND m.moment
    WHERE key IS NOT NULL
    UNION SELECT m.id, if(c.due_at <= m.moment, 'clock_late', 'clock_due'), p.key
    FROM left_stages m JOIN sla_clock c ON c.record_id = m.deal AND c.started_at < m.moment
        AND coalesce(c.closed_at >= m.moment, true) AND c.state <> 'cancelled'
        AND c.due_at < m.moment + INTERVAL 4 DAY
    JOIN sla_policy p ON p.id = c.policy_id;
CREATE TABLE stage_names AS
    SELECT s->>'key' AS stage, s->'name'->>'zh-CN' AS name FROM (
        SELECT unnest(CAST(v.definition->'stages' AS JSON[])) AS s
        FROM process_version v JOIN process_blueprint b ON b.id = v.blueprint_id
        WHERE b.record_type = 'deal' AND v.is_current)
"""
_SEEN = """
    SELECT * FROM (
        SELECT m.*, m.kind = 'back' AS back, d.owner_id AS person, d.unit_id AS unit,
            'deal' AS about, c.industry, c.level
        FROM left_stages m JOIN deals_deal d ON d.id = m.deal
        LEFT JOIN customers_customer c ON c.id = d.customer_id
        WHERE m.kind IN ('forward', 'back', 'skip', 'close') AND d.deleted_at IS NULL
            AND m.moment::DATE BETWEEN $since AND $until) t
    WHERE ({sees}) AND $top > 0
"""
MOVES = f"""
    WITH seen AS ({_SEEN})
    SELECT id, deal, back, isodow(moment), hour(moment), industry, level, gone, unit, mover, come
    FROM seen WHERE gone IN (FROM back_ways UNION SELECT gone FROM seen WHERE back)
    ORDER BY moment DESC, id DESC
"""
"""Moves out of stages from which a deal can go back, the latest first."""
FLAPPING = f"""
    WITH seen AS ({_SEEN}), ended AS (
        SELECT deal, count(*) OVER week AS changes, count(*) FILTER (back) OVER week AS backs,
            min(moment) OVER week AS first, moment AS last
        FROM seen WINDOW week AS (PARTITION BY deal ORDER BY moment
            RANGE BETWEEN INTERVAL '6 days 23:59:59.999999' PRECEDING AND CURRENT ROW))
    SELECT deal, changes, backs, epoch(first), epoch(last) FROM ended
    WHERE changes > 5 AND backs > 0
    QUALIFY row_number() OVER (PARTITION BY deal ORDER BY changes DESC, last) = 1
"""
"""By deal its busiest week, where it changed more than five times, once back at least."""
HELD = "SELECT id, kind, key FROM held"
RETURNS = """
    SELECT m.id, epoch(min_by(v.entered_at, v.id) - m.moment) / 3600 FROM left_stages m
    JOIN process_visit v ON v.record_id = m.deal AND v.id > m.id AND v.stage = m.gone
    GROUP BY m.id, m.moment HAVING min_by(v.entered_at, v.id) <= m.moment + INTERVAL 7 DAY
"""
"""After how many hours a deal stood again where it had been, within a week."""
