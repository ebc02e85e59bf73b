"""The whole database as it is now, to show that something left nothing behind."""

from django.db import connection

_TABLES = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname = current_schema()
    ORDER BY 1
"""
OF_REQUESTS = frozenset({"identity_session", "edge_cache", "edge_keptanswer", "identity_apikey"})
"""What any request may touch: the session, rate limits, its kept answer, a key's day of use."""
OF_QUEUE = frozenset({"procrastinate_jobs", "procrastinate_events"})
"""What is still to be done, or was done: no data of the company."""


def snapshot(*, without: frozenset[str] = frozenset()) -> dict[str, list[str]]:
    """Every row of every table as text, in order, except of requests and of those named."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        tables = [row[0] for row in cursor.fetchall()]
        found = {}
        for table in tables:
            if table not in OF_REQUESTS | OF_QUEUE | without:
                cursor.execute(f'SELECT t::text FROM "{table}" t')
                found[table] = sorted(row[0] for row in cursor.fetchall())
    return found
