"""Which rows a write leaves, in how many transactions, and how much WAL: by looking, not by trust.

Rows are found by their own xmin; nobody else may write to the database meanwhile.
"""

import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import connection

_TABLES = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname = 'public' AND NOT c.relispartition ORDER BY 1
"""
_BEFORE = "SELECT (pg_snapshot_xmax(pg_current_snapshot())::text::bigint %% (2^32)::bigint)::text"
_WAL = "SELECT pg_current_wal_insert_lsn() - '0/0'"


@dataclass(frozen=True)
class Left:
    """How many rows came or changed, by table, and in how many transactions."""

    rows: dict[str, int]
    transactions: int


def left_by(write: Callable[[], object]) -> Left:
    """Write, and give what that left."""
    found: dict[str, int] = {}
    transactions: set[str] = set()
    with connection.cursor() as cursor:
        cursor.execute(_BEFORE, [])
        before = cursor.fetchone()[0]
        write()
        cursor.execute(_TABLES)
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*), array_agg(DISTINCT xmin::text) FROM "{table}"'
                " WHERE age(xmin) <= age(%s::xid)",
                [before],
            )
            count, ids = cursor.fetchone()
            if count:
                found[table] = count
                transactions.update(ids)
    return Left(found, len(transactions))


def wal_bytes(write: Callable[[int], object], ids: Iterable[int]) -> int:
    """Bytes of WAL that a write makes: the median, for whole pages and neighbours come between."""
    taken = []
    for each in ids:
        before = _wal()
        write(each)
        taken.append(_wal() - before)
    return round(statistics.median(taken))


def _wal() -> int:
    with connection.cursor() as cursor:
        cursor.execute(_WAL)
        return int(cursor.fetchone()[0])
