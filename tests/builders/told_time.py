"""The whole database's clock, told: every connection and every process of a test sees one moment.

Functions of the same names stand before PostgreSQL's own on the database's search path, and column
defaults are pointed at them. Unlike tests/demo/told_clock.py this outlives transactions, so that a
browser, its server and a sweeper live in the same time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.db import connection, connections
from django.utils import timezone

_BEGIN = """
DROP SCHEMA IF EXISTS told CASCADE;
CREATE SCHEMA told;
CREATE TABLE told.moment_is (at timestamptz NOT NULL);
INSERT INTO told.moment_is VALUES (clock_timestamp());
CREATE FUNCTION told.moment() RETURNS timestamptz LANGUAGE sql STABLE AS
    'SELECT at FROM told.moment_is';
CREATE FUNCTION told.now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT told.moment()';
CREATE FUNCTION told.clock_timestamp() RETURNS timestamptz LANGUAGE sql STABLE AS
    'SELECT told.moment()';
CREATE FUNCTION told.statement_timestamp() RETURNS timestamptz LANGUAGE sql STABLE AS
    'SELECT told.moment()';
"""
_DEFAULTS = """
SELECT c.relname, a.attname, pg_get_expr(d.adbin, d.adrelid)
FROM pg_attrdef d JOIN pg_class c ON c.oid = d.adrelid
JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
WHERE c.relnamespace = 'public'::regnamespace AND a.atttypid = 'timestamptz'::regtype
"""


class ToldTime:
    """Says what time it is, to everybody who asks the database or Django."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def tell(self, moment: datetime) -> None:
        """Let it be this moment (aware); one statement, so that nobody finds no time at all."""
        self.now = moment
        with connection.cursor() as cursor:
            cursor.execute("UPDATE told.moment_is SET at = %s", [moment])


@contextmanager
def told_time(monkeypatch) -> Iterator[ToldTime]:
    """A clock that is told, until the end; needs a test whose transactions commit."""
    time = ToldTime()
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN)
        cursor.execute("SELECT current_database()")
        database = cursor.fetchone()[0]
        cursor.execute(_DEFAULTS)
        defaults = cursor.fetchall()
        for table, column, _ in defaults:
            cursor.execute(
                f'ALTER TABLE "{table}" ALTER COLUMN "{column}" SET DEFAULT told.moment()'
            )
        cursor.execute(f'ALTER DATABASE "{database}" SET search_path TO told, public, pg_catalog')
    time.tell(time.now)
    connections.close_all()
    try:
        with monkeypatch.context() as patched:
            patched.setattr(timezone, "now", lambda: time.now)
            yield time
    finally:
        _untell(database, defaults)


def _untell(database: str, defaults: list[tuple[str, str, str]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET search_path TO public")
        for table, column, before in defaults:
            cursor.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" SET DEFAULT {before}')
        cursor.execute(f'ALTER DATABASE "{database}" RESET search_path')
        cursor.execute("DROP SCHEMA told CASCADE")
    connections.close_all()
