"""Moves that wait for an approval: asking for it, and making the move once it is granted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from closeloop.approvals import actions as approvals
from closeloop.approvals.actions import NewCase
from closeloop.approvals.models import Case
from closeloop.approvals.outcomes import Outcome
from closeloop.engine.blueprint import ItemKind
from closeloop.engine.facts import move_key
from closeloop.engine.stages import Allowed, Blocked
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import NotAllowed, Verb
from closeloop.process import errors, reading
from closeloop.process.actions import moves
from closeloop.process.actions.moves import Ask
from closeloop.records.queries import RecordRemoved
from closeloop.records.types import RecordType, registry

MOVE = "move"


@dataclass(frozen=True)
class Approval:
    """What is said with the request: a remark, people chosen by node, lines of the form, files."""

    comment: str = ""
    chosen: Mapping[str, list[int]] = field(default_factory=dict)
    form: Mapping[str, Any] = field(default_factory=dict)
    file_ids: Sequence[int] = ()


def request_approval(
    record_type: RecordType, record_id: int, ask: Ask, asked: Approval, *, actor: Actor
) -> Case:
    """Ask for the first approval that a move still waits for; everything else must be there.

    Raises StageLocked with every missing item, ApprovalNotNeeded, what `advance` refuses beside
    the lock, and what `approvals.actions.open_case` raises.
    """
    running = reading.read_running(record_type, record_id, to_stage=ask.to_stage, for_update=True)
    if running.is_removed:
        raise RecordRemoved({"id": record_id})
    decision = moves.decide(running, ask)
    if isinstance(decision, Allowed):
        raise errors.ApprovalNotNeeded({"to_stage": ask.to_stage})
    if not (isinstance(decision, Blocked) and decision.needs_approval):
        raise moves.refused(running, ask, decision.as_refusal(), actor=actor)
    wanted = next(item for item in decision.missing if item.kind is ItemKind.APPROVAL)
    return approvals.open_case(
        NewCase(
            flow_key=str(wanted.what.expected),
            record_id=record_id,
            record_type=record_type.key,
            purpose={
                "kind": MOVE,
                "from": running.stage,
                "to": ask.to_stage,
                "move": move_key(running.stage, ask.to_stage),
                "version": running.version.number,
                "version_id": running.version.version_id,
                "reason": ask.reason,
                "outcome_reason": ask.outcome_reason,
            },
            chosen=asked.chosen,
            form=asked.form,
            comment=asked.comment,
            file_ids=asked.file_ids,
        ),
        actor=actor,
    )


def lock_move(case: Case) -> None:
    """Lock what the granted move will write, before the case is locked."""
    if case.record_id is not None:
        reading.lock_whole(registry.get(case.record_type), case.record_id)


def carry_out_move(case: Case, actor: Actor) -> Outcome:
    """Make the move that was granted, as the requester.

    Raises ApprovalOvertaken, NotAllowed, and whatever `advance` raises where the gate no longer
    holds.
    """
    record_type, purpose = registry.get(case.record_type), case.purpose
    record_id = case.record_id or 0
    running = reading.read_running(record_type, record_id, to_stage=purpose["to"], for_update=True)
    if (running.stage, running.version.version_id) != (purpose["from"], case.move_version):
        raise errors.ApprovalOvertaken({"from_stage": purpose["from"], "stage": running.stage})
    reach = org.access_of(actor).reach(record_type.key, Verb.MOVE)
    if not reach.covers(owner_id=running.owner_id, unit_id=running.unit_id):
        raise NotAllowed({"permission": f"record:{Verb.MOVE}:{record_type.key}"})
    moved = moves.advance_running(
        running,
        Ask(
            to_stage=purpose["to"],
            via="approval",
            reason=purpose.get("reason"),
            outcome_reason=purpose.get("outcome_reason"),
        ),
        actor=actor,
    )
    return Outcome({"from": moved.from_stage, "to": moved.to_stage})
