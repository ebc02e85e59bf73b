"""What people do with an approval; each function gives the case as it becomes, or refuses."""

from __future__ import annotations

from dataclasses import replace

from closeloop.engine.approvals import people, running
from closeloop.engine.approvals.model import ApproveNode, OwnRequest, Right
from closeloop.engine.approvals.refusals import (
    AskAnswered,
    CaseClosed,
    NodeNotPassed,
    NotAsked,
    NotReturned,
    RightMissing,
    SignerNotPossible,
)
from closeloop.engine.approvals.running import Around
from closeloop.engine.approvals.state import Ask, AskState, Case, CaseState, Visit, VisitState


def ask_for(case: Case, person: int, number: int | None = None) -> Ask:
    """Give the ask that a person may answer now.

    Raises CaseClosed, AskAnswered where they were asked and it is over, NotAsked otherwise.
    """
    own = [ask for ask in case.asks if ask.person == person and number in (None, ask.number)]
    waiting = [ask for ask in own if ask.state is AskState.WAITING]
    if waiting and case.state is CaseState.RUNNING:
        return waiting[0]
    if not own:
        raise NotAsked
    if case.state is not CaseState.RUNNING:
        raise CaseClosed({"state": case.state.value})
    raise AskAnswered({"state": own[-1].state.value})


def agree(case: Case, ask: Ask, around: Around) -> Case:
    """The person agrees."""
    return running.settle(case.with_ask(replace(ask, state=AskState.AGREED)), around)


def refuse(case: Case, ask: Ask, around: Around) -> Case:
    """The person refuses. Raises RightMissing."""
    _require(case, ask, Right.REFUSE, around)
    return running.settle(case.with_ask(replace(ask, state=AskState.REFUSED)), around)


def send_back(case: Case, ask: Ask, around: Around, *, to_node: str | None = None) -> Case:
    """Return it to the requester, or to a node that it has passed; what was agreed since is void.

    Raises RightMissing and NodeNotPassed.
    """
    visit = _require(case, ask, Right.RETURN, around)
    allowed = passed_nodes(case)
    if to_node is not None and to_node not in allowed:
        raise NodeNotPassed({"to_node": to_node, "allowed": list(allowed)})
    case = case.with_ask(replace(ask, state=AskState.RETURNED))
    case = running.leave(case, visit, VisitState.RETURNED)
    if to_node is None:
        return replace(case, state=CaseState.RETURNED)
    target = next(each.number for each in _counted(case) if each.node == to_node)
    voided = tuple(
        replace(each, is_void=True) if each.number >= target else each for each in case.visits
    )
    return running.go(replace(case, visits=voided), to_node, around)


def passed_nodes(case: Case) -> tuple[str, ...]:
    """Give the approver nodes that the case has passed in this round, in order, each once."""
    current = case.current
    found = {
        each.node: None
        for each in _counted(case)
        if each.state is VisitState.DONE and (current is None or each.node != current.node)
    }
    return tuple(found)


def transfer(case: Case, ask: Ask, around: Around, *, to: int) -> Case:
    """Hand the ask to somebody else for good. Raises RightMissing and SignerNotPossible."""
    _require(case, ask, Right.TRANSFER, around)
    seat = _newcomer(case, ask, to, around)
    return reassign(case, ask, around, to=seat.person, on_behalf_of=seat.on_behalf_of)


def reassign(
    case: Case, ask: Ask, around: Around, *, to: int, on_behalf_of: int | None = None
) -> Case:
    """Give an open ask to somebody else, without asking whether the person may."""
    was_waiting = ask.state is AskState.WAITING
    heir = Ask(
        number=case.next_ask_number(),
        visit=ask.visit,
        slot=ask.slot,
        rank=ask.rank,
        part=ask.part,
        person=to,
        on_behalf_of=on_behalf_of,
        added_by=ask.person,
        state=AskState.PLANNED,
    )
    case = case.with_ask(replace(ask, state=AskState.TRANSFERRED)).with_ask(heir)
    return running.settle(case, around) if was_waiting else case


def add_signer(case: Case, ask: Ask, around: Around, *, person: int, is_before: bool) -> Case:
    """Have somebody sign before oneself (and be asked again), or after.

    Raises RightMissing and SignerNotPossible.
    """
    visit = _require(case, ask, Right.ADD_SIGNER, around)
    seat = _newcomer(case, ask, person, around)
    case = _make_room(case, visit, ask)
    number = case.next_ask_number()
    signer = Ask(
        number=number,
        visit=ask.visit,
        slot=ask.slot,
        rank=ask.rank + 1,
        part=ask.part,
        person=seat.person,
        on_behalf_of=seat.on_behalf_of,
        added_by=ask.person,
    )
    case = case.with_ask(signer)
    if not is_before:
        return case
    again = replace(ask, number=number + 1, rank=ask.rank + 2, state=AskState.PLANNED)
    case = case.with_ask(again).with_ask(replace(ask, state=AskState.DEFERRED))
    return running.settle(case, around)


def withdraw(case: Case, person: int) -> Case:
    """The requester takes it back. Raises NotAsked and CaseClosed."""
    if person != case.requester:
        raise NotAsked
    if case.state.is_final:
        raise CaseClosed({"state": case.state.value})
    return running.finish(case, CaseState.WITHDRAWN)


def resubmit(case: Case, person: int, around: Around) -> Case:
    """The requester sends again what was returned: a new round from the beginning.

    Raises NotAsked and NotReturned.
    """
    if person != case.requester:
        raise NotAsked
    if case.state is not CaseState.RETURNED:
        raise NotReturned({"state": case.state.value})
    visits = tuple(replace(each, is_void=True) for each in case.visits)
    fresh = replace(case, state=CaseState.RUNNING, round=case.round + 1, visits=visits)
    return running.start(fresh, around)


def end(case: Case, reason: str) -> Case:
    """Stop without a decision. Raises CaseClosed."""
    if case.state.is_final:
        raise CaseClosed({"state": case.state.value})
    return running.finish(case, CaseState.ENDED, reason)


def rights_of(case: Case, ask: Ask, around: Around) -> frozenset[Right]:
    """Give what the person may do beside agreeing."""
    node = around.flow.nodes[_visit_of(case, ask).node]
    return node.rights if isinstance(node, ApproveNode) else frozenset()


def rehearse(case: Case, around: Around) -> Case:
    """Give the case as it would end if everybody who is asked agreed: the way ahead."""
    while case.state is CaseState.RUNNING and (waiting := case.waiting()):
        case = agree(case, waiting[0], around)
    return case


def _require(case: Case, ask: Ask, right: Right, around: Around) -> Visit:
    visit = _visit_of(case, ask)
    if right not in rights_of(case, ask, around):
        raise RightMissing({"right": right.value, "node": visit.node})
    return visit


def _newcomer(case: Case, ask: Ask, person: int, around: Around) -> people.Seat:
    """Who is really asked when somebody brings in `person`."""
    present = {each.person for each in case.asks_of(_visit_of(case, ask)) if each.state.is_open}
    seat = None
    why = "requester" if person == case.requester else "asked_already"
    if person not in present and person != case.requester:
        seat = people.seat_of(
            person, case, own_request=OwnRequest.SUPERIOR, directory=around.directory
        )
        why = "asked_already" if seat is not None and seat.person in present else "not_active"
    if seat is None or seat.person in present:
        raise SignerNotPossible({"person": person, "why": why})
    return seat


def _make_room(case: Case, visit: Visit, ask: Ask) -> Case:
    """Move what follows an ask in its slot two places on."""
    for each in case.asks_of(visit):
        if each.slot == ask.slot and each.rank > ask.rank:
            case = case.with_ask(replace(each, rank=each.rank + 2))
    return case


def _counted(case: Case) -> list[Visit]:
    return [each for each in case.visits if not each.is_void and each.round == case.round]


def _visit_of(case: Case, ask: Ask) -> Visit:
    return next(each for each in case.visits if each.number == ask.visit)
