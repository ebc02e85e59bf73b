"""One change of many records: each passes the same gates and rules as if it were alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from closeloop.desk.actions import moving, records
from closeloop.desk.actions.moving import MoveAsk
from closeloop.desk.errors import BulkTooLarge
from closeloop.edge import work
from closeloop.engine.refusals import Refusal
from closeloop.identity.actor import Actor

MOST = 1000


@dataclass(frozen=True)
class BulkAsk:
    """What is to be done with every record: set, assign, move, delete or restore."""

    action: str
    values: Mapping[str, Any] = field(default_factory=dict)
    owner_id: int | None = None
    to_stage: str | None = None
    reason: str | None = None
    outcome_reason: str | None = None


@dataclass
class BulkResult:
    """The ids that were changed, and for each that was not, the refusal."""

    done: list[int] = field(default_factory=list)
    refused: list[tuple[int, Refusal]] = field(default_factory=list)


def change_many(type_key: str, ids: Sequence[int], ask: BulkAsk, *, actor: Actor) -> BulkResult:
    """Do it record by record, each in a savepoint; blocked attempts are recorded for each."""
    if len(ids) > MOST:
        raise BulkTooLarge({"given": len(ids), "most": MOST})
    do = _WAYS[ask.action]
    result = BulkResult()
    for record_id in sorted(set(ids)):
        try:
            with transaction.atomic():
                do(type_key, record_id, ask, actor)
        except Refusal as refusal:
            work.settle(refusal)
            result.refused.append((record_id, refusal))
        else:
            result.done.append(record_id)
    return result


def _set(type_key: str, record_id: int, ask: BulkAsk, actor: Actor) -> None:
    records.change_record(
        type_key, record_id, ask.values, expected_version=None, actor=actor, via="bulk"
    )


def _assign(type_key: str, record_id: int, ask: BulkAsk, actor: Actor) -> None:
    records.assign_record(type_key, record_id, owner_id=ask.owner_id or 0, actor=actor, via="bulk")


def _move(type_key: str, record_id: int, ask: BulkAsk, actor: Actor) -> None:
    move = MoveAsk(
        to_stage=ask.to_stage or "",
        via="bulk",
        reason=ask.reason,
        outcome_reason=ask.outcome_reason,
    )
    moving.move_record(type_key, record_id, move, actor=actor)


def _delete(type_key: str, record_id: int, _ask: BulkAsk, actor: Actor) -> None:
    records.remove_record(type_key, record_id, actor=actor, via="bulk")


def _restore(type_key: str, record_id: int, _ask: BulkAsk, actor: Actor) -> None:
    records.restore_record(type_key, record_id, actor=actor, via="bulk")


_WAYS: Mapping[str, Callable[[str, int, BulkAsk, Actor], None]] = {
    "set": _set,
    "assign": _assign,
    "move": _move,
    "delete": _delete,
    "restore": _restore,
}
