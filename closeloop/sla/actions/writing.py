"""The statements that write clocks: one for each clock, prepared, all of them in one trip."""

from collections.abc import Mapping, Sequence
from typing import Any

from closeloop.edge.statements import Statement
from closeloop.engine.sla import Life
from closeloop.sla import rows

_BESIDE = {"paused_stage": "text", "paused_by_id": "bigint"}
_CLOSED = {
    **{
        column: rows.LIFE_COLUMNS[column]
        for column in ("state", "elapsed_natural_s", "elapsed_working_s", "breached_at")
    },
    "closed_at": "timestamptz",
    "closed_by_id": "bigint",
    "closed_by_verb": "text",
}
_CHANGED = {
    column: kind
    for column, kind in {**rows.LIFE_COLUMNS, **_BESIDE}.items()
    if column not in ("target_s", "closed_at")
}
_OPENED = {
    "version_id": "bigint",
    "policy_id": "bigint",
    "record_id": "bigint",
    "record_type": "text",
    "about_kind": "text",
    "about_id": "bigint",
    "about_key": "text",
    "calendar_id": "bigint",
    "state": "text",
    "target_s": "double precision",
    "started_at": "timestamptz",
    "due_at": "timestamptz",
    "running_since": "timestamptz",
    "schedule": "timestamptz[]",
    "plan": "smallint[]",
    "next_at": "timestamptz",
    "opened_by_id": "bigint",
    "opened_by_verb": "text",
    "context": "jsonb",
}
_AS_BEGUN = {
    "elapsed_natural_s": "0",
    "elapsed_working_s": "0",
    "paused_reason": "''",
    "paused_stage": "''",
    "pauses": "0",
    "round": "0",
    "step": "0",
    "closed_by_verb": "''",
}
"""What a clock that has just begun holds."""


def _setters(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{column} = %({column})s::{kind}" for column, kind in columns.items())


def _opening(place: str, owner: str, unit: str) -> str:
    columns = ", ".join([*_OPENED, *_AS_BEGUN, "opened_at", "owner_id", "unit_id"])
    given = ", ".join(
        [
            *(f"%({column})s::{kind}" for column, kind in _OPENED.items()),
            *_AS_BEGUN.values(),
            "%(started_at)s::timestamptz",
            owner,
            unit,
        ]
    )
    return f"INSERT INTO sla_clock ({columns}) SELECT {given} {place} ON CONFLICT DO NOTHING"


_CLOSE = (
    f"UPDATE sla_clock SET {_setters(_CLOSED)}, next_at = NULL, running_since = NULL"
    " WHERE id = %(id)s"
)
_CHANGE = f"UPDATE sla_clock SET {_setters(_CHANGED)} WHERE id = %(id)s"
_OPEN_OF_RECORD = _opening(
    "FROM records_record r WHERE r.id = %(record_id)s AND r.deleted_at IS NULL",
    "coalesce(%(owner_id)s::bigint, r.owner_id)",
    "coalesce(r.unit_id, %(unit_id)s::bigint)",
)
_OPEN = _opening("", "%(owner_id)s::bigint", "%(unit_id)s::bigint")


def written(clock_id: int, life: Life, beside: Mapping[str, Any]) -> Statement:
    """What writes how a clock now lives; `beside` are the columns that are not its life."""
    columns = rows.columns_of(life)
    sql = _CHANGE if life.is_open else _CLOSE
    return Statement(sql, {**_listed(columns), **beside, "id": clock_id})


def opened(life: Life, beside: Mapping[str, Any]) -> Statement:
    """What writes a new clock, unless its subject has one of this policy or its record is gone.

    The owner who is not told is the record's, and the unit is the record's where there is one.
    """
    sql = _OPEN if beside["record_id"] is None else _OPEN_OF_RECORD
    return Statement(sql, {**_listed(rows.columns_of(life)), **beside})


def _listed(columns: dict[str, Any]) -> dict[str, Any]:
    """Lists as PostgreSQL writes them, which costs less than having them adapted."""
    columns["schedule"] = _array([moment.isoformat() for moment in columns["schedule"]])
    columns["plan"] = _array([str(index) for index in columns["plan"]])
    return columns


def _array(items: Sequence[str]) -> str:
    return f"{{{','.join(items)}}}"
