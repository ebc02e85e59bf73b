"""A case as people see it: its card in a list, and its page with form, path and what one may do."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from closeloop.approvals import forms, outcomes, reading
from closeloop.approvals.documents import ABOUT
from closeloop.approvals.models import Ask, AskFile, Case, Step, StepFile, StepKind
from closeloop.approvals.organisation import Organisation
from closeloop.approvals.reading import Held
from closeloop.engine import approvals as engine
from closeloop.engine.approvals import (
    ApproveNode,
    AskState,
    CaseState,
    FieldAccess,
    VisitState,
)
from closeloop.fields import queries as fields
from closeloop.identity import queries as identity
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.records import queries as records
from closeloop.sla import queries as clock_queries
from closeloop.sla.queries import ClockBrief

LINES_OF_A_CARD = 4
Clocks = Mapping[int, ClockBrief]


def person_of(user: Any) -> dict[str, Any] | None:
    """A person by id and name."""
    return None if user is None else {"id": user.pk, "name": user.name}


def briefs(cases: Iterable[Case], actor: Actor) -> list[dict[str, Any]]:
    """The cards of a list."""
    held = [reading.hold(case) for case in cases]
    clocks = _clocks(held)
    found = [_brief(each, actor, clocks) for each in held]
    _name_references([row for brief in found for row in brief["summary"]], actor)
    return found


def case_page(case: Case, actor: Actor) -> dict[str, Any]:
    """A case in full."""
    held = reading.hold(case)
    own, clocks = _own_ask(held, actor), _clocks([held])
    steps = case.steps.all()
    brief, form = _brief(held, actor, clocks), _form(held, actor, own)
    _name_references([*brief["summary"], *form], actor)
    return {
        **brief,
        "version": held.version.number,
        "comment": case.comment,
        "files": [row for step in steps if step.kind == StepKind.OPEN for row in _step_files(step)],
        "purpose": {"kind": case.purpose_kind, **case.purpose},
        "round": case.round,
        "reason": case.reason,
        "form": form,
        "is_by_hand": case.purpose_kind == outcomes.PLAIN and not case.is_imported,
        "nodes": _nodes(held, clocks),
        "steps": [_step_row(step) for step in steps if step.kind != StepKind.OPEN],
        "my": {"ask_id": own.pk if own else None, "actions": _actions(held, own, actor)},
        "passed_nodes": _passed(held),
        "outcome": _outcome(case),
        "copies": [
            {"person": person_of(copy.person), "node": copy.node, "at": copy.at,
             "seen_at": copy.seen_at}
            for copy in held.copies
        ],
    }  # fmt: skip


def path_of(held: engine.Case, version: engine.CompiledFlow) -> list[dict[str, Any]]:
    """The way that a case took, or would take: its nodes in order, with the people of each."""
    people: set[int] = {ask.person for ask in held.asks} | {copy.person for copy in held.copies}
    people |= {ask.on_behalf_of for ask in held.asks if ask.on_behalf_of is not None}
    names = identity.names_of(people)
    rows = []
    for visit in held.visits:
        node = version.nodes[visit.node]
        rows.append(
            {
                "key": node.key,
                "name": dict(node.name),
                "kind": node.kind.value,
                "mode": node.mode.value if isinstance(node, ApproveNode) else None,
                "is_skipped": visit.state is VisitState.SKIPPED,
                "people": [
                    {
                        "person": {"id": ask.person, "name": names.get(ask.person, "")},
                        "on_behalf_of": None
                        if ask.on_behalf_of is None
                        else {"id": ask.on_behalf_of, "name": names.get(ask.on_behalf_of, "")},
                        "is_repeated": ask.state is AskState.REPEATED,
                    }
                    for ask in held.asks_of(visit)
                ],
            }
        )
    for copy in held.copies:
        node = version.nodes[copy.node]
        rows.append(
            {
                "key": node.key,
                "name": dict(node.name),
                "kind": node.kind.value,
                "mode": None,
                "is_skipped": False,
                "people": [
                    {
                        "person": {"id": copy.person, "name": names.get(copy.person, "")},
                        "on_behalf_of": None,
                        "is_repeated": False,
                    }
                ],
            }
        )
    order = {key: place for place, key in enumerate(version.nodes)}
    return sorted(rows, key=lambda row: order[row["key"]])


def _brief(held: Held, actor: Actor, clocks: Clocks) -> dict[str, Any]:
    case, own = held.row, _own_ask(held, actor)
    current = held.value.current
    node = held.version.compiled.nodes[current.node] if current else None
    waiting = [held.asks[ask.number] for ask in held.value.waiting()]
    return {
        "id": case.pk,
        "flow": {"key": held.version.key, "name": dict(held.version.flow.name)},
        "title": case.title,
        "state": case.state,
        "purpose_kind": case.purpose_kind,
        "requester": person_of(case.requester),
        "record": None
        if case.record is None
        else {"id": case.record.pk, "type": case.record.type, "title": case.record.title},
        "opened_at": case.opened_at,
        "closed_at": case.closed_at,
        "node": dict(node.name) if node else None,
        "waiting_for": [person_of(ask.person) for ask in waiting],
        "asked_at": own.asked_at
        if own
        else min((each.asked_at for each in waiting if each.asked_at), default=None),
        "is_seen": own is None or own.seen_at is not None,
        "on_behalf_of": person_of(own.on_behalf_of) if own else None,
        "my_ask_id": own.pk if own else None,
        "clock": _clock(own or (waiting[0] if waiting else None), clocks),
        "can_batch": bool(own) and held.version.flow.is_batchable,
        "summary": _form(held, actor, own)[:LINES_OF_A_CARD],
    }


def _own_ask(held: Held, actor: Actor) -> Ask | None:
    for ask in held.value.waiting():
        if ask.person == actor.user_id:
            return held.asks[ask.number]
    return None


def _form(held: Held, actor: Actor, own: Ask | None) -> list[dict[str, Any]]:
    flow, case = held.version.flow, held.row
    access: Mapping[str, FieldAccess] = {}
    asked = [ask for ask in held.asks.values() if actor.user_id in (ask.person_id,)]
    if asked:
        node = held.version.compiled.nodes[(own or asked[-1]).visit.node]
        access = node.fields if isinstance(node, ApproveNode) else {}
    if own is None:
        access = {
            key: FieldAccess.READ if given is FieldAccess.EDIT else given
            for key, given in access.items()
        }
    hidden = fields.hidden_from(flow.record_type, org.access_of(actor)) if flow.record_type else ()
    return forms.rows(flow, case.form, access=access, hidden=frozenset(hidden))


def _name_references(rows: Iterable[dict[str, Any]], actor: Actor) -> None:
    """Have lines that name a record or a person say what it is called, if the reader may know."""
    named = [row for row in rows if row["type"] in ("record", "person") and row["value"]]
    if not named:
        return
    record_ids = {int(row["value"]) for row in named if row["type"] == "record"}
    shown = records.visible_among(record_ids, actor=actor) if record_ids else {}
    people = {int(row["value"]) for row in named if row["type"] == "person"}
    names = identity.names_of(people) if people else {}
    for row in named:
        key = int(row["value"])
        record = shown.get(key)
        title = names.get(key, "") if row["type"] == "person" else record.title if record else ""
        if title:
            row["label"] = {"zh-CN": title, "en-US": title}


def _nodes(held: Held, clocks: Clocks) -> list[dict[str, Any]]:
    """Every visit in order, then what lies ahead if everybody agrees."""
    rows = [_visit_row(held, visit, clocks) for visit in held.value.visits]
    if held.value.state is CaseState.RUNNING:
        around = reading.around_of(
            held.version,
            requester_id=held.row.requester_id,
            record_id=held.row.record_id,
            form=held.row.form,
            organisation=Organisation(timezone.now()),
        )
        ahead = engine.rehearse(held.value, around)
        known = len(held.value.visits)
        names = identity.names_of(
            {ask.person for ask in ahead.asks} | {ask.on_behalf_of or 0 for ask in ahead.asks}
        )
        rows += [_ahead_row(held, ahead, visit, names) for visit in ahead.visits[known:]]
    return rows


def _visit_row(held: Held, visit: engine.Visit, clocks: Clocks) -> dict[str, Any]:
    row = held.visits[visit.number]
    return {
        **_node_row(held, visit),
        "state": visit.state.value,
        "is_void": visit.is_void,
        "entered_at": row.entered_at,
        "left_at": row.left_at,
        "asks": [_ask_row(held.asks[ask.number], clocks) for ask in held.value.asks_of(visit)],
    }


def _ahead_row(
    held: Held, ahead: engine.Case, visit: engine.Visit, names: Mapping[int, str]
) -> dict[str, Any]:
    asks: list[dict[str, Any]] = []
    for ask in ahead.asks_of(visit):
        away = ask.on_behalf_of
        asks.append(
            {
                "id": None,
                "person": {"id": ask.person, "name": names.get(ask.person, "")},
                "on_behalf_of": None if away is None else {"id": away, "name": names.get(away, "")},
                "added_by": None,
                "state": "planned",
                "asked_at": None,
                "seen_at": None,
                "ended_at": None,
                "comment": "",
                "files": [],
                "clock": None,
            }
        )
    return {
        **_node_row(held, visit),
        "state": "ahead",
        "is_void": False,
        "entered_at": None,
        "left_at": None,
        "asks": asks,
    }


def _node_row(held: Held, visit: engine.Visit) -> dict[str, Any]:
    node = held.version.compiled.nodes[visit.node]
    return {
        "key": node.key,
        "name": dict(node.name),
        "kind": node.kind.value,
        "mode": node.mode.value if isinstance(node, ApproveNode) else None,
        "round": visit.round,
    }


def _ask_row(ask: Ask, clocks: Clocks) -> dict[str, Any]:
    return {
        "id": ask.pk,
        "person": person_of(ask.person),
        "on_behalf_of": person_of(ask.on_behalf_of),
        "added_by": ask.added_by_id,
        "state": ask.state,
        "asked_at": ask.asked_at,
        "seen_at": ask.seen_at,
        "ended_at": ask.ended_at,
        "comment": ask.comment,
        "files": _file_rows(ask.case_id, ask.files.all()),
        "clock": _clock(ask, clocks),
    }


def _step_row(step: Step) -> dict[str, Any]:
    return {
        "kind": step.kind,
        "person": person_of(step.person),
        "at": step.at,
        "comment": step.comment,
        "files": _step_files(step),
    }


def _step_files(step: Step) -> list[dict[str, Any]]:
    return _file_rows(step.case_id, step.files.all())


def _file_rows(case_id: int, files: Iterable[AskFile | StepFile]) -> list[dict[str, Any]]:
    return [
        {
            "id": file.attachment_id,
            "name": file.attachment.name,
            "url": f"/api/approvals/{case_id}/files/{file.attachment_id}/content",
        }
        for file in files
    ]


def _clocks(cases: Iterable[Held]) -> Clocks:
    return clock_queries.clocks_about(ABOUT, [ask.pk for h in cases for ask in h.asks.values()])


def _clock(ask: Ask | None, clocks: Clocks) -> dict[str, Any] | None:
    clock = clocks.get(ask.pk) if ask is not None else None
    if clock is None:
        return None
    return {
        "id": clock.id,
        "due_at": clock.due_at,
        "state": clock.state,
        "is_late": clock.is_late,
        "is_red": clock.is_red,
    }


def _passed(held: Held) -> list[dict[str, Any]]:
    if held.value.state is not CaseState.RUNNING:
        return []
    nodes = held.version.compiled.nodes
    return [{"key": k, "name": dict(nodes[k].name)} for k in engine.passed_nodes(held.value)]


def _actions(held: Held, own: Ask | None, actor: Actor) -> list[str]:
    found: list[str] = []
    if own is not None and held.value.state is CaseState.RUNNING:
        node = held.version.compiled.nodes[own.visit.node]
        rights = node.rights if isinstance(node, ApproveNode) else frozenset()
        found = ["agree", *(right.value for right in engine.Right if right in rights)]
    if reading.asks_below(held, actor):
        found += ["take_over", "urge"]
    if held.row.requester_id == actor.user_id:
        if held.value.state is CaseState.RETURNED:
            found += ["resubmit", "withdraw"]
        if held.value.state is CaseState.RUNNING:
            found += ["withdraw", "urge"]
    return found


def _outcome(case: Case) -> dict[str, Any] | None:
    if case.carried_out is None:
        return None
    return {"carried_out": case.carried_out, "code": case.outcome_code, "data": case.outcome}
