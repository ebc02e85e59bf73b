"""Giving many records to people at once, for rules that decide who gets them."""

from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import statements
from closeloop.edge.statements import Statement
from closeloop.identity.actor import Actor
from closeloop.records.types import RecordType

_GIVE = """
    UPDATE {table} r SET owner_id = given.owner_id, unit_id = given.unit_id,
        version = r.version + 1, updated_at = now(), last_activity_at = now()
    FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS given(id, owner_id, unit_id)
    WHERE r.id = given.id
    RETURNING r.id, r.version
"""
_REGISTER = """
    UPDATE records_record r SET owner_id = given.owner_id, unit_id = given.unit_id
    FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS given(id, owner_id, unit_id)
    WHERE r.id = given.id
"""
_INSTANCES = """
    SELECT 1 FROM process_instance WHERE record_id = ANY(%s::bigint[])
    ORDER BY record_id FOR UPDATE
"""
_ROWS = """
    SELECT id, owner_id, unit_id, stage, deleted_at IS NOT NULL FROM {table}
    WHERE id = ANY(%s::bigint[]) ORDER BY id FOR NO KEY UPDATE
"""
_by_id = itemgetter(0)


class Locked(NamedTuple):
    """A record as it stands under its lock."""

    record_id: int
    owner_id: int | None
    unit_id: int | None
    stage: str
    is_removed: bool


class Handed(NamedTuple):
    """A locked record: whom it goes to, with their unit, and where it stood before."""

    record_id: int
    owner_id: int | None
    unit_id: int | None
    from_owner: int | None
    from_unit: int | None


def lock_many(record_type: RecordType, ids: Sequence[int]) -> list[Locked]:
    """Lock instances and rows in the order of their ids, as moves do; gives those that exist."""
    wanted = [statements.listed(ids)]
    found = statements.together(
        Statement(_INSTANCES, wanted), Statement(_ROWS.format(table=record_type.table), wanted)
    )[1]
    return list(map(Locked._make, found))


def give_many(
    record_type: RecordType,
    given: Sequence[Handed],
    *,
    actor: Actor,
    via: str,
) -> None:
    """Write owner and unit of locked records, whatever the actor may.

    One statement a table for all of them; what follows from each has followed.
    """
    changing = [each for each in given if each[1:3] != each[3:5]]
    if not changing:
        return
    columns = [statements.listed(column) for column in list(zip(*changing, strict=True))[:3]]
    table = record_type.table
    written, _ = statements.together(
        Statement(_GIVE.format(table=table), columns), Statement(_REGISTER, columns)
    )
    versions: dict[int, int] = dict(written)
    verb, kind = f"{record_type.key}.assigned", record_type.key
    happened = [
        Happening(
            verb,
            record_id,
            kind,
            unit_id,
            {
                "via": via,
                "from_owner": from_owner,
                "to_owner": owner_id,
                "from_unit": from_unit,
                "to_unit": unit_id,
                "version": versions[record_id],
            },
        )
        for record_id, owner_id, unit_id, from_owner, from_unit in sorted(changing, key=_by_id)
    ]
    activity.record_many(happened, actor=actor)
