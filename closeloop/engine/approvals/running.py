"""An approval on its way: from node to node until somebody must answer, and to its end.

Every function takes the case as it is and gives the case as it becomes; nothing is done here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from closeloop.engine.approvals import people
from closeloop.engine.approvals.compiled import CompiledFlow
from closeloop.engine.approvals.model import (
    ApproveNode,
    BranchNode,
    CopyNode,
    EmptyRule,
    Mode,
    OwnRequest,
    Repeats,
    Source,
)
from closeloop.engine.approvals.people import Directory, Seat
from closeloop.engine.approvals.state import (
    Ask,
    AskState,
    Case,
    CaseState,
    Copy,
    Visit,
    VisitState,
)

NOBODY = "nobody_to_ask"


@dataclass(frozen=True, slots=True)
class Around:
    """What a case runs in: the flow, the facts its conditions name, the organisation."""

    flow: CompiledFlow
    facts: Mapping[str, object]
    directory: Directory


def start(case: Case, around: Around) -> Case:
    """Give the case at the first node where somebody must answer, or at its end."""
    return go(case, around.flow.first, around)


def go(case: Case, key: str | None, around: Around) -> Case:
    """Give the case after it has gone on from node `key` (None: behind the last one)."""
    while key is not None:
        node = around.flow.nodes[key]
        if isinstance(node, BranchNode):
            key = around.flow.into(node, around.flow.way(node, around.facts))
            continue
        if isinstance(node, CopyNode):
            case = _tell(case, node, around)
        else:
            case = _enter(case, node, around)
            if case.state is not CaseState.RUNNING or case.current is not None:
                return case
        key = around.flow.after[key]
    return replace(case, state=CaseState.GRANTED)


def settle(case: Case, around: Around) -> Case:
    """Give the case after what its current asks say: on, stopped, or waiting for the next ones."""
    visit = case.current
    if visit is None or case.state is not CaseState.RUNNING:
        return case
    node = around.flow.nodes[visit.node]
    if not isinstance(node, ApproveNode):
        raise TypeError(f"nobody approves at {visit.node}")
    asks = case.asks_of(visit)
    verdict = _verdict(node.mode, asks)
    if verdict is None:
        case = _close_agreed_parts(case, visit) if node.mode is Mode.ONE_EACH else case
        woken = _wake(case, visit, node, around)
        # Waking may pass over people who agreed earlier, so that the verdict is there now.
        return settle(woken, around) if woken != case else case
    if verdict:
        case = leave(case, visit, VisitState.DONE)
        return go(case, around.flow.after[node.key], around)
    return finish(leave(case, visit, VisitState.REFUSED), CaseState.REFUSED)


def leave(case: Case, visit: Visit, state: VisitState) -> Case:
    """Give the case with a visit ended: whoever was still asked in it is asked no more."""
    for ask in case.asks_of(visit):
        if ask.state.is_open:
            case = case.with_ask(replace(ask, state=AskState.CLOSED))
    return case.with_visit(replace(visit, state=state))


def finish(case: Case, state: CaseState, reason: str = "") -> Case:
    """Give the case at its end, or returned; nobody is asked any more."""
    visit = case.current
    if visit is not None:
        case = leave(case, visit, VisitState.CLOSED)
    return replace(case, state=state, reason=reason)


def _tell(case: Case, node: CopyNode, around: Around) -> Case:
    told = people.named_by(node.sources, case, node=node.key, directory=around.directory)
    known = {(copy.node, copy.person) for copy in case.copies}
    fresh = tuple(
        Copy(node.key, person)
        for person in told
        if (node.key, person) not in known and around.directory.is_active(person)
    )
    return replace(case, copies=(*case.copies, *fresh))


def _enter(case: Case, node: ApproveNode, around: Around) -> Case:
    visit = Visit(number=len(case.visits) + 1, node=node.key, round=case.round)
    case = case.with_visit(visit)
    parts = tuple((source,) for source in node.sources)
    seats: dict[int, Seat] = {}
    for part, sources in enumerate(parts if node.mode is Mode.ONE_EACH else (node.sources,)):
        found = _seats_of(case, node, sources, around)
        if found is None:
            case = case.with_visit(replace(visit, state=VisitState.CLOSED))
            return replace(case, state=CaseState.ENDED, reason=NOBODY)
        for seat in found:
            seats.setdefault(seat.person, replace(seat, part=part))
    if not seats:
        return case.with_visit(replace(visit, state=VisitState.SKIPPED))
    return _ask(case, visit, tuple(seats.values()), around)


def _seats_of(
    case: Case, node: ApproveNode, sources: tuple[Source, ...], around: Around
) -> tuple[Seat, ...] | None:
    """Give whom to ask: (): the step passes without anybody, None: nobody is left to ask."""
    directory, own_request = around.directory, around.flow.flow.own_request
    named = people.named_by(sources, case, node=node.key, directory=directory)
    seats = people.seated(named, case, own_request=own_request, directory=directory)
    if seats:
        return seats
    if own_request is OwnRequest.SKIP and named == (case.requester,):
        return ()
    if node.empty is EmptyRule.AGREE:
        return ()
    above = OwnRequest.SUPERIOR
    if node.empty is EmptyRule.PERSONS:
        seats = people.seated(node.empty_persons, case, own_request=above, directory=directory)
    if not seats:
        others = tuple(each for each in directory.administrators() if each != case.requester)
        seats = people.seated(others, case, own_request=above, directory=directory)[:1]
    return seats or None


def _ask(case: Case, visit: Visit, seats: tuple[Seat, ...], around: Around) -> Case:
    agreed = _agreed_before(case, visit, around.flow.flow.repeats)
    first = case.next_ask_number()
    asks = tuple(
        Ask(
            number=first + index,
            visit=visit.number,
            slot=index,
            rank=0,
            part=seat.part,
            person=seat.person,
            on_behalf_of=seat.on_behalf_of,
            state=AskState.REPEATED if seat.person in agreed else AskState.PLANNED,
        )
        for index, seat in enumerate(seats)
    )
    return _settle_entered(replace(case, asks=(*case.asks, *asks)), visit, around)


def _settle_entered(case: Case, visit: Visit, around: Around) -> Case:
    """Like `settle`, but leaves going on to the caller, so that long flows need no deep stack."""
    node = around.flow.nodes[visit.node]
    if not isinstance(node, ApproveNode):
        raise TypeError(f"nobody approves at {visit.node}")
    if _verdict(node.mode, case.asks_of(visit)):
        return leave(case, visit, VisitState.DONE)
    if node.mode is Mode.ONE_EACH:
        case = _close_agreed_parts(case, visit)
    return _wake(case, visit, node, around)


def _agreed_before(case: Case, visit: Visit, repeats: Repeats) -> frozenset[int]:
    """Give who has agreed already, as far as the flow lets that count."""
    if repeats is Repeats.ASK:
        return frozenset()
    earlier = [
        each
        for each in case.visits
        if each.number != visit.number
        and not each.is_void
        and each.round == case.round
        and each.state is VisitState.DONE
    ]
    if repeats is Repeats.CONSECUTIVE:
        earlier = earlier[-1:]
    counted = {each.number for each in earlier}
    good = (AskState.AGREED, AskState.REPEATED)
    return frozenset(ask.person for ask in case.asks if ask.visit in counted and ask.state in good)


def _verdict(mode: Mode, asks: tuple[Ask, ...]) -> bool | None:
    """Give True when the node agrees, False when it refuses, None while it waits."""
    if mode is Mode.ONE_EACH:
        parts = {ask.part for ask in asks}
        each = [_verdict(Mode.ANY, tuple(a for a in asks if a.part == part)) for part in parts]
        return False if False in each else True if all(each) else None
    slots: dict[int, list[Ask]] = {}
    for ask in asks:
        slots.setdefault(ask.slot, []).append(ask)
    found = [_verdict_of_slot(chain) for chain in slots.values()]
    if mode is Mode.ANY:
        if True in found:
            return True
        return False if all(each is False for each in found) else None
    if False in found:
        return False
    return True if all(found) else None


def _close_agreed_parts(case: Case, visit: Visit) -> Case:
    """Ask nobody any more for a part that one of its people has settled."""
    asks = case.asks_of(visit)
    for part in {ask.part for ask in asks}:
        own = tuple(ask for ask in asks if ask.part == part)
        if _verdict(Mode.ANY, own):
            for ask in own:
                if ask.state.is_open:
                    case = case.with_ask(replace(ask, state=AskState.CLOSED))
    return case


def _verdict_of_slot(chain: list[Ask]) -> bool | None:
    states = [ask.state for ask in chain]
    if AskState.REFUSED in states:
        return False
    handed_on = (AskState.TRANSFERRED, AskState.DEFERRED)
    if any(state.is_open for state in states):
        return None
    counted = [state for state in states if state not in handed_on]
    return bool(counted) and all(s in (AskState.AGREED, AskState.REPEATED) for s in counted)


def _wake(case: Case, visit: Visit, node: ApproveNode, around: Around) -> Case:
    """Ask whose turn has come: the first open ask of every slot, or of the first open slot."""
    asks = case.asks_of(visit)
    for slot in sorted({ask.slot for ask in asks}):
        chain = [ask for ask in case.asks_of(visit) if ask.slot == slot]
        opened = [ask for ask in chain if ask.state.is_open]
        if not opened:
            continue
        if opened[0].state is AskState.PLANNED:
            case = _wake_one(case, opened[0], around)
            if case.state is not CaseState.RUNNING:
                return case
        if node.mode is Mode.IN_ORDER:
            return case
    return case


def _wake_one(case: Case, ask: Ask, around: Around) -> Case:
    directory = around.directory
    seat: Seat | None = Seat(ask.person, ask.on_behalf_of)
    if not directory.is_active(ask.person):
        seat = people.in_place_of(ask.person, case, directory)
    elif ask.on_behalf_of is None:
        seat = people.seat_of(
            ask.person, case, own_request=around.flow.flow.own_request, directory=directory
        ) or Seat(ask.person)
    if seat is None:
        return finish(case, CaseState.ENDED, NOBODY)
    return case.with_ask(
        replace(ask, person=seat.person, on_behalf_of=seat.on_behalf_of, state=AskState.WAITING)
    )
