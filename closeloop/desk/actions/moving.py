"""One move as a person makes it on the move sheet: fields, ticks and the move, all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from closeloop.desk.actions import records
from closeloop.desk.queries import locked_row
from closeloop.identity.actor import Actor
from closeloop.org.access import Verb
from closeloop.process import actions as process
from closeloop.process.actions import Ask, Moved
from closeloop.records.types import registry


@dataclass(frozen=True)
class MoveAsk:
    """What the move sheet sends. `ticks` are checklist items as <stage>.<item>."""

    to_stage: str
    via: str = "api"
    reason: str | None = None
    outcome_reason: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    ticks: tuple[str, ...] = ()
    expected_version: int | None = None


def move_record(type_key: str, record_id: int, ask: MoveAsk, *, actor: Actor) -> Moved:
    """Set the sheet's fields, tick its items and move; a locked stage leaves all of it undone.

    Raises what `process.actions.advance` and `change_record` raise.
    """
    record_type = registry.get(type_key)
    row = locked_row(record_type, record_id, actor=actor, verb=Verb.MOVE)
    wanted, present = {"stage": ask.to_stage}, {"stage": row.stage}
    records.require_version(row, wanted, present, ask.expected_version)
    if ask.values:
        records.change_record(
            type_key, record_id, ask.values, expected_version=None, actor=actor, via=ask.via
        )
    for item in ask.ticks:
        process.tick(record_id, item, is_ticked=True, actor=actor)
    return process.advance(
        record_type,
        record_id,
        Ask(
            to_stage=ask.to_stage,
            via=ask.via,
            reason=ask.reason,
            outcome_reason=ask.outcome_reason,
        ),
        actor=actor,
    )
