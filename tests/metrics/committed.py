"""Making what a test wrote look committed, though its transaction never ends."""

from django.db import connection

FRESH = 1000
"""Real transactions have larger numbers: a database has many before its first test."""
_SETTLE = (
    "SET session_replication_role = replica",
    f"UPDATE activity_entry SET xid = %s WHERE xid > {FRESH}",
    f"UPDATE sla_clock SET changed_xid = %s WHERE changed_xid > {FRESH}",
    "SET session_replication_role = origin",
)


def settle(number: int) -> None:
    """Give what was written since the last time the number of a round; it lies behind us."""
    with connection.cursor() as cursor:
        for statement in _SETTLE:
            cursor.execute(statement, [number] if "%s" in statement else None)
