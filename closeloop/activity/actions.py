"""Adding to the record: the only writes there are."""

import json
from collections.abc import Iterable

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from closeloop.activity.happenings import Happening
from closeloop.activity.reactions import reactions
from closeloop.identity.actor import Actor

__all__ = ["Happening", "make_partitions", "record", "record_all"]


_INSERT = """
    INSERT INTO activity_entry
        (verb, actor_id, actor_kind, record_id, record_type, unit_id, data, corrects_id, at)
    SELECT verb, %s, %s, record_id, coalesce(record_type, ''), unit_id, data, corrects_id,
           coalesce(at, now())
    FROM jsonb_to_recordset(%s::jsonb) AS given(
        verb text, record_id bigint, record_type text, unit_id bigint, data jsonb,
        corrects_id bigint, at timestamptz)
    RETURNING id
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
    payload = json.dumps([vars(happening) for happening in given], cls=DjangoJSONEncoder)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [actor.user_id, actor.kind.value, payload])
        ids = [row[0] for row in cursor.fetchall()]
    reactions.follow(given, actor=actor)
    return ids


def make_partitions(*, months_ahead: int) -> int:
    """Make the partitions of the coming months; gives how many were missing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT activity_make_partitions(%s)", [months_ahead])
        made: int = cursor.fetchone()[0]
    return made
