"""Targets and what came of them in SQL over an export, from the page's words."""

BELOW = """
    SELECT id AS unit, id AS under FROM org_unit UNION ALL
    SELECT u.id, b.under FROM org_unit u JOIN below b ON u.parent_id = b.unit
"""
VIEWS = f"""
CREATE TABLE below AS WITH RECURSIVE below(unit, under) AS ({BELOW}) SELECT * FROM below;
CREATE TABLE things_of_won AS  -- in the company's currency, by the day of the last move
    SELECT v.entered_at::DATE AS day, d.owner_id AS person, d.unit_id AS unit, 'deal' AS about,
        d.owner_id AS asker, d.amount AS hits, d.id AS deal
    FROM deals_deal d JOIN process_visit v ON v.record_id = d.id
    WHERE v.stage = 'payment' AND v.left_at IS NULL AND v.kind <> 'opening'
        AND d.deleted_at IS NULL AND d.currency = 'CNY' AND d.amount IS NOT NULL
"""
ROWS = """
    SELECT $top::BIGINT, NULL, true WHERE $is_top
    UNION ALL SELECT id, NULL, false FROM org_unit WHERE parent_id = $top AND $is_top
    UNION ALL SELECT p.unit_id, p.user_id, false
    FROM org_position p JOIN identity_user u ON u.id = p.user_id
    WHERE p.is_primary AND p.unit_id = $top
        AND ((u.is_active AND $is_top) OR p.user_id = $own)
"""
"""The unit, those right below it, its people; of who sees his own alone, himself."""
CAME = """
    SELECT month(day), t.unit, person, sum(hits) FROM {things} t
    WHERE year(day) = $year AND ({sees}) AND $top > 0 GROUP BY ALL
"""
SET = """
    SELECT unit_id, person_id, month(month), amount FROM metrics_target
    WHERE metric = $metric AND year(month) = $year
"""
WON = """
    SELECT deal, hits FROM things_of_won t
    WHERE day BETWEEN $since AND $until AND ({sees}) AND $top > 0
        AND t.unit IN (SELECT unit FROM below WHERE under = $unit)
        AND ($person IS NULL OR person = $person)
"""
