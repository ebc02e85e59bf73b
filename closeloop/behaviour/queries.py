"""The trail of a record: what its people did, newest first, and how much of each kind."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from closeloop.edge import cursors, statements
from closeloop.edge.statements import Row, Statement

_PAGE = """
    SELECT e.id, e.kind, e.at, e.data, e.session_id, s.origin
    FROM behaviour_visitor v
    JOIN behaviour_event e ON e.visitor_id = v.id
    LEFT JOIN behaviour_session s ON s.id = e.session_id
    WHERE v.record_id = %s {after}
    ORDER BY e.at DESC, e.id DESC LIMIT %s
"""
_COUNTS = """
    SELECT e.kind, count(*), max(e.at)
    FROM behaviour_visitor v JOIN behaviour_event e ON e.visitor_id = v.id
    WHERE v.record_id = %s GROUP BY e.kind ORDER BY count(*) DESC, e.kind
"""
_DAYS = """
    SELECT v.record_id, e.kind, (e.at AT TIME ZONE '{zone}')::date - DATE '0001-01-01' + 1{values},
           count(*)
    FROM behaviour_event e JOIN behaviour_visitor v ON v.id = e.visitor_id
    WHERE {which} AND e.kind = ANY({kinds}) AND e.at > {since}
    GROUP BY 1, 2, 3{places} ORDER BY 1
"""


@dataclass(frozen=True)
class Done:
    """One event of a trail; `origin` is where the visit came from."""

    id: int
    kind: str
    at: datetime
    data: dict[str, Any]
    session_id: int | None
    origin: dict[str, Any]


@dataclass(frozen=True)
class KindCount:
    """How often something was done, and when last."""

    kind: str
    count: int
    last_at: datetime


class DayCount(NamedTuple):
    """How often something was done on a day (its ordinal) with the same values asked for."""

    record_id: int
    kind: str
    day: int
    values: tuple[Any, ...]
    times: int


def trail_of(
    record_id: int,
    *,
    cursor: str | None = None,
    before: tuple[datetime, int] | None = None,
    limit: int = 50,
) -> tuple[list[Done], str | None]:
    """A page of what a record's people did, newest first, and the next page's cursor."""
    if cursor:
        at, row_id = cursors.decode(cursor, "timestamptz", "bigint")
        before = (datetime.fromisoformat(at), row_id)
    after = "" if before is None else "AND (e.at, e.id) < (%s, %s)"
    params = [record_id, *(before or ()), limit + 1]
    rows = statements.rows(_PAGE.format(after=after), params)
    found = [_done(row) for row in rows[:limit]]
    more = cursors.encode(found[-1].at.isoformat(), found[-1].id) if len(rows) > limit else None
    return found, more


def counts_of(record_id: int) -> list[KindCount]:
    """How often a record's people did what."""
    return [KindCount(*row) for row in statements.rows(_COUNTS, [record_id])]


def days_of(
    record_ids: Sequence[int] | None, *, kinds: Collection[str], keys: Sequence[str], longest: int
) -> Iterator[DayCount]:
    """What people did by record, kind, day and the values of some keys, ordered by record.

    `record_ids` None is everybody. Rows come as they are read: any number fits.
    """
    for record_id, kind, day, *values, times in _day_rows(record_ids, kinds, keys, longest):
        yield DayCount(record_id, kind, day, tuple(map(_value, values)), times)


def _done(row: Row) -> Done:
    row_id, kind, at, data, session_id, origin = row
    return Done(row_id, kind, at, json.loads(data), session_id, json.loads(origin or "{}"))


@lru_cache(maxsize=10_000)
def _value(text: str | None) -> Any:
    return None if text is None else json.loads(text)


def _day_rows(
    record_ids: Sequence[int] | None, kinds: Collection[str], keys: Sequence[str], longest: int
) -> Iterator[tuple[Any, ...]]:
    zone = timezone.get_default_timezone_name()
    values = "".join(f", e.data -> '{key}'" for key in keys)
    places = "".join(f", {4 + number}" for number in range(len(keys)))
    which = "v.record_id IS NOT NULL" if record_ids is None else "v.record_id = ANY(%s)"
    sql = _DAYS.format(zone=zone, values=values, places=places, which=which, kinds="%s", since="%s")
    since = timezone.now() - timedelta(days=longest)
    params: list[Any] = [sorted(kinds), since]
    if record_ids is not None:
        params.insert(0, list(record_ids))
        yield from statements.together(Statement(sql, params))[0]
        return
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(20_000):
            yield from rows
