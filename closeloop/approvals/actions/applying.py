"""A decision of the engine becomes rows, entries of the record and notices, in one transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.approvals import flows, forms, outcomes, telling
from closeloop.approvals.errors import ValuesChanged
from closeloop.approvals.models import Ask, Case, Copy, Visit
from closeloop.approvals.reading import Held
from closeloop.edge import work
from closeloop.engine import approvals as engine
from closeloop.engine.approvals import ApproveNode, AskState, CaseState, VisitState
from closeloop.engine.refusals import Refusal
from closeloop.identity.actor import Actor

_ENDED = {
    CaseState.GRANTED: "approval.granted",
    CaseState.REFUSED: "approval.rejected",
    CaseState.ENDED: "approval.ended",
}
_ASK_ENDED = "approval.ask_ended"
_CHANGEABLE = ["state", "rank", "person_id", "on_behalf_of_id", "asked_at", "ended_at"]


def apply(held: Held, after: engine.Case, *, actor: Actor) -> None:
    """Write what has changed between the case as it was held and `after`, and what follows."""
    at = timezone.now()
    row, before = held.row, held.value
    _write_visits(held, after, at)
    happenings = _write_asks(held, after, at)
    copied = _write_copies(held, after)
    is_ending = after.state is not before.state and after.state is not CaseState.RUNNING
    row.state, row.round, row.reason = after.state.value, after.round, after.reason
    row.closed_at = at if is_ending else None if after.state is CaseState.RUNNING else row.closed_at
    row.save(update_fields=["state", "round", "reason", "closed_at"])
    verb = _ENDED.get(after.state) if is_ending else None
    if verb is not None:
        happenings.append(happening(row, verb, {"reason": after.reason}))
    activity.record_all(happenings, actor=actor)
    _tell(held, after, happenings, copied, actor=actor, is_ending=is_ending)
    if is_ending:
        _follow(row, actor)


def record(row: Case, verb: str, data: Mapping[str, Any], *, actor: Actor) -> None:
    """Record one thing about a case."""
    activity.record(happening(row, verb, data), actor=actor)


def happening(row: Case, verb: str, data: Mapping[str, Any]) -> Happening:
    """An entry about a case, on its record where it has one."""
    return Happening(
        verb=verb,
        record_id=row.record_id,
        record_type=row.record_type,
        unit_id=row.unit_id,
        data={"case_id": row.pk, "title": row.title, **data},
    )


def _write_visits(held: Held, after: engine.Case, at: datetime) -> None:
    for visit in after.visits:
        old = held.visits.get(visit.number)
        left_at = None if visit.state is VisitState.CURRENT else at
        if old is None:
            held.visits[visit.number] = Visit.objects.create(
                case=held.row,
                number=visit.number,
                node=visit.node,
                round=visit.round,
                state=visit.state.value,
                is_void=visit.is_void,
                entered_at=at,
                left_at=left_at,
            )
        elif (old.state, old.is_void) != (visit.state.value, visit.is_void):
            old.left_at = old.left_at or left_at
            old.state, old.is_void = visit.state.value, visit.is_void
            old.save(update_fields=["state", "is_void", "left_at"])


def _write_asks(held: Held, after: engine.Case, at: datetime) -> list[Happening]:
    """Write every ask that is new or changed; gives what is to be recorded, ends first."""
    fresh: list[Ask] = []
    changed: list[Ask] = []
    ended: list[Ask] = []
    asked: list[Ask] = []
    for ask in after.asks:
        row = held.asks.get(ask.number)
        was = row.state if row is not None else AskState.PLANNED
        if row is None:
            row = Ask(case=held.row, visit=held.visits[ask.visit], number=ask.number)
            held.asks[ask.number] = row
            fresh.append(row)
        elif _same(row, ask):
            continue
        else:
            changed.append(row)
        _set(row, ask)
        if ask.state is AskState.WAITING and was != AskState.WAITING:
            row.asked_at = at
            asked.append(row)
        elif was == AskState.WAITING and ask.state is not AskState.WAITING:
            row.ended_at = at
            ended.append(row)
        elif not ask.state.is_open and row.ended_at is None:
            row.ended_at = at
    Ask.objects.bulk_create(fresh)
    if changed:
        Ask.objects.bulk_update(changed, _CHANGEABLE)
    return [_end_of(held, row) for row in ended] + [_ask_of(held, row) for row in asked]


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


def _end_of(held: Held, row: Ask) -> Happening:
    return happening(
        held.row,
        _ASK_ENDED,
        {"ask_id": row.pk, "outcome": row.state, "person_id": row.person_id},
    )


def _ask_of(held: Held, row: Ask) -> Happening:
    node = held.version.compiled.nodes[row.visit.node]
    return happening(
        held.row,
        "approval.asked",
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


def _write_copies(held: Held, after: engine.Case) -> list[Copy]:
    known = {(copy.node, copy.person_id) for copy in held.copies}
    fresh = [
        Copy(case=held.row, node=copy.node, person_id=copy.person)
        for copy in after.copies
        if (copy.node, copy.person) not in known
    ]
    return Copy.objects.bulk_create(fresh)


def _tell(
    held: Held,
    after: engine.Case,
    happenings: list[Happening],
    copied: list[Copy],
    *,
    actor: Actor,
    is_ending: bool,
) -> None:
    row = held.row
    for each in happenings:
        if each.verb == "approval.asked":
            ask_id, person = each.data["ask_id"], each.data["person_id"]
            data = {"node": each.data["node_name"]}
            telling.tell(row, telling.ASKED, [person], key=f"ask:{ask_id}", actor=actor, data=data)
    for copy in copied:
        key = f"approval_copy:{copy.pk}"
        telling.tell(row, telling.COPIED, [copy.person_id], key=key, actor=actor)
    if is_ending:
        event = telling.RETURNED if after.state is CaseState.RETURNED else telling.DECIDED
        asked = [each.data["person_id"] for each in happenings if each.verb == _ASK_ENDED]
        telling.tell(
            row,
            event,
            asked if after.state is CaseState.WITHDRAWN else [row.requester_id],
            key=f"approval_end:{row.pk}:{after.state.value}:{after.round}",
            actor=actor,
            data={"result": telling.RESULTS[after.state.value]},
        )


def _follow(row: Case, actor: Actor) -> None:
    """What follows from the end of a case: what was granted is done, at once and as its asker."""
    purpose = outcomes.purposes.get(row.purpose_kind)
    if purpose is None:
        return
    if row.state != CaseState.GRANTED:
        purpose.settle(row, actor)
        return
    requester = Actor(
        user_id=row.requester_id, name=row.requester.name, locale=row.requester.locale
    )
    try:
        with transaction.atomic():
            _require_unchanged(row)
            outcome = purpose.carry_out(row, requester)
    except Refusal as refusal:
        work.settle(refusal)
        row.carried_out, row.outcome_code, row.outcome = False, refusal.code, refusal.data
        row.is_stale = isinstance(refusal, ValuesChanged)
        verb = "approval.not_carried_out"
    else:
        row.carried_out, row.outcome_code, row.outcome = True, "", dict(outcome.data)
        verb = "approval.carried_out"
    row.save(update_fields=["carried_out", "outcome_code", "outcome", "is_stale"])
    activity.record(happening(row, verb, {"code": row.outcome_code}), actor=actor)
    if not row.carried_out:
        telling.tell(
            row,
            telling.NOT_CARRIED_OUT,
            [row.requester_id],
            key=f"approval_not_carried_out:{row.pk}",
            actor=actor,
        )


def _require_unchanged(row: Case) -> None:
    flow = flows.loaded(row.version_id).flow
    changed = forms.changed_since(flow, row.form, row.record_id)
    if changed:
        raise ValuesChanged({"fields": changed})
