"""What a decision of the engine changes in a case's rows, and what is recorded of it.

Rows are made and changed in memory; whoever asks gives them their numbers and writes them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from closeloop.activity.happenings import Happening
from closeloop.approvals import timing
from closeloop.approvals.models import Ask, Case, Copy, Visit
from closeloop.approvals.reading import Held
from closeloop.engine import approvals as engine
from closeloop.engine.approvals import ApproveNode, AskState, CaseState, VisitState

ASKED, ASK_ENDED = "approval.asked", "approval.ask_ended"
_ENDED = {
    CaseState.GRANTED: "approval.granted",
    CaseState.REFUSED: "approval.rejected",
    CaseState.ENDED: "approval.ended",
}


@dataclass
class Changes:
    """Rows of one case that a decision made or changed. `asked` and `ended` are among the asks."""

    new_visits: list[Visit] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    new_asks: list[Ask] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)
    asked: list[Ask] = field(default_factory=list)
    ended: list[Ask] = field(default_factory=list)
    copies: list[Copy] = field(default_factory=list)
    is_ending: bool = False
    """Whether the case stops waiting for anybody, for good or to be mended."""


def changes_to(held: Held, after: engine.Case, *, at: datetime) -> Changes:
    """Bring the rows of the case as it was held to `after`; gives those that are to be written."""
    made = Changes()
    _change_visits(held, after, at, made)
    _change_asks(held, after, at, made)
    known = {(copy.node, copy.person_id) for copy in held.copies}
    made.copies = [
        Copy(case=held.row, node=copy.node, person_id=copy.person)
        for copy in after.copies
        if (copy.node, copy.person) not in known
    ]
    row, before = held.row, held.value
    made.is_ending = after.state is not before.state and after.state is not CaseState.RUNNING
    row.state, row.round, row.reason = after.state.value, after.round, after.reason
    if made.is_ending:
        row.closed_at = at
    elif after.state is CaseState.RUNNING:
        row.closed_at = None
    return made


def happenings_of(held: Held, made: Changes) -> list[Happening]:
    """What is recorded of changes whose rows have their numbers: ends first."""
    found = [*_ends(held, made), *(_ask_of(held, row) for row in made.asked)]
    verb = _ENDED.get(CaseState(held.row.state)) if made.is_ending else None
    if verb is not None:
        found.append(happening(held.row, verb, {"reason": held.row.reason}))
    return found


def happening(row: Case, verb: str, data: Mapping[str, Any]) -> Happening:
    """An entry about a case, on its record where it has one."""
    return Happening(
        verb=verb,
        record_id=row.record_id,
        record_type=row.record_type,
        unit_id=row.unit_id,
        data={"case_id": row.pk, "title": row.title, **data},
    )


def opening_of(held: Held) -> Happening:
    """What is recorded of a case that is opened."""
    row, version = held.row, held.version
    return happening(
        row,
        "approval.opened",
        {
            "flow": version.key,
            "flow_name": dict(version.flow.name),
            "version": version.number,
            "purpose": row.purpose,
            "comment": row.comment,
        },
    )


def answer_of(held: Held, ask: Ask, verb: str, *, by: int | None, **data: Any) -> Happening:
    """What is recorded of somebody's answer to an ask."""
    node = held.version.compiled.nodes[ask.visit.node]
    return happening(
        held.row,
        verb,
        {
            "ask_id": ask.pk,
            "node": node.key,
            "node_name": dict(node.name),
            "person_id": by,
            "on_behalf_of": ask.on_behalf_of_id,
            "requester_id": held.row.requester_id,
            **data,
        },
    )


def _change_visits(held: Held, after: engine.Case, at: datetime, made: Changes) -> None:
    for visit in after.visits:
        old = held.visits.get(visit.number)
        left_at = None if visit.state is VisitState.CURRENT else at
        if old is None:
            row = Visit(
                case=held.row,
                number=visit.number,
                node=visit.node,
                round=visit.round,
                state=visit.state.value,
                is_void=visit.is_void,
                entered_at=at,
                left_at=left_at,
            )
            held.visits[visit.number] = row
            made.new_visits.append(row)
        elif (old.state, old.is_void) != (visit.state.value, visit.is_void):
            old.left_at = old.left_at or left_at
            old.state, old.is_void = visit.state.value, visit.is_void
            made.visits.append(old)


def _change_asks(held: Held, after: engine.Case, at: datetime, made: Changes) -> None:
    for ask in after.asks:
        row = held.asks.get(ask.number)
        was = row.state if row is not None else AskState.PLANNED
        if row is None:
            row = Ask(case=held.row, visit=held.visits[ask.visit], number=ask.number)
            held.asks[ask.number] = row
            made.new_asks.append(row)
        elif _same(row, ask):
            continue
        else:
            made.asks.append(row)
        _set(row, ask)
        if ask.state is AskState.WAITING and was != AskState.WAITING:
            row.asked_at = at
            made.asked.append(row)
        elif was == AskState.WAITING and ask.state is not AskState.WAITING:
            row.ended_at = at
            row.worked_s = timing.worked_s(held.row.unit_id, row.asked_at, at)
            made.ended.append(row)
        elif not ask.state.is_open and row.ended_at is None:
            row.ended_at = at


def _same(row: Ask, ask: engine.Ask) -> bool:
    return (row.state, row.rank, row.person_id, row.on_behalf_of_id) == (
        ask.state.value,
        ask.rank,
        ask.person,
        ask.on_behalf_of,
    )


def _set(row: Ask, ask: engine.Ask) -> None:
    row.slot, row.rank, row.part = ask.slot, ask.rank, ask.part
    row.person_id, row.on_behalf_of_id, row.added_by_id = ask.person, ask.on_behalf_of, ask.added_by
    row.state = ask.state.value


def _ends(held: Held, made: Changes) -> Iterator[Happening]:
    for row in made.ended:
        told = {"ask_id": row.pk, "outcome": row.state, "person_id": row.person_id}
        yield happening(held.row, ASK_ENDED, told)


def _ask_of(held: Held, row: Ask) -> Happening:
    node = held.version.compiled.nodes[row.visit.node]
    return happening(
        held.row,
        ASKED,
        {
            "ask_id": row.pk,
            "node": node.key,
            "node_name": dict(node.name),
            "person_id": row.person_id,
            "policy": (node.policy or None) if isinstance(node, ApproveNode) else None,
            "on_behalf_of": row.on_behalf_of_id,
            "requester_id": held.row.requester_id,
        },
    )
