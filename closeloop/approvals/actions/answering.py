"""What people do with a case. Each locks its row first, so that answers come one after another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.approvals import changes, errors, forms, outcomes, queries, reading, telling
from closeloop.approvals.actions import applying, keeping
from closeloop.approvals.models import Case, StepKind
from closeloop.approvals.reading import Held
from closeloop.engine import approvals as engine
from closeloop.engine.approvals import ApproveNode, Around, AskState, CaseState
from closeloop.engine.approvals.refusals import CaseClosed
from closeloop.identity.actor import Actor

URGED_AGAIN_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Answer:
    """What somebody says with an answer. `ask_id` names the ask that they saw on their screen."""

    comment: str = ""
    ask_id: int | None = None
    form: Mapping[str, Any] = field(default_factory=dict)
    file_ids: Sequence[int] = ()


Decide = Callable[[engine.Case, engine.Ask, Around], engine.Case]


def agree(case_id: int, answer: Answer, *, actor: Actor) -> Case:
    """Agree. Raises CaseNotFound, CaseClosed, AskAnswered, NotAsked, FormInvalid."""
    return _answer(case_id, answer, engine.agree, "approval.agreed", actor=actor)


def refuse(case_id: int, answer: Answer, *, actor: Actor) -> Case:
    """Refuse, with a reason. Raises as `agree`, RightMissing and ReasonMissing."""
    _require_reason(answer)
    return _answer(case_id, answer, engine.refuse, "approval.refused", actor=actor)


def send_back(case_id: int, answer: Answer, *, to_node: str | None, actor: Actor) -> Case:
    """Return it to the requester or to a step that it has passed, with a reason."""
    _require_reason(answer)

    def decide(case: engine.Case, ask: engine.Ask, around: Around) -> engine.Case:
        return engine.send_back(case, ask, around, to_node=to_node)

    data = {"to_node": to_node}
    return _answer(case_id, answer, decide, "approval.returned", actor=actor, data=data)


def transfer(case_id: int, answer: Answer, *, to: int, actor: Actor) -> Case:
    """Hand one's ask to somebody else. Raises as `agree`, RightMissing, SignerNotPossible."""

    def decide(case: engine.Case, ask: engine.Ask, around: Around) -> engine.Case:
        return engine.transfer(case, ask, around, to=to)

    return _answer(case_id, answer, decide, "approval.transferred", actor=actor, data={"to": to})


def add_signer(case_id: int, answer: Answer, *, person: int, is_before: bool, actor: Actor) -> Case:
    """Have somebody sign before or after oneself. Raises as `transfer`."""

    def decide(case: engine.Case, ask: engine.Ask, around: Around) -> engine.Case:
        return engine.add_signer(case, ask, around, person=person, is_before=is_before)

    place = "before" if is_before else "after"
    return _answer(
        case_id,
        answer,
        decide,
        "approval.signer_added",
        actor=actor,
        data={"signer": person, "place": place},
    )


def withdraw(
    case_id: int, *, comment: str = "", file_ids: Sequence[int] = (), actor: Actor
) -> Case:
    """Take one's own case back. Raises CaseNotFound, NotYours, CaseClosed, FileNotPossible."""
    held = locked(case_id, actor=actor)
    _require_own(held, actor)
    after = engine.withdraw(held.value, actor.person_id)
    keeping.note_step(held.row, StepKind.WITHDRAW, comment=comment, file_ids=file_ids, actor=actor)
    applying.record(held.row, "approval.withdrawn", {"comment": comment}, actor=actor)
    applying.apply(held, after, actor=actor)
    return held.row


def resubmit(
    case_id: int,
    *,
    form: Mapping[str, Any],
    comment: str = "",
    file_ids: Sequence[int] = (),
    actor: Actor,
) -> Case:
    """Send again what was returned, mended.

    Raises NotYours, NotReturned, FormInvalid, FileNotPossible.

    Lines that are not given stay as they were; the record's fields are shown as they are now.
    """
    held = locked(case_id, actor=actor)
    _require_own(held, actor)
    flow, row = held.version.flow, held.row
    lines = [line.key for line in flow.form if not line.field]
    row.form = {
        **row.form,
        **forms.cleaned(flow, form, only=lines),
        **forms.copied(flow, row.record_id),
    }
    after = engine.resubmit(held.value, actor.person_id, reading.around(held, timezone.now()))
    row.save(update_fields=["form"])
    keeping.note_step(row, StepKind.RESUBMIT, comment=comment, file_ids=file_ids, actor=actor)
    applying.record(held.row, "approval.resubmitted", {"comment": comment}, actor=actor)
    applying.apply(held, after, actor=actor)
    return row


def urge(case_id: int, *, comment: str = "", file_ids: Sequence[int] = (), actor: Actor) -> Case:
    """Remind whoever is asked now, as who asked for it or as a superior of theirs.

    Raises CaseNotFound, NotYours, CaseClosed, UrgedLately, FileNotPossible.
    """
    held = locked(case_id, actor=actor)
    row = held.row
    below = [ask.person for ask in reading.asks_below(held, actor)]
    if not below:
        _require_own(held, actor)
    if held.value.state is not CaseState.RUNNING:
        raise CaseClosed({"state": held.value.state.value})
    now = timezone.now()
    if row.urged_at is not None and now < row.urged_at + URGED_AGAIN_AFTER:
        raise errors.UrgedLately({"again_at": row.urged_at + URGED_AGAIN_AFTER})
    row.urged_at = now
    row.save(update_fields=["urged_at"])
    keeping.note_step(row, StepKind.URGE, comment=comment, file_ids=file_ids, actor=actor)
    people = below or [ask.person for ask in held.value.waiting()]
    applying.record(held.row, "approval.urged", {"comment": comment, "people": people}, actor=actor)
    key = f"approval_urge:{row.pk}:{now:%Y%m%d%H%M}"
    telling.tell(row, telling.URGED, people, key=key, actor=actor, data={"comment": comment})
    return row


def see(case_id: int, *, actor: Actor) -> Case:
    """Note that the reader has seen what waits for them, once. Raises CaseNotFound."""
    row = queries.visible_case(case_id, actor=actor)
    now = timezone.now()
    seen = row.asks.filter(person_id=actor.user_id, state=AskState.WAITING, seen_at=None)
    if seen.update(seen_at=now):
        data = {"person_id": actor.user_id}
        applying.record(row, "approval.seen", data, actor=actor)
    row.copies.filter(person_id=actor.user_id, seen_at=None).update(seen_at=now)
    return row


def locked(case_id: int, *, actor: Actor) -> Held:
    """A case under its lock, after whatever its outcome would change; raises CaseNotFound."""
    row = queries.visible_case(case_id, actor=actor)
    purpose = outcomes.purposes.get(row.purpose_kind)
    if purpose is not None and row.state in (CaseState.RUNNING, CaseState.RETURNED):
        purpose.lock(row)
    Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case_id)
    return reading.hold(queries.whole_case(case_id))


def _answer(
    case_id: int,
    answer: Answer,
    decide: Decide,
    verb: str,
    *,
    actor: Actor,
    data: Mapping[str, Any] | None = None,
) -> Case:
    held = locked(case_id, actor=actor)
    ask = engine.ask_for(held.value, actor.person_id, _number_of(held, answer.ask_id))
    row = held.asks[ask.number]
    node = held.version.compiled.nodes[row.visit.node]
    _fill_form(held, answer, node if isinstance(node, ApproveNode) else None)
    after = decide(held.value, ask, reading.around(held, timezone.now()))
    if answer.comment.strip():
        row.comment = answer.comment.strip()
        row.save(update_fields=["comment"])
    keeping.name_with_ask(held.row, row.pk, answer.file_ids, actor=actor)
    told = {"comment": answer.comment.strip(), **(data or {})}
    activity.record(changes.answer_of(held, row, verb, by=actor.user_id, **told), actor=actor)
    applying.apply(held, after, actor=actor)
    return held.row


def _fill_form(held: Held, answer: Answer, node: ApproveNode | None) -> None:
    if not answer.form:
        return
    allowed = {key for key, given in (node.fields if node else {}).items() if given == "edit"}
    strangers = sorted(set(answer.form) - allowed)
    if strangers:
        problems = [{"field": f"form.{key}", "code": "field_read_only"} for key in strangers]
        raise errors.FormInvalid({"errors": problems})
    row = held.row
    row.form = {**row.form, **forms.cleaned(held.version.flow, answer.form, only=allowed)}
    row.save(update_fields=["form"])


def _number_of(held: Held, ask_id: int | None) -> int | None:
    if ask_id is None:
        return None
    return next((number for number, ask in held.asks.items() if ask.pk == ask_id), 0)


def _require_own(held: Held, actor: Actor) -> None:
    if held.row.requester_id != actor.user_id:
        raise errors.NotYours


def _require_reason(answer: Answer) -> None:
    if not answer.comment.strip():
        raise errors.ReasonMissing({"errors": [{"field": "comment", "code": "required"}]})
