"""Adding to the record: the only writes there are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import connection

from closeloop.activity.happenings import Happening
from closeloop.activity.reactions import reactions
from closeloop.edge import statements
from closeloop.edge.jsontext import dumped
from closeloop.edge.statements import Row, Statement
from closeloop.identity.actor import Actor

__all__ = [
    "Happening",
    "make_partitions",
    "note_all",
    "record",
    "record_all",
    "record_many",
    "withhold",
]

COPIED_FROM = 100
"""From so many entries on, COPY is cheaper than one INSERT."""

_INSERT = """
    INSERT INTO activity_entry
        (verb, actor_id, actor_kind, record_id, record_type, unit_id, data, corrects_id, at)
    SELECT verb, %s::bigint, %s::text, record_id, coalesce(record_type, ''), unit_id, data,
           corrects_id, coalesce(at, now())
    FROM jsonb_to_recordset(%s::jsonb) AS given(
        verb text, record_id bigint, record_type text, unit_id bigint, data jsonb,
        corrects_id bigint, at timestamptz)
    RETURNING id
"""
_NOTE = _INSERT.replace("RETURNING id", "")
_NULL = rb"\N"
_COPY = """
    COPY activity_entry
        (verb, actor_id, actor_kind, record_id, record_type, unit_id, corrects_id, data) FROM STDIN
"""


def record(happening: Happening, *, actor: Actor) -> int:
    """Record one thing in the current transaction; gives the entry's id."""
    return record_all([happening], actor=actor)[0]


def record_all(happenings: Iterable[Happening], *, actor: Actor) -> list[int]:
    """Record several things in one statement, in their order; gives the entries' ids.

    What must follow at once (closeloop.activity.reactions) has followed when this returns.
    """
    given = list(happenings)
    if not given:
        return []
    ids = statements.rows(_INSERT, _values(given, actor))
    reactions.follow(given, actor=actor)
    return [row[0] for row in ids]


def note_all(
    happenings: Sequence[Happening],
    *,
    actor: Actor,
    read: Mapping[int, Sequence[Row]] | None = None,
) -> None:
    """The same where nobody needs the ids: written with the transaction's next trip.

    `read` are the rows of what `reactions.reads_of` gave in this transaction for these entries,
    each about another record; what they suffice for is written in the same trip.
    """
    if happenings:
        travelling = reactions.writes_all(happenings, read or {}, actor=actor)
        note = Statement(_NOTE, _values(happenings, actor))
        statements.later(note, *travelling.statements)
        reactions.follow(happenings, actor=actor, done=travelling.done)


def record_many(happenings: Sequence[Happening], *, actor: Actor) -> None:
    """Record thousands of things that happen now, in their order, as COPY writes them.

    What must follow at once has followed when this returns.
    """
    if len(happenings) < COPIED_FROM or any(each.at is not None for each in happenings):
        record_all(happenings, actor=actor)
        return
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        copy.write(b"".join(_lines(happenings, actor)))
    reactions.follow(happenings, actor=actor)


def _values(happenings: Sequence[Happening], actor: Actor) -> list[Any]:
    payload = dumped([happening._asdict() for happening in happenings]).decode()
    return [actor.user_id, actor.kind.value, payload]


def _lines(happenings: Sequence[Happening], actor: Actor) -> Iterator[bytes]:
    """Entries as lines of COPY. Of what JSON may hold, only backslashes must be escaped."""
    by = (_NULL if actor.user_id is None else b"%d" % actor.user_id, actor.kind.value.encode())
    ends: dict[tuple[str, str], tuple[bytes, bytes]] = {}
    for verb, record_id, record_type, unit_id, data, corrects_id, _ in happenings:
        held = ends.get((verb, record_type))
        if held is None:
            before = b"%b\t%b\t%b\t" % (verb.encode(), *by)
            held = ends[verb, record_type] = (before, b"\t%b\t" % record_type.encode())
        yield b"%b%b%b%b\t%b\t%b\n" % (
            held[0],
            _NULL if record_id is None else b"%d" % record_id,
            held[1],
            _NULL if unit_id is None else b"%d" % unit_id,
            _NULL if corrects_id is None else b"%d" % corrects_id,
            dumped(data).replace(b"\\", b"\\\\"),
        )


def withhold(
    verbs: Sequence[str],
    paths: Sequence[Sequence[str]],
    *,
    record_ids: Sequence[int],
    where: tuple[str, Sequence[int]] = ("", ()),
) -> int:
    """Take what these entries say of a person out of their data; gives how many had any of it.

    That something happened, when, by whom and about which record stays; such an entry says of
    itself that it `is_withheld`. Entries are those about `record_ids`; with `where`, those of
    them whose data has one of its numbers at its key.
    """
    name, numbers = where
    asked = "record_id = ANY(%s)"
    params: list[Any] = [list(record_ids)]
    if name:
        asked += " AND (data ->> %s)::bigint = ANY(%s)"
        params += [name, list(numbers)]
    taken = [list(path) for path in paths]
    without = "data" + " #- %s::text[]" * len(taken)
    has_any = " OR ".join(["data #> %s::text[] IS NOT NULL"] * len(taken))
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('closeloop.withholds', 'on', true)")
        cursor.execute(
            f"UPDATE activity_entry SET data = ({without}) || %s::jsonb"
            f" WHERE verb = ANY(%s) AND {asked} AND ({has_any})",
            [*taken, '{"is_withheld": true}', list(verbs), *params, *taken],
        )
        changed: int = cursor.rowcount
        cursor.execute("SELECT set_config('closeloop.withholds', 'off', true)")
    return changed


def make_partitions(*, months_ahead: int) -> int:
    """Make the partitions of the coming months; gives how many were missing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT activity_make_partitions(%s)", [months_ahead])
        made: int = cursor.fetchone()[0]
    return made
