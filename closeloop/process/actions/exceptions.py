"""Requests to pass a locked move without some items (例外放行): asked, decided, counted.

The superior of whoever asks decides, or an approval where the process names a flow for it that is
switched on.
"""

from collections.abc import Mapping, Sequence

from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.approvals import actions as approvals
from closeloop.approvals import flows
from closeloop.approvals.actions import NewCase
from closeloop.approvals.models import Ask, Case, CaseState
from closeloop.approvals.outcomes import Outcome
from closeloop.edge import messages
from closeloop.engine.approvals import AskState
from closeloop.engine.blueprint import ItemKind
from closeloop.engine.gates import MissingItem
from closeloop.engine.stages import Blocked
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.process import errors, reading
from closeloop.process.actions import moves
from closeloop.process.models import ExceptionRequest, ExceptionState
from closeloop.process.reading import Running
from closeloop.records.types import RecordType

EXCEPTION = "exception"
_ENDED = {CaseState.REFUSED: ExceptionState.REFUSED, CaseState.RETURNED: ExceptionState.OPEN}
"""What becomes of a request whose case ends without being granted; otherwise it is withdrawn."""


def request_exception(
    record_type: RecordType, record_id: int, *, to_stage: str, reason: str, actor: Actor
) -> ExceptionRequest:
    """Ask to let a move pass without what is missing right now.

    Raises NothingMissing, ExceptionReasonRequired, ExceptionAlreadyOpen, NoSuperior, what
    `advance` would refuse beside the lock, and what `approvals.actions.open_case` raises.
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
    flow = _flow_of(running, to_stage)
    request = ExceptionRequest.objects.create(
        record_id=record_id,
        version_id=running.version.version_id,
        from_stage=running.stage,
        to_stage=to_stage,
        items=[item.item_key for item in lacking],
        missing=[item.as_data() for item in lacking],
        reason=reason,
        requested_by_id=actor.person_id,
        decider_id=None if flow else _superior_of(actor),
    )
    _record("process.exception_requested", request, actor=actor)
    if flow:
        request.case = _open_case(flow, request, running, lacking, actor=actor)
        request.save(update_fields=["case"])
    return request


def decide_exception(
    request_id: int, *, is_granted: bool, note: str, actor: Actor
) -> ExceptionRequest:
    """Grant or refuse; only somebody above the person who asked, never that person.

    Raises ExceptionInApproval, ExceptionDecided and ExceptionNotYours.
    """
    request = _locked(request_id)
    if actor.user_id is None or not org.is_above(actor.user_id, of=request.requested_by_id):
        raise errors.ExceptionNotYours({"id": request_id})
    if request.case_id is not None:
        raise errors.ExceptionInApproval({"case_id": request.case_id})
    if request.state != ExceptionState.OPEN:
        raise errors.ExceptionDecided({"id": request_id, "state": request.state})
    state = ExceptionState.GRANTED if is_granted else ExceptionState.REFUSED
    return _settle(request, state, note=note, actor=actor)


def grant_approved(case: Case, requester: Actor) -> Outcome:
    """Grant the exception whose approval was granted, in the name of who agreed last."""
    request = _locked(int(case.purpose["exception_id"]))
    if request.state != ExceptionState.OPEN:
        raise errors.ExceptionDecided({"id": request.pk, "state": request.state})
    last = (
        Ask.objects.filter(case=case, state=AskState.AGREED)
        .select_related("person")
        .order_by("-ended_at", "-number")
        .first()
    )
    decider = requester if last is None else Actor(user_id=last.person_id, name=last.person.name)
    _settle(request, ExceptionState.GRANTED, note=last.comment if last else "", actor=decider)
    return Outcome({"exception_id": request.pk})


def end_unapproved(case: Case, actor: Actor) -> None:
    """Refuse or withdraw the exception whose approval ended so; returned, it stays open."""
    request = _locked(int(case.purpose["exception_id"]))
    state = _ENDED.get(CaseState(case.state), ExceptionState.WITHDRAWN)
    if request.state != ExceptionState.OPEN or state == ExceptionState.OPEN:
        return
    said = Ask.objects.filter(case=case, state=AskState.REFUSED).order_by("-ended_at").first()
    _settle(request, state, note=said.comment if said else "", actor=actor)


def _flow_of(running: Running, to_stage: str) -> str:
    named = running.version.blueprint.exception_flow_into(to_stage)
    return named if named and flows.find_current(named) else ""


def _superior_of(actor: Actor) -> int:
    superior = org.superior_of(actor.user_id) if actor.user_id else None
    if superior is None:
        raise errors.NoSuperior
    return superior


def _open_case(
    flow: str,
    request: ExceptionRequest,
    running: Running,
    lacking: Sequence[MissingItem],
    *,
    actor: Actor,
) -> Case:
    """The approval of a request; whoever decides reads where to, why, and what is missing."""
    stage = running.version.blueprint.stage(request.to_stage)
    names = "、".join(_said(item.name, actor) for item in lacking)
    lacks = messages.say("exception.lacks", actor.locale, {"items": names})
    title = request.record.title
    return approvals.open_case(
        NewCase(
            flow_key=flow,
            record_id=request.record_id,
            record_type=running.record_type.key,
            title=f"{title} → {_said(stage.name, actor)}",
            purpose={
                "kind": EXCEPTION,
                "exception_id": request.pk,
                "from": request.from_stage,
                "to": request.to_stage,
            },
            comment=f"{request.reason}\n{lacks}",
        ),
        actor=actor,
    )


def _said(words: Mapping[str, str], actor: Actor) -> str:
    return words.get(actor.locale) or words[messages.DEFAULT]


def _locked(request_id: int) -> ExceptionRequest:
    request = (
        ExceptionRequest.objects.select_for_update(of=("self",))
        .select_related("record")
        .filter(pk=request_id)
        .first()
    )
    if request is None:
        raise errors.ExceptionNotFound({"id": request_id})
    return request


def _settle(
    request: ExceptionRequest, state: ExceptionState, *, note: str, actor: Actor
) -> ExceptionRequest:
    request.state = state
    request.decided_by_id = actor.user_id
    request.decided_at = timezone.now()
    request.note = note.strip()
    request.save(update_fields=["state", "decided_by", "decided_at", "note"])
    _record(f"process.exception_{state}", request, actor=actor)
    return request


def _record(verb: str, request: ExceptionRequest, *, actor: Actor) -> None:
    activity.record(
        Happening(
            verb=verb,
            record_id=request.record_id,
            record_type=request.record.type,
            unit_id=request.record.unit_id,
            data={
                "exception_id": request.pk,
                "from": request.from_stage,
                "to": request.to_stage,
                "items": request.items,
                "reason": request.reason,
                "note": request.note,
                "decider_id": request.decider_id,
            },
        ),
        actor=actor,
    )
