"""The database's clock, told: what actions, statements and column defaults take for now.

Functions of the same names stand before PostgreSQL's own on the search path, and defaults are
pointed at them; all of it goes with the test's transaction.
"""

from datetime import datetime

from django.db import connection
from django.utils import timezone

_FUNCTIONS = """
CREATE SCHEMA told;
CREATE FUNCTION told.moment() RETURNS timestamptz LANGUAGE sql STABLE AS
    $$ SELECT pg_catalog.current_setting('told.now')::timestamptz $$;
CREATE FUNCTION told.now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT told.moment()';
CREATE FUNCTION told.clock_timestamp() RETURNS timestamptz LANGUAGE sql STABLE AS
    'SELECT told.moment()';
CREATE FUNCTION told.statement_timestamp() RETURNS timestamptz LANGUAGE sql STABLE AS
    'SELECT told.moment()';
SET LOCAL search_path TO told, public, pg_catalog;
"""
_DEFAULTS = """
SELECT format('ALTER TABLE %I ALTER COLUMN %I SET DEFAULT told.moment()', table_name, column_name)
FROM information_schema.columns
WHERE table_schema = 'public' AND data_type = 'timestamp with time zone'
  AND (column_default ILIKE '%statement_timestamp%' OR column_default ILIKE '%now()%')
"""


class ToldClock:
    """Says what time it is."""

    def __init__(self, monkeypatch):
        self.now = None
        with connection.cursor() as cursor:
            cursor.execute(_FUNCTIONS)
            cursor.execute(_DEFAULTS)
            for (statement,) in cursor.fetchall():
                cursor.execute(statement)
        monkeypatch.setattr(timezone, "now", lambda: self.now)

    def tell(self, moment: datetime) -> None:
        """Let it be this moment."""
        self.now = moment
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('told.now', %s, true)", [moment.isoformat()])
