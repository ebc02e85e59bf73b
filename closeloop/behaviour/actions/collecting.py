"""Keeping what visitors do: any number of events in a handful of statements and one COPY."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from closeloop.behaviour.hearers import hearers
from closeloop.behaviour.intake import Given
from closeloop.behaviour.models import Event
from closeloop.edge import statements

RECORD_PREFIX = "record:"
_FIND = """
    SELECT id, token, record_id FROM behaviour_visitor
    WHERE token = ANY(string_to_array(%s::text, ','))
"""
_ADD = """
    INSERT INTO behaviour_visitor (token, site_id, record_id, first_seen_at)
    SELECT token, %s::bigint, (SELECT r.id FROM records_record r WHERE r.id = record_id),
           first_seen_at
    FROM unnest(%s::text[], %s::bigint[], %s::timestamptz[])
        AS given(token, record_id, first_seen_at)
    ON CONFLICT (token) DO NOTHING
    RETURNING id, token, record_id
"""
_FIND_SESSIONS = """
    SELECT s.id, s.visitor_id, s.token
    FROM unnest(string_to_array(%s::text, ',')::bigint[], string_to_array(%s::text, ','))
        AS given(visitor_id, token)
    JOIN behaviour_session s ON s.visitor_id = given.visitor_id AND s.token = given.token
"""
_ADD_SESSIONS = """
    INSERT INTO behaviour_session (visitor_id, token, started_at, origin)
    SELECT visitor_id, token, started_at, %s::jsonb
    FROM unnest(string_to_array(%s::text, ',')::bigint[], string_to_array(%s::text, ','),
                string_to_array(%s::text, ',')::timestamptz[])
        AS given(visitor_id, token, started_at)
    ON CONFLICT (visitor_id, token) DO NOTHING
    RETURNING id, visitor_id, token
"""
_Visitors = Mapping[str, tuple[int, int | None]]
_Key = tuple[int, str]


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
    lines = _lines(known, visitors, _sessions(known, visitors, origin))
    table = Event._meta.db_table
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} (visitor_id, session_id, kind, at, data) FROM STDIN") as copy,
    ):
        copy.write("".join(lines))
    done_by = {event.visitor for event in known}
    found = (visitors[token][1] for token in done_by)
    record_ids = frozenset(record_id for record_id in found if record_id is not None)
    if tells:
        hearers.tell(record_ids)
    return Collected(len(known), record_ids)


def _lines(
    events: Sequence[Given], visitors: _Visitors, sessions: Mapping[_Key, int]
) -> Iterable[str]:
    r"""The rows as COPY reads them: kinds and times hold nothing that it would take for its own
    signs, and of those JSON holds the backslash alone. psycopg's `write_row`, which knows nothing
    of this, took a third of the whole.
    """
    for kind, at, data, token, session in events:
        visitor_id = visitors[token][0]
        place = sessions[visitor_id, session] if session else r"\N"
        told = data.replace("\\", "\\\\") if "\\" in data else data
        yield f"{visitor_id}\t{place}\t{kind}\t{at.isoformat()}\t{told}\n"


def _visitors(events: Sequence[Given], site_id: int | None) -> _Visitors:
    """Visitor and record by token. Tokens are taken in order, so that two batches never wait for
    each other in a ring.
    """
    tokens = {event.visitor for event in events}
    found = _found(tokens)
    missing = sorted(tokens - found.keys())
    if missing:
        first = {event.visitor: event.at for event in reversed(events)}
        records = [_record_of(token) for token in missing]
        times = [first[token] for token in missing]
        added = statements.rows(_ADD, [site_id, missing, records, times])
        found.update((token, (visitor_id, record_id)) for visitor_id, token, record_id in added)
        if len(added) < len(missing):
            found.update(_found(tokens - found.keys()))
    return {
        token: held
        for token, held in found.items()
        if held[1] is not None or not token.startswith(RECORD_PREFIX)
    }


def _found(tokens: Iterable[str]) -> dict[str, tuple[int, int | None]]:
    """Those of the visitors who are there. Tokens hold no comma: one text is read sooner than a
    list of a thousand.
    """
    rows = statements.rows(_FIND, [",".join(tokens)])
    return {token: (visitor_id, record_id) for visitor_id, token, record_id in rows}


def _record_of(token: str) -> int | None:
    return int(token.removeprefix(RECORD_PREFIX)) if token.startswith(RECORD_PREFIX) else None


def _sessions(events: Sequence[Given], visitors: _Visitors, origin: str) -> dict[_Key, int]:
    began = {
        (visitors[event.visitor][0], event.session): event.at
        for event in reversed(events)
        if event.session
    }
    if not began:
        return {}
    found = _sessions_at(_FIND_SESSIONS, sorted(began))
    missing = sorted(began.keys() - found.keys())
    if missing:
        times = ",".join(began[key].isoformat() for key in missing)
        found |= _sessions_at(_ADD_SESSIONS, missing, before=(origin,), after=(times,))
        others = sorted(began.keys() - found.keys())
        if others:
            found |= _sessions_at(_FIND_SESSIONS, others)
    return found


def _sessions_at(
    sql: str, keys: Sequence[_Key], *, before: Sequence[str] = (), after: Sequence[str] = ()
) -> dict[_Key, int]:
    ids = ",".join(str(visitor_id) for visitor_id, _ in keys)
    tokens = ",".join(token for _, token in keys)
    rows = statements.rows(sql, [*before, ids, tokens, *after])
    return {(visitor_id, token): session_id for session_id, visitor_id, token in rows}
