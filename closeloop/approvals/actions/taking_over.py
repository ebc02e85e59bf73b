"""What the superior of somebody who does not answer may do: answer in their place (E03)."""

from collections.abc import Sequence

from django.utils import timezone

from closeloop.approvals import errors, reading, telling
from closeloop.approvals.actions import answering, applying, keeping
from closeloop.approvals.models import Case, StepKind
from closeloop.engine import approvals as engine
from closeloop.engine.approvals.refusals import CaseClosed
from closeloop.identity.actor import Actor


def take_over(
    case_id: int,
    *,
    ask_id: int | None = None,
    comment: str = "",
    file_ids: Sequence[int] = (),
    actor: Actor,
) -> Case:
    """Take on the ask of somebody below oneself, from then on to be answered on their behalf.

    Without `ask_id` the one that has waited longest. Raises CaseNotFound, CaseClosed, NotBelow,
    FileNotPossible.
    """
    held = answering.locked(case_id, actor=actor)
    if held.value.state is not engine.CaseState.RUNNING:
        raise CaseClosed({"state": held.value.state.value})
    within_reach = reading.asks_below(held, actor)
    chosen = [ask for ask in within_reach if ask_id in (None, held.asks[ask.number].pk)]
    if not chosen:
        raise errors.NotBelow
    ask = min(chosen, key=lambda each: (held.asks[each.number].asked_at, each.number))
    row = held.asks[ask.number]
    after = engine.reassign(
        held.value,
        ask,
        reading.around(held, timezone.now()),
        to=actor.person_id,
        on_behalf_of=ask.person,
    )
    keeping.note_step(held.row, StepKind.TAKE_OVER, comment=comment, file_ids=file_ids, actor=actor)
    node = held.version.compiled.nodes[row.visit.node]
    told = {
        "ask_id": row.pk,
        "node": node.key,
        "node_name": dict(node.name),
        "person_id": actor.user_id,
        "on_behalf_of": ask.person,
        "comment": comment.strip(),
    }
    applying.record(held.row, "approval.taken_over", told, actor=actor)
    applying.apply(held, after, actor=actor)
    key = f"approval_taken_over:{row.pk}"
    data = {"comment": comment.strip()}
    telling.tell(held.row, telling.TAKEN_OVER, [ask.person], key=key, actor=actor, data=data)
    return held.row
