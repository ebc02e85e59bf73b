"""The statements that write clocks: one for each that changes, one for all that begin together.

Prepared, all of them in one trip.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import orjson

from closeloop.edge import jsontext
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
_SHARED = {
    "record_id": "%(record_id)s::bigint",
    "record_type": "%(record_type)s::text",
    "started_at": "%(at)s::timestamptz",
    "running_since": "%(at)s::timestamptz",
    "opened_at": "%(at)s::timestamptz",
    "opened_by_id": "%(opened_by_id)s::bigint",
    "opened_by_verb": "%(opened_by_verb)s::text",
    "context": "%(context)s::jsonb",
    "state": "'running'",
    "elapsed_natural_s": "0",
    "elapsed_working_s": "0",
    "paused_reason": "''",
    "paused_stage": "''",
    "pauses": "0",
    "round": "0",
    "step": "0",
    "closed_by_verb": "''",
}
"""What clocks that are opened together have in common, and what each holds as it begins."""
_OWN = {
    "version_id": "bigint",
    "policy_id": "bigint",
    "about_kind": "text",
    "about_id": "bigint",
    "about_key": "text",
    "calendar_id": "bigint",
    "target_s": "double precision",
    "due_at": "timestamptz",
    "schedule": "timestamptz[]",
    "plan": "smallint[]",
    "next_at": "timestamptz",
}


@dataclass(frozen=True, slots=True)
class Opening:
    """A clock that begins. `owner_id` None: the record's owner."""

    life: Life
    version_id: int
    policy_id: int
    about_kind: str
    about_id: int | None
    about_key: str
    calendar_id: int | None
    owner_id: int | None


@dataclass(frozen=True, slots=True)
class Cause:
    """What opens clocks: a verb about a record (or about none), by whom, and its plain data."""

    verb: str
    record_type: str
    record_id: int | None
    unit_id: int | None
    actor_id: int | None
    context: Mapping[str, Any]


def _setters(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{column} = %({column})s::{kind}" for column, kind in columns.items())


_CLOSE = (
    f"UPDATE sla_clock SET {_setters(_CLOSED)}, next_at = NULL, running_since = NULL"
    " WHERE id = %(id)s"
)
_CHANGE = f"UPDATE sla_clock SET {_setters(_CHANGED)} WHERE id = %(id)s"


def written(clock_id: int, life: Life, beside: Mapping[str, Any]) -> Statement:
    """What writes how a clock now lives; `beside` are the columns that are not its life."""
    if life.is_open:
        return Statement(_CHANGE, {**_listed(rows.columns_of(life)), **beside, "id": clock_id})
    ended = {
        "id": clock_id,
        "state": life.state.value,
        "elapsed_natural_s": life.elapsed.natural_s,
        "elapsed_working_s": life.elapsed.working_s,
        "breached_at": life.breached_at,
        "closed_at": life.closed_at,
    }
    return Statement(_CLOSE, {**ended, **beside})


def opened(clocks: Sequence[Opening], cause: Cause) -> Statement:
    """What writes new clocks, unless their subject has one of the policy or their record is gone.

    The unit is the record's where there is one.
    """
    values: dict[str, Any] = {
        "record_id": cause.record_id,
        "record_type": cause.record_type,
        "at": clocks[0].life.started_at,
        "opened_by_id": cause.actor_id,
        "opened_by_verb": cause.verb,
        "context": jsontext.dumped(cause.context).decode(),
        "unit_id": cause.unit_id,
    }
    for number, clock in enumerate(clocks):
        life = clock.life
        own = (
            clock.version_id,
            clock.policy_id,
            clock.about_kind,
            clock.about_id,
            clock.about_key,
            clock.calendar_id,
            life.target_s,
            life.due_at,
            _moments(life.schedule),
            _indexes(life.plan),
            life.next_at,
            clock.owner_id,
        )
        values.update(zip(_places(number), own, strict=True))
    return Statement(_opening(len(clocks), cause.record_id is not None), values)


@lru_cache(maxsize=64)
def _opening(count: int, is_of_record: bool) -> str:
    listed = [*_OWN.items(), ("owner_id", "bigint")]
    given = ", ".join(
        "("
        + ", ".join(
            f"%({place})s::{kind}" for place, (_, kind) in zip(_places(number), listed, strict=True)
        )
        + ")"
        for number in range(count)
    )
    owner, unit, record = "given.owner_id", "%(unit_id)s::bigint", ""
    if is_of_record:
        owner, unit = f"coalesce({owner}, r.owner_id)", f"coalesce(r.unit_id, {unit})"
        record = " JOIN records_record r ON r.id = %(record_id)s AND r.deleted_at IS NULL"
    return (
        f"INSERT INTO sla_clock ({', '.join([*_SHARED, *_OWN])}, owner_id, unit_id)"
        f" SELECT {', '.join([*_SHARED.values(), *_OWN])}, {owner}, {unit}"
        f" FROM (VALUES {given}) AS given ({', '.join(name for name, _ in listed)}){record}"
        " ON CONFLICT DO NOTHING"
    )


@lru_cache(maxsize=64)
def _places(number: int) -> tuple[str, ...]:
    return tuple(f"{column}_{number}" for column in (*_OWN, "owner_id"))


def _listed(columns: dict[str, Any]) -> dict[str, Any]:
    columns["schedule"] = _moments(columns["schedule"])
    columns["plan"] = _indexes(columns["plan"])
    return columns


def _moments(moments: Sequence[datetime]) -> str:
    """A list as PostgreSQL reads it, which costs less than having it adapted."""
    return f"{{{orjson.dumps(moments)[1:-1].decode()}}}"


def _indexes(indexes: Sequence[int]) -> str:
    return "{" + ",".join([str(index) for index in indexes]) + "}"
