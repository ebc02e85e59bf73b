"""Statements of the few hot paths, which the server keeps prepared: parsed and planned once.

Everything else goes through the ORM or plain cursors, whose values are bound on our side.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from closeloop.edge.postgresql.base import Outdated
from closeloop.edge.postgresql.prepared import Parameters, Row, Statement

__all__ = [
    "Outdated",
    "Row",
    "Statement",
    "bound",
    "confirm",
    "forget_presumed",
    "later",
    "listed",
    "presume",
    "row",
    "rows",
    "together",
]


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


def later(*statements: Statement) -> None:
    """Run statements whose rows nobody needs with the transaction's next trip, or with COMMIT.

    Whatever asks next, by whatever way, sees what they wrote. One that fails does so then: the
    transaction is undone, and who asked next, or commits, is told.
    """
    _database().put_off(statements)


def presume(statement: Statement, rows: list[Row]) -> None:
    """Go on as if a statement gave these rows, and have it asked with the next trip, before it.

    Where it gives others, whoever asks next, or commits, or confirms, meets Outdated instead of an
    answer, and begins anew. A request must end by `confirm` and `forget_presumed`.
    """
    _database().presume(statement, rows)


def confirm() -> None:
    """Ask now what is only presumed; raises Outdated."""
    _database().confirm()


def forget_presumed() -> None:
    """Presume nothing any more."""
    _database().forget_presumed()


def listed(values: Iterable[int | None]) -> str:
    """Whole numbers as the server reads them for an array (`%s::bigint[]`).

    Of thousands, a list handed over number by number costs many times as much.
    """
    return f"{{{','.join(['NULL' if each is None else str(each) for each in values])}}}"


def bound(sql: str, params: Sequence[Any]) -> str:
    """A piece of SQL with values that never change written into it, to be part of a statement."""
    text: str = _database().ops.compose_sql(sql, params) if params else sql
    return text.replace("%", "%%")


def _database() -> Any:
    return connections[DEFAULT_DB_ALIAS]
