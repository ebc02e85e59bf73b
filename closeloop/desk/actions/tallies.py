"""Folding the tallies, so that their sum stays quick to read."""

from django.db import connection

_FOLD = """
WITH gone AS (
    DELETE FROM desk_tally WHERE id IN (SELECT id FROM desk_tally FOR UPDATE SKIP LOCKED)
    RETURNING record_type, stage, unit_id, owner_id, count, amount
)
INSERT INTO desk_tally (record_type, stage, unit_id, owner_id, count, amount)
SELECT record_type, stage, unit_id, owner_id, sum(count), sum(amount) FROM gone
GROUP BY record_type, stage, unit_id, owner_id
HAVING sum(count) <> 0 OR sum(amount) <> 0
"""


def fold_tallies(*, when_over: int = 0) -> bool:
    """Fold rows of one place together in one statement; says whether it was worth it.

    `when_over`: fold only when the table has more rows than this.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM desk_tally")
        if cursor.fetchone()[0] <= when_over:
            return False
        cursor.execute(_FOLD)
    return True
