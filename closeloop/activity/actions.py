"""Adding to the record: the only writes there are."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from closeloop.identity.actor import Actor


@dataclass(frozen=True)
class Happening:
    """One thing to be recorded. `at` is only given for history (imports, the demo company)."""

    verb: str
    record_id: int | None = None
    record_type: str = ""
    unit_id: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    corrects_id: int | None = None
    at: datetime | None = None


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
    """Record several things in one statement, in their order; gives the entries' ids."""
    rows = [vars(happening) for happening in happenings]
    if not rows:
        return []
    payload = json.dumps(rows, cls=DjangoJSONEncoder)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [actor.user_id, actor.kind.value, payload])
        return [row[0] for row in cursor.fetchall()]


def make_partitions(*, months_ahead: int) -> int:
    """Make the partitions of the coming months; gives how many were missing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT activity_make_partitions(%s)", [months_ahead])
        made: int = cursor.fetchone()[0]
    return made
