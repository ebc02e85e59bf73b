"""What a move writes to clocks, learnt from one that the product makes: the floor's part of it.

Every column that the move has changed is set, every row that it has added is inserted with all its
columns, in the same table with the same indexes. Moments are as far from now as in that move.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from closeloop.sla.models import Clock

_FIELDS = {field.column or "": field for field in Clock._meta.concrete_fields}
_COLUMNS = tuple(name for name in _FIELDS if name != "id")
_MOMENTS = frozenset(
    name for name, field in _FIELDS.items() if field.get_internal_type() == "DateTimeField"
)
_SHAPE = """
    SELECT policy_id, state, round, array_agg(DISTINCT key ORDER BY key),
        count(DISTINCT c.id)::float / cardinality(%(ids)s::bigint[])
    FROM sla_clock c, jsonb_each(to_jsonb(c)) AS given (key, value)
    WHERE record_id = ANY(%(ids)s::bigint[]) AND value <> 'null'
    GROUP BY policy_id, state, round ORDER BY policy_id, state, round
"""


def of_a_move(record_id: int, move: Callable[[int], object]) -> str:
    """Make a move, and give statements for pgbench that write to another record's clocks as it."""
    before = _clocks(record_id)
    move(record_id)
    now, after = _now(), _clocks(record_id)
    found = []
    for key, row in sorted(after.items()):
        changed = [name for name in _COLUMNS if key not in before or row[name] != before[key][name]]
        if row["closed_at"] is not None:
            changed.append("next_at")  # it was past already on a deal that had stood for long
        values = {name: _literal(name, row[name], now) for name in changed}
        if key not in before:
            values["record_id"] = ":id"
            columns, given = ", ".join(values), ", ".join(values.values())
            found.append(f"INSERT INTO sla_clock ({columns}) VALUES ({given});")
        elif values:
            setters = ", ".join(f"{name} = {value}" for name, value in values.items())
            found.append(
                f"UPDATE sla_clock SET {setters} WHERE record_id = :id AND closed_at IS NULL"
                f" AND policy_id = {row['policy_id']};"
            )
    return "\n".join(sorted(found, key=lambda text: text.startswith("INSERT")))


def require_same(floor: Sequence[int], ours: Sequence[int]) -> None:
    """Stop the bench where both have not written as many clocks, with the same columns filled."""
    shapes = []
    for ids in (floor, ours):
        with connection.cursor() as cursor:
            cursor.execute(_SHAPE, {"ids": list(ids)})
            shapes.append(cursor.fetchall())
    if shapes[0] != shapes[1]:
        raise RuntimeError(f"the floor wrote {shapes[0]}, the product {shapes[1]}")


def _clocks(record_id: int) -> dict[int, Mapping[str, Any]]:
    given = ", ".join(name if name in _MOMENTS else f"{name}::text" for name in _COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, {given} FROM sla_clock WHERE record_id = %s", [record_id])
        return {row[0]: dict(zip(_COLUMNS, row[1:], strict=True)) for row in cursor.fetchall()}


def _now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now


def _literal(name: str, value: Any, now: datetime) -> str:
    if value is None:
        return "NULL"
    if name in _MOMENTS:
        return f"now() + interval '{round((value - now) / timedelta(seconds=1))} s'"
    return "'" + str(value).replace("'", "''") + "'"
