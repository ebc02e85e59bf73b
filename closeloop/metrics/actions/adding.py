"""Adding what was counted to the three grains, in one statement with its source."""

ENTRY = "e.id, e.xid, e.at, e.verb, e.actor_id, e.unit_id, e.data, e.corrects_id"
"""The columns of an entry that counting reads."""
HORIZON = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
"""Below which every transaction has ended, so that nothing can appear there any more."""


def added(source: str, contributions: str) -> str:
    """The statement: `source` are its first CTEs, `contributions` selects from them.

    Gives the rows (people, units, days) that were written.
    """
    return f"""
    WITH {source},
    counted AS MATERIALIZED ({contributions}),
    delta AS MATERIALIZED (
        SELECT measure_id, day, person_id, unit_id, kind, sum(n) AS n, sum(value) AS value
        FROM counted WHERE day IS NOT NULL GROUP BY 1, 2, 3, 4, 5
        HAVING sum(n) <> 0 OR sum(value) <> 0
    ), people AS (
        INSERT INTO metrics_personday AS held
            (measure_id, person_id, day, unit_id, kind, n, value)
        SELECT measure_id, person_id, day, unit_id, kind, n, value FROM delta
        ON CONFLICT (measure_id, person_id, day, unit_id, kind)
        DO UPDATE SET n = held.n + excluded.n, value = held.value + excluded.value
        RETURNING 1
    ), units AS (
        INSERT INTO metrics_unitday AS held (measure_id, unit_id, day, kind, n, value)
        SELECT measure_id, unit_id, day, kind, sum(n), sum(value) FROM delta GROUP BY 1, 2, 3, 4
        ON CONFLICT (measure_id, unit_id, day, kind)
        DO UPDATE SET n = held.n + excluded.n, value = held.value + excluded.value
        RETURNING 1
    ), days AS (
        INSERT INTO metrics_companyday AS held (measure_id, day, kind, n, value)
        SELECT measure_id, day, kind, sum(n), sum(value) FROM delta GROUP BY 1, 2, 3
        ON CONFLICT (measure_id, day, kind)
        DO UPDATE SET n = held.n + excluded.n, value = held.value + excluded.value
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM people), (SELECT count(*) FROM units), (SELECT count(*) FROM days)
    """


def corrected(corrections: str) -> str:
    """What the corrections of a relation take back, once each however often it is corrected."""
    return f"""
        SELECT {ENTRY}, -1 AS sign FROM {corrections} c
        JOIN activity_entry e ON e.id = c.corrects_id
        WHERE NOT EXISTS (
            SELECT 1 FROM activity_entry before
            WHERE before.corrects_id = c.corrects_id AND (before.xid, before.id) < (c.xid, c.id)
        )
    """
