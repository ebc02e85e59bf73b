"""Statements of the few hot paths, which the server keeps prepared: parsed and planned once.

Everything else goes through the ORM or plain cursors, whose values are bound on our side.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections

Parameters = Sequence[Any] | Mapping[str, Any]
Row = tuple[Any, ...]


def row(sql: str, params: Parameters) -> Row | None:
    """The statement's first row, or None; inside the transaction that is open, if one is."""
    with _cursor() as cursor:
        cursor.execute(sql, params)
        found: Row | None = cursor.fetchone()
        return found


def rows(sql: str, params: Parameters) -> list[Row]:
    """All rows of a statement."""
    with _cursor() as cursor:
        cursor.execute(sql, params)
        found: list[Row] = cursor.fetchall()
        return found


def run(sql: str, params: Parameters) -> None:
    """Run a statement that gives no rows."""
    with _cursor() as cursor:
        cursor.execute(sql, params)


def bound(sql: str, params: Sequence[Any]) -> str:
    """A piece of SQL with values that never change written into it, to be part of a statement."""
    database: Any = connections[DEFAULT_DB_ALIAS]
    text: str = database.ops.compose_sql(sql, params) if params else sql
    return text.replace("%", "%%")


class _PreparedCursor(psycopg.Cursor[Row]):
    """Binds on the server and always prepares; Django's wrappers call it without saying so."""

    def execute(self, query: Any, params: Any = None, **_options: Any) -> "_PreparedCursor":
        """Execute, prepared."""
        super().execute(query, params, prepare=True)
        return self


def _cursor() -> Any:
    """A cursor that Django sees as its own: logged, counted, its errors translated."""
    database: Any = connections[DEFAULT_DB_ALIAS]
    database.close_if_health_check_failed()
    database.ensure_connection()
    return database._prepare_cursor(_PreparedCursor(database.connection))
