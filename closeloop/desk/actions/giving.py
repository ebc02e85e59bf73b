"""Giving many records to people at once, for rules that decide who gets them."""

from collections.abc import Sequence
from dataclasses import dataclass

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import statements
from closeloop.edge.statements import Statement
from closeloop.identity.actor import Actor
from closeloop.records.types import RecordType

_GIVE = """
    UPDATE {table} r SET owner_id = given.owner_id, unit_id = given.unit_id,
        version = r.version + 1, updated_at = now(), last_activity_at = now()
    FROM (SELECT given.id, given.owner_id, given.unit_id, b.owner_id AS from_owner,
                 b.unit_id AS from_unit
          FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS given(id, owner_id, unit_id)
          JOIN {table} b ON b.id = given.id
          WHERE b.owner_id IS DISTINCT FROM given.owner_id
             OR b.unit_id IS DISTINCT FROM given.unit_id) given
    WHERE r.id = given.id
    RETURNING r.id, given.from_owner, given.owner_id, given.from_unit, given.unit_id, r.version
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
_COLUMNS = ("from_owner", "to_owner", "from_unit", "to_unit", "version")


@dataclass(frozen=True)
class Locked:
    """A record as it stands under its lock."""

    record_id: int
    owner_id: int | None
    unit_id: int | None
    stage: str
    is_removed: bool


def lock_many(record_type: RecordType, ids: Sequence[int]) -> list[Locked]:
    """Lock instances and rows in the order of their ids, as moves do; gives those that exist."""
    found = statements.together(
        Statement(_INSTANCES, [list(ids)]),
        Statement(_ROWS.format(table=record_type.table), [list(ids)]),
    )[1]
    return [Locked(*row) for row in found]


def give_many(
    record_type: RecordType,
    given: Sequence[tuple[int, int | None, int | None]],
    *,
    actor: Actor,
    via: str,
) -> None:
    """Write owner and unit of locked records: (record, owner, unit) each, whatever the actor may.

    One statement a table for all of them; what follows from each has followed.
    """
    columns = [list(column) for column in zip(*given, strict=True)]
    if not columns:
        return
    table = record_type.table
    changed, _ = statements.together(
        Statement(_GIVE.format(table=table), columns), Statement(_REGISTER, columns)
    )
    happened = [
        Happening(
            verb=f"{record_type.key}.assigned",
            record_id=record_id,
            record_type=record_type.key,
            unit_id=values[3],
            data={"via": via, **dict(zip(_COLUMNS, values, strict=True))},
        )
        for record_id, *values in sorted(changed)
    ]
    activity.record_all(happened, actor=actor)
