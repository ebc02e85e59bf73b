"""Rows of one kind about leads within reach, the newest first: enrolments, messages."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from closeloop.edge import cursors, statements

Condition = tuple[str, list[Any]]
Page = tuple[list[dict[str, Any]], str | None, int]


@dataclass(frozen=True)
class Rows:
    """How rows are read: their columns under these names, and where from.

    `id` is the column of their id, the first one; `json` are the names of columns with JSON.
    """

    columns: str
    source: str
    names: Sequence[str]
    id: str
    json: Collection[str]

    def page(self, condition: Condition, *, cursor: str | None, limit: int) -> Page:
        """A page, the newest first; the next page's cursor; how many there are."""
        where, params = condition
        counted = statements.rows(f"SELECT count(*) {self.source} WHERE {where}", params)
        after, more = "", list(params)
        if cursor:
            after, more = f" AND {self.id} < %s", [*more, cursors.decode(cursor, "bigint")[0]]
        found = statements.rows(
            f"{self.columns} {self.source} WHERE {where}{after} ORDER BY {self.id} DESC LIMIT %s",
            [*more, limit + 1],
        )
        items = [self._named(row) for row in found[:limit]]
        following = cursors.encode(items[-1]["id"]) if len(found) > limit else None
        return items, following, counted[0][0]

    def one(self, number: int, condition: Condition) -> dict[str, Any] | None:
        """One by its id; None where the condition does not hold for it."""
        where, params = condition
        found = statements.rows(
            f"{self.columns} {self.source} WHERE {self.id} = %s AND {where}", [number, *params]
        )
        return self._named(found[0]) if found else None

    def _named(self, row: Sequence[Any]) -> dict[str, Any]:
        return {
            name: json.loads(value or "null") if name in self.json else value
            for name, value in zip(self.names, row, strict=True)
        }
