"""The forecast in SQL over an export, from the page's words: courses of deals, looks, what came.

Moments are days since 1970 on the company's clock. Looks are on every seventh of them.
"""

COURSES = """
CREATE MACRO days(x) AS epoch(x::TIMESTAMP) / 86400;
CREATE TABLE stages AS  -- of the process that holds for deals
    SELECT s->>'key' AS stage, s->>'kind' AS kind, (s->>'expected_days')::INT AS norm,
        coalesce((s->>'probability')::DOUBLE, 0) / 100 AS chance
    FROM (SELECT unnest(CAST(v.definition->'stages' AS JSON[])) AS s
        FROM process_version v JOIN process_blueprint b ON b.id = v.blueprint_id
        WHERE b.record_type = 'deal' AND v.is_current);
CREATE TABLE stays AS
    SELECT record_id AS deal, stage, kind AS way, days(entered_at) AS since,
        coalesce(days(lead(entered_at) OVER stay), 'inf') AS until,
        row_number() OVER stay AS place
    FROM process_visit WINDOW stay AS (PARTITION BY record_id ORDER BY id);
CREATE TABLE courses AS  -- but for deals that had been won when the company began here
    SELECT d.id AS deal, d.owner_id AS person, d.unit_id AS unit, 'deal' AS about, d.customer_id,
        s.since AS begun, coalesce(days(d.deleted_at), 'inf') AS removed,
        (SELECT min(w.since) FROM stays w JOIN stages e USING (stage)
            WHERE w.deal = d.id AND e.kind = 'won') AS won_at,
        (SELECT min(b.since) FROM stays b WHERE b.deal = d.id AND b.way = 'back') AS back_at
    FROM deals_deal d JOIN stays s ON s.deal = d.id AND s.place = 1
    WHERE d.currency = 'CNY' AND NOT (s.way = 'opening'
        AND s.stage IN (SELECT stage FROM stages WHERE kind = 'won'));
CREATE TABLE changes AS
    SELECT record_id AS deal, days(moment) AS since, id, data->'changes' AS said
    FROM activity_entry WHERE verb = 'deal.changed';
CREATE VIEW amounts AS  -- what was said of it, from when until when
    WITH told AS (
        SELECT deal, since, id, said->'amount'->>0 AS was, said->'amount'->>1 AS now FROM changes
        WHERE json_exists(said, '$.amount')
    ), values AS (
        SELECT deal, since, id, now AS amount FROM told UNION ALL
        SELECT c.deal, c.begun, 0, if(f.deal IS NULL, d.amount::VARCHAR, f.was)
        FROM courses c JOIN deals_deal d ON d.id = c.deal LEFT JOIN (
            SELECT * FROM told QUALIFY row_number() OVER (PARTITION BY deal ORDER BY id) = 1
        ) f ON f.deal = c.deal)
    SELECT deal, since, coalesce(lead(since) OVER (PARTITION BY deal ORDER BY id), 'inf') AS until,
        amount::DECIMAL(38, 2) AS amount FROM values;
CREATE VIEW closes AS
    WITH told AS (
        SELECT deal, since, id, said->'expected_close'->>0 AS was,
            said->'expected_close'->>1 AS now FROM changes
        WHERE json_exists(said, '$.expected_close')
    ), values AS (
        SELECT deal, since, id, now AS close FROM told UNION ALL
        SELECT c.deal, c.begun, 0, if(f.deal IS NULL, d.expected_close::VARCHAR, f.was)
        FROM courses c JOIN deals_deal d ON d.id = c.deal LEFT JOIN (
            SELECT * FROM told QUALIFY row_number() OVER (PARTITION BY deal ORDER BY id) = 1
        ) f ON f.deal = c.deal)
    SELECT deal, since, coalesce(lead(since) OVER (PARTITION BY deal ORDER BY id), 'inf') AS until,
        epoch(close::DATE::TIMESTAMP) / 86400 AS close FROM values;
CREATE TABLE contacts AS  -- known from when they were counted until corrected or found untrue
    SELECT f.customer_id, days(greatest(f.moment, f.counted_at)) AS known,
        coalesce(days(min(t.moment)), 'inf') AS until
    FROM fieldwork_followup f LEFT JOIN (
        SELECT corrects_id AS id, counted_at AS moment FROM fieldwork_followup
        WHERE state = 'counted' AND corrects_id IS NOT NULL
        UNION ALL SELECT followup_id, judged_at FROM fieldwork_followupdoubt
        WHERE verdict = 'confirmed'
    ) t ON t.id = f.id
    WHERE f.state = 'counted' AND f.customer_id IS NOT NULL
    GROUP BY f.id, f.customer_id, f.moment, f.counted_at;
CREATE TABLE contacts_from AS
    SELECT days(min(counted_at)) AS since FROM fieldwork_followup WHERE state = 'counted';
CREATE MACRO standing_on(moments) AS TABLE  -- every open deal at each of these moments
    SELECT c.deal, c.person, c.unit, c.about, c.won_at, w.look, s.stage,
        CASE WHEN coalesce(g.norm, 0) = 0 OR w.look - s.since <= g.norm THEN 0
            WHEN w.look - s.since <= 2 * g.norm THEN 1 ELSE 2 END AS age,
        CASE WHEN w.look < f.since + 14 THEN 2
            ELSE EXISTS (SELECT 1 FROM contacts k WHERE k.customer_id = c.customer_id
                AND k.known <= w.look AND k.until > w.look AND k.known >= c.begun
                AND w.look - k.known <= 14)::INT END AS contact,
        coalesce(c.back_at <= w.look, false)::INT AS went_back
    FROM courses c JOIN (SELECT unnest(moments) AS look) w
        ON c.begun <= w.look AND c.removed > w.look
    JOIN stays s ON s.deal = c.deal AND s.since <= w.look AND s.until > w.look
    JOIN stages g ON g.stage = s.stage AND g.kind NOT IN ('won', 'lost', 'closed')
    CROSS JOIN contacts_from f;
CREATE TABLE looks AS SELECT * FROM standing_on((
    SELECT list(x * 7.0::DOUBLE) FROM range(
        (SELECT ceil(min(begun) / 7)::BIGINT FROM courses),
        (SELECT floor(days(now) / 7)::BIGINT + 1 FROM told)) t(x)))
"""
SEEN = """
    SELECT look, stage, contact, age, went_back, count(*), count(*) FILTER (won_at - look <= $days)
    FROM looks WHERE look <= $last GROUP BY ALL
"""
"""By look and by how deals stood: how many, and how many of them were won within the days."""
DEALS = """
    SELECT stage, count(DISTINCT deal) FROM looks WHERE look <= $last
    GROUP BY GROUPING SETS ((stage), ())
"""
WINS = "SELECT count(*) FROM courses WHERE won_at <= $at"
OPEN = """
    SELECT t.deal, t.person, coalesce(r.region, t.unit), t.stage, t.contact, t.age, t.went_back,
        a.amount, coalesce(c.close >= $since AND c.close < $until, false), g.chance
    FROM standing_on([$at::DOUBLE]) t JOIN stages g ON g.stage = t.stage
    LEFT JOIN amounts a ON a.deal = t.deal AND a.since <= $at AND a.until > $at
    LEFT JOIN closes c ON c.deal = t.deal AND c.since <= $at AND c.until > $at
    LEFT JOIN regions r ON r.unit = t.unit AND r.top = $top
    WHERE {sees}
"""
WON = """
    SELECT t.deal, t.person, coalesce(r.region, t.unit), coalesce(a.amount, 0)
    FROM courses t JOIN stays s ON s.deal = t.deal AND s.since <= $at AND s.until > $at
    JOIN stages g ON g.stage = s.stage AND g.kind = 'won'
    LEFT JOIN amounts a ON a.deal = t.deal AND a.since <= $at AND a.until > $at
    LEFT JOIN regions r ON r.unit = t.unit AND r.top = $top
    WHERE t.begun <= $at AND t.removed > $at AND s.since >= $since AND s.since < $until
        AND ({sees})
"""
"""Won within the days, and still so at the moment."""
BEGUN = "SELECT min(begun) FROM courses t WHERE begun <= $at AND $top > 0 AND ({sees})"
NEWCOMERS = """
    SELECT w.look, coalesce(sum(a.amount), 0)
    FROM (SELECT x * 7.0::DOUBLE AS look FROM range($first::BIGINT, $after::BIGINT) t(x)) w
    LEFT JOIN (SELECT * FROM courses t WHERE $top > 0 AND ({sees})) c
        ON c.begun > w.look AND c.begun <= $at AND c.won_at <= w.look + $days AND c.won_at <= $at
        AND c.won_at - c.begun <= $days
    LEFT JOIN amounts a ON a.deal = c.deal AND a.since <= c.won_at AND a.until > c.won_at
    GROUP BY w.look
"""
"""By look: what deals that began after it brought within so many days."""
CURRENCIES = """
    SELECT DISTINCT currency FROM (
        SELECT *, owner_id AS person, unit_id AS unit, 'deal' AS about FROM deals_deal
        WHERE deleted_at IS NULL AND currency <> 'CNY') t
    WHERE $top > 0 AND ({sees}) ORDER BY 1
"""
