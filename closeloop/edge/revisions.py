"""Counters by which a process sees that configuration it has cached was changed elsewhere.

The numbers are read with the signed-in person in one query (`identity.backends`), so a request pays
nothing extra; jobs and commands call `refresh`.
"""

import json
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import lru_cache
from typing import Generic, TypeVar

from django.db import connection

Value = TypeVar("Value")
_known: ContextVar[Mapping[str, int] | None] = ContextVar("revisions", default=None)

READ_SQL = "SELECT coalesce(json_object_agg(name, number), '{}')::text FROM edge_revision"
MARK_SQL = "SELECT coalesce(sum(number), 0)::bigint FROM edge_revision"
"""One number that tells any state of all of them from any other.

Who bumps a name holds its row, and is given a number that is greater than any given before; so the
sum grows with every transaction that changed one.
"""


def remember(numbers: Mapping[str, int] | None) -> None:
    """Set the numbers that this request works with; None forgets them."""
    _known.set(numbers)


def refresh() -> Mapping[str, int]:
    """Read the numbers from the database and work with them from now on."""
    with connection.cursor() as cursor:
        cursor.execute(READ_SQL)
        row = cursor.fetchone()
    numbers = as_mapping(row[0])
    _known.set(numbers)
    return numbers


def number(name: str) -> int:
    """The current number of one kind of configuration; 0 where it was never changed."""
    known = _known.get()
    return (refresh() if known is None else known).get(name, 0)


def bump(name: str) -> None:
    """Tell every process that this configuration has changed, once the transaction commits.

    Until then nobody else can bump the same name, so an action that bumps first has the
    configuration to itself. A number is never given twice, not even after a rollback: what was
    cached from a transaction that failed is never taken for what a later one wrote.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO edge_revision (name, number) VALUES (%s, nextval('edge_revision_number'))"
            " ON CONFLICT (name) DO UPDATE SET number = nextval('edge_revision_number')",
            [name],
        )
    _known.set(None)


class CachedByRevision(Generic[Value]):
    """A value that is loaded once per revision of one kind of configuration."""

    def __init__(self, name: str, load: Callable[[], Value]) -> None:
        self._name = name
        self._load = load
        self._held: tuple[int, Value] | None = None

    def get(self) -> Value:
        """The value as of the current revision."""
        current = number(self._name)
        held = self._held
        if held is None or held[0] != current:
            held = (current, self._load())
            self._held = held
        return held[1]

    def clear(self) -> None:
        """Forget the value (tests whose transactions are rolled back)."""
        self._held = None


@lru_cache(maxsize=16)
def as_mapping(value: str) -> Mapping[str, int]:
    """The numbers from what READ_SQL gives; the same text comes again and again."""
    numbers: Mapping[str, int] = json.loads(value)
    return numbers
