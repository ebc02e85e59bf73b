"""Keeping what visitors do: any number of events in a handful of statements and one COPY."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from closeloop.behaviour.hearers import hearers
from closeloop.behaviour.intake import Given
from closeloop.behaviour.models import Event

RECORD_PREFIX = "record:"
_FIND = "SELECT id, token, record_id FROM behaviour_visitor WHERE token = ANY(%s)"
_ADD = """
    INSERT INTO behaviour_visitor (token, site_id, record_id, first_seen_at)
    SELECT token, %s, (SELECT r.id FROM records_record r WHERE r.id = record_id), first_seen_at
    FROM unnest(%s::text[], %s::bigint[], %s::timestamptz[])
        AS given(token, record_id, first_seen_at)
    ON CONFLICT (token) DO NOTHING
    RETURNING id, token, record_id
"""
_FIND_SESSIONS = """
    SELECT s.id, s.visitor_id, s.token FROM behaviour_session s
    JOIN unnest(%s::bigint[], %s::text[]) AS given(visitor_id, token)
      ON s.visitor_id = given.visitor_id AND s.token = given.token
"""
_ADD_SESSIONS = """
    INSERT INTO behaviour_session (visitor_id, token, started_at, origin)
    SELECT visitor_id, token, started_at, %s::jsonb
    FROM unnest(%s::bigint[], %s::text[], %s::timestamptz[])
        AS given(visitor_id, token, started_at)
    ON CONFLICT (visitor_id, token) DO NOTHING
    RETURNING id, visitor_id, token
"""


@dataclass(frozen=True)
class Collected:
    """How many events were kept, and the records whose people did them."""

    kept: int
    record_ids: frozenset[int]


def collect(
    events: Sequence[Given],
    *,
    site_id: int | None = None,
    origin: str = "{}",
    tells: bool = True,
) -> Collected:
    """Keep events; visitors and sessions that are new are made. Events of records that are not
    there (by `record:<id>`) are left out.

    `origin` (JSON) is where sessions that begin with these events came from. `tells` False: history
    is being loaded, and nothing follows from it.
    """
    visitors = _visitors(events, site_id)
    known = [event for event in events if event.visitor in visitors]
    if not known:
        return Collected(0, frozenset())
    sessions = _sessions(known, visitors, origin)
    table = Event._meta.db_table
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} (visitor_id, session_id, kind, at, data) FROM STDIN") as copy,
    ):
        for event in known:
            visitor_id = visitors[event.visitor][0]
            session_id = sessions[visitor_id, event.session] if event.session else None
            copy.write_row((visitor_id, session_id, event.kind, event.at, event.data))
    told = {visitors[event.visitor][1] for event in known}
    record_ids = frozenset(record_id for record_id in told if record_id is not None)
    if tells:
        hearers.tell(record_ids)
    return Collected(len(known), record_ids)


def _visitors(events: Sequence[Given], site_id: int | None) -> Mapping[str, tuple[int, int | None]]:
    """Visitor and record by token. Tokens are taken in order, so that two batches never wait for
    each other in a ring.
    """
    tokens = {event.visitor for event in events}
    found: dict[str, tuple[int, int | None]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [list(tokens)])
        _take(found, cursor.fetchall())
        missing = sorted(tokens - found.keys())
        if missing:
            first = {event.visitor: event.at for event in reversed(events)}
            records = [_record_of(token) for token in missing]
            cursor.execute(_ADD, [site_id, missing, records, [first[token] for token in missing]])
            _take(found, cursor.fetchall())
            cursor.execute(_FIND, [sorted(tokens - found.keys())])
            _take(found, cursor.fetchall())
    return {
        token: held
        for token, held in found.items()
        if held[1] is not None or _record_of(token) is None
    }


def _take(
    found: dict[str, tuple[int, int | None]], rows: Collection[tuple[int, str, int | None]]
) -> None:
    found.update((token, (visitor_id, record_id)) for visitor_id, token, record_id in rows)


def _record_of(token: str) -> int | None:
    return int(token.removeprefix(RECORD_PREFIX)) if token.startswith(RECORD_PREFIX) else None


def _sessions(
    events: Sequence[Given], visitors: Mapping[str, tuple[int, int | None]], origin: str
) -> dict[tuple[int, str], int]:
    began = {
        (visitors[event.visitor][0], event.session): event.at
        for event in reversed(events)
        if event.session
    }
    found: dict[tuple[int, str], int] = {}
    if not began:
        return found

    with connection.cursor() as cursor:
        cursor.execute(_FIND_SESSIONS, _pairs(sorted(began)))
        found.update(_by_visitor(cursor.fetchall()))
        missing = sorted(began.keys() - found.keys())
        if missing:
            times = [began[key] for key in missing]
            cursor.execute(_ADD_SESSIONS, [origin, *_pairs(missing), times])
            found.update(_by_visitor(cursor.fetchall()))
            cursor.execute(_FIND_SESSIONS, _pairs(sorted(began.keys() - found.keys())))
            found.update(_by_visitor(cursor.fetchall()))
    return found


def _pairs(keys: Sequence[tuple[int, str]]) -> list[Any]:
    return [[visitor_id for visitor_id, _ in keys], [token for _, token in keys]]


def _by_visitor(rows: Collection[tuple[int, int, str]]) -> dict[tuple[int, str], int]:
    return {(visitor_id, token): session_id for session_id, visitor_id, token in rows}
