"""Statements of the few hot paths, which the server keeps prepared: parsed and planned once.

Everything else goes through the ORM or plain cursors, whose values are bound on our side.
"""

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from closeloop.edge.postgresql.prepared import Parameters, Row, Statement

__all__ = ["Row", "Statement", "bound", "row", "rows", "run_last", "together"]


def row(sql: str, params: Parameters) -> Row | None:
    """The statement's first row, or None; inside the transaction that is open, if one is."""
    found = rows(sql, params)
    return found[0] if found else None


def rows(sql: str, params: Parameters) -> list[Row]:
    """All rows of a statement."""
    return together(Statement(sql, params))[0]


def together(*statements: Statement) -> list[list[Row]]:
    """All rows of each statement, run in their order, in one trip to the server."""
    found: list[list[Row]] = _database().ask(list(statements))
    return found


def run_last(sql: str, params: Parameters) -> None:
    """Run a statement that gives no rows at the end of the transaction, with its COMMIT."""
    _database().ask_last(Statement(sql, params))


def bound(sql: str, params: Sequence[Any]) -> str:
    """A piece of SQL with values that never change written into it, to be part of a statement."""
    text: str = _database().ops.compose_sql(sql, params) if params else sql
    return text.replace("%", "%%")


def _database() -> Any:
    return connections[DEFAULT_DB_ALIAS]
