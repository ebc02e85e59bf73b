"""Handing cases on: by hand, by a step of their clock, when somebody leaves."""

from django.utils import timezone

from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.sla import actions as sla
from closeloop.support import errors, queries
from closeloop.support.actions import turning
from closeloop.support.actions.opening import ASKED
from closeloop.support.models import Case, CaseState


def reassign_case(
    case_id: int, *, to_id: int, note: str = "", version: int | None = None, actor: Actor
) -> Case:
    """Give an open case to somebody else, with its clock; the time goes on as it was.

    Raises CaseNotFound, EditConflict, CaseNotYours, CaseMovedOn, CaseInvalid.
    """
    case = turning.locked(case_id, version=version)
    if not queries.may_answer(case, actor=actor):
        raise errors.CaseNotYours({"id": case_id})
    turning.require_state(case, CaseState.OPEN)
    is_there = User.objects.filter(pk=to_id, is_active=True).exists()
    if not is_there or to_id == case.requester_id:
        code = "asks_for_it" if is_there else "unknown_choice"
        raise errors.CaseInvalid({"errors": [{"field": "owner_id", "code": code}]})
    if to_id != case.owner_id:
        _give([case], to_id, by="hand", note=note.strip(), actor=actor)
    return case


def reassign_by_clock(case_id: int, to_id: int, actor: Actor) -> None:
    """Give an open case to whom a step of its clock names."""
    case = turning.locked(case_id)
    if case.state == CaseState.OPEN and to_id not in (case.owner_id, case.requester_id):
        _give([case], to_id, by="clock", note="", actor=actor)


def lock_case(case_id: int) -> None:
    """Hold a case before a step of its clock hands it on."""
    Case.objects.select_for_update(no_key=True).filter(pk=case_id).first()


def reassign_cases(from_id: int, to_id: int, *, actor: Actor) -> int:
    """Give all open cases of somebody to somebody else; gives how many there were."""
    held = Case.objects.filter(owner_id=from_id, state=CaseState.OPEN)
    cases = list(
        held.select_for_update(of=("self",), no_key=True)
        .select_related("record", "customer", "requester")
        .order_by("pk")
    )
    _give(cases, to_id, by="leaving", note="", actor=actor)
    return len(cases)


def _give(cases: list[Case], to_id: int, *, by: str, note: str, actor: Actor) -> None:
    now = timezone.now()
    for case in cases:
        before = case.owner_id
        case.owner_id = to_id
        case.why = {"by": by, "from": before}
        turning.save(case, "owner", "why")
        turning.note("assigned", case, at=now, actor=actor, to=to_id, text=note)
        turning.record(
            "support.assigned", case, at=None, actor=actor, from_owner=before, to_owner=to_id
        )
        turning.tell(ASKED, case, [to_id], actor=actor)
    sla.give_clocks(turning.ABOUT, [case.pk for case in cases], to_id)
