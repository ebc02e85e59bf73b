"""One move as a person makes it on the move sheet: fields, ticks and the move, all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from closeloop.approvals.models import Case
from closeloop.desk.actions import records
from closeloop.desk.errors import ConversionNeeded
from closeloop.desk.queries import locked_row, require_reach
from closeloop.edge.etags import EditConflict
from closeloop.engine.blueprint import StageKind
from closeloop.identity.actor import Actor
from closeloop.org.access import Verb
from closeloop.process import actions as process
from closeloop.process import reading
from closeloop.process.actions import Ask, Moved
from closeloop.process.actions.approving import Approval
from closeloop.process.errors import NoProcess
from closeloop.process.reading import Running
from closeloop.records.queries import RecordNotFound
from closeloop.records.types import RecordType, registry


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


def move_record(
    type_key: str,
    record_id: int,
    ask: MoveAsk,
    *,
    actor: Actor,
    beside: tuple[str, ...] | None = None,
) -> Moved:
    """Set the sheet's fields, tick its items and move; a locked stage leaves all of it undone.

    `beside` is read with the lock, as `process.reading.read_running` tells.
    Raises ConversionNeeded, and what `process.actions.advance` and `change_record` raise.
    """
    record_type = registry.get(type_key)
    running = _locked(record_type, record_id, ask, actor, beside)
    if ask.values or ask.ticks:
        if ask.values:
            records.change_record(
                type_key, record_id, ask.values, expected_version=None, actor=actor, via=ask.via
            )
        for item in ask.ticks:
            process.tick(record_id, item, is_ticked=True, actor=actor)
        running = reading.read_running(
            record_type, record_id, to_stage=ask.to_stage, for_update=False, beside=beside
        )
    moved = process.advance_running(
        running,
        Ask(
            to_stage=ask.to_stage,
            via=ask.via,
            reason=ask.reason,
            outcome_reason=ask.outcome_reason,
        ),
        actor=actor,
    )
    target = running.version.blueprint.stage(ask.to_stage)
    if target.kind is StageKind.WON and record_type.won_by not in ("", ask.via):
        raise ConversionNeeded({"to_stage": ask.to_stage})
    return moved


def request_approval(
    type_key: str, record_id: int, ask: MoveAsk, asked: Approval, *, actor: Actor
) -> Case:
    """Set the sheet's fields, tick its items and ask for the approval that the move waits for.

    Raises ConversionNeeded, and what `process.actions.request_approval` and `change_record` raise.
    """
    record_type = registry.get(type_key)
    running = _locked(record_type, record_id, ask, actor)
    target = next((s for s in running.version.stages if s.key == ask.to_stage), None)
    if target and target.kind is StageKind.WON and record_type.won_by not in ("", ask.via):
        raise ConversionNeeded({"to_stage": ask.to_stage})
    if ask.values:
        records.change_record(
            type_key, record_id, ask.values, expected_version=None, actor=actor, via=ask.via
        )
    for item in ask.ticks:
        process.tick(record_id, item, is_ticked=True, actor=actor)
    move = Ask(
        to_stage=ask.to_stage,
        via=ask.via,
        reason=ask.reason,
        outcome_reason=ask.outcome_reason,
    )
    return process.request_approval(record_type, record_id, move, asked, actor=actor)


def _locked(
    record_type: RecordType,
    record_id: int,
    ask: MoveAsk,
    actor: Actor,
    beside: tuple[str, ...] | None = None,
) -> Running:
    """The record under its lock, within the actor's reach and at the expected version."""
    try:
        running = reading.read_running(
            record_type, record_id, to_stage=ask.to_stage, for_update=True, beside=beside
        )
    except NoProcess:
        locked_row(record_type, record_id, actor=actor, verb=Verb.MOVE)
        raise
    if running.version.blueprint.record_type != record_type.key:
        raise RecordNotFound({"id": record_id})
    require_reach(
        record_type,
        record_id,
        owner_id=running.owner_id,
        unit_id=running.unit_id,
        actor=actor,
        verb=Verb.MOVE,
    )
    if ask.expected_version not in (None, running.row_version):
        told = {"field": "stage", "yours": ask.to_stage, "theirs": running.stage}
        conflict = [told] if ask.to_stage != running.stage else []
        raise EditConflict({"version": running.row_version, "conflict": conflict})
    return running
