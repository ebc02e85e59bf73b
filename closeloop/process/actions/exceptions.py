"""Requests to pass a locked move without some items (例外放行): asked, decided, counted."""

from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.engine.blueprint import ItemKind
from closeloop.engine.stages import Blocked
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.process import errors, reading
from closeloop.process.actions import moves
from closeloop.process.models import ExceptionRequest, ExceptionState
from closeloop.records.types import RecordType


def request_exception(
    record_type: RecordType, record_id: int, *, to_stage: str, reason: str, actor: Actor
) -> ExceptionRequest:
    """Ask a superior to let a move pass without what is missing right now.

    Raises NothingMissing, ExceptionReasonRequired, ExceptionAlreadyOpen, NoSuperior, or what
    `advance` would refuse beside the lock.
    """
    reason = reason.strip()
    if not reason:
        raise errors.ExceptionReasonRequired
    running = reading.read_running(record_type, record_id, to_stage=to_stage, for_update=True)
    decision = moves.decide_with_reasons(running, to_stage=to_stage, reason=reason)
    if not isinstance(decision, Blocked):
        raise errors.NothingMissing({"to_stage": to_stage})
    lacking = [item for item in decision.missing if item.kind is not ItemKind.APPROVAL]
    if not lacking:
        raise errors.ApprovalInstead({"to_stage": to_stage})
    if ExceptionRequest.objects.filter(
        record_id=record_id, to_stage=to_stage, state=ExceptionState.OPEN
    ).exists():
        raise errors.ExceptionAlreadyOpen({"to_stage": to_stage})
    decider = org.superior_of(actor.user_id) if actor.user_id else None
    if decider is None:
        raise errors.NoSuperior
    request = ExceptionRequest.objects.create(
        record_id=record_id,
        version_id=running.version.version_id,
        from_stage=running.stage,
        to_stage=to_stage,
        items=[item.item_key for item in lacking],
        missing=[item.as_data() for item in lacking],
        reason=reason,
        requested_by_id=actor.person_id,
        decider_id=decider,
    )
    _record("process.exception_requested", request, running, actor)
    return request


def decide_exception(
    request_id: int, *, is_granted: bool, note: str, actor: Actor
) -> ExceptionRequest:
    """Grant or refuse; only somebody above the person who asked, never that person.

    Raises ExceptionDecided and ExceptionNotYours.
    """
    request = (
        ExceptionRequest.objects.select_for_update(of=("self",))
        .select_related("record")
        .filter(pk=request_id)
        .first()
    )
    if request is None:
        raise errors.ExceptionNotFound({"id": request_id})
    if actor.user_id is None or not org.is_above(actor.user_id, of=request.requested_by_id):
        raise errors.ExceptionNotYours({"id": request_id})
    if request.state != ExceptionState.OPEN:
        raise errors.ExceptionDecided({"id": request_id, "state": request.state})
    request.state = ExceptionState.GRANTED if is_granted else ExceptionState.REFUSED
    request.decided_by_id = actor.user_id
    request.decided_at = timezone.now()
    request.note = note.strip()
    request.save(update_fields=["state", "decided_by", "decided_at", "note"])
    verb = "process.exception_granted" if is_granted else "process.exception_refused"
    activity.record(
        Happening(
            verb=verb,
            record_id=request.record_id,
            record_type=request.record.type,
            unit_id=request.record.unit_id,
            data=_facts_of(request),
        ),
        actor=actor,
    )
    return request


def _record(verb: str, request: ExceptionRequest, running: reading.Running, actor: Actor) -> None:
    activity.record(
        Happening(
            verb=verb,
            record_id=request.record_id,
            record_type=running.record_type.key,
            unit_id=running.unit_id,
            data=_facts_of(request),
        ),
        actor=actor,
    )


def _facts_of(request: ExceptionRequest) -> dict[str, object]:
    return {
        "exception_id": request.pk,
        "from": request.from_stage,
        "to": request.to_stage,
        "items": request.items,
        "reason": request.reason,
        "note": request.note,
        "decider_id": request.decider_id,
    }
