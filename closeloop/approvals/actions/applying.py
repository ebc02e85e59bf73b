"""A decision of the engine becomes rows, entries of the record and notices, in one transaction."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.approvals import changes, flows, forms, outcomes, telling
from closeloop.approvals.changes import Changes
from closeloop.approvals.errors import ValuesChanged
from closeloop.approvals.models import Ask, Case, Copy, Visit
from closeloop.approvals.reading import Held
from closeloop.edge import work
from closeloop.engine import approvals as engine
from closeloop.engine.approvals import CaseState
from closeloop.engine.refusals import Refusal
from closeloop.identity.actor import Actor

_CHANGEABLE = [
    "state", "rank", "person_id", "on_behalf_of_id", "asked_at", "ended_at", "worked_s",
]  # fmt: skip


def apply(held: Held, after: engine.Case, *, actor: Actor) -> None:
    """Write what has changed between the case as it was held and `after`, and what follows."""
    row = held.row
    made = changes.changes_to(held, after, at=timezone.now())
    _write(made)
    row.save(update_fields=["state", "round", "reason", "closed_at"])
    happenings = changes.happenings_of(held, made)
    activity.record_all(happenings, actor=actor)
    _tell(held, after, happenings, made, actor=actor)
    if made.is_ending:
        _follow(row, actor)


def record(row: Case, verb: str, data: Mapping[str, Any], *, actor: Actor) -> None:
    """Record one thing about a case."""
    activity.record(changes.happening(row, verb, data), actor=actor)


def _write(made: Changes) -> None:
    Visit.objects.bulk_create(made.new_visits)
    for visit in made.visits:
        visit.save(update_fields=["state", "is_void", "left_at"])
    Ask.objects.bulk_create(made.new_asks)
    if made.asks:
        Ask.objects.bulk_update(made.asks, _CHANGEABLE)
    Copy.objects.bulk_create(made.copies)


def _tell(
    held: Held,
    after: engine.Case,
    happenings: list[Happening],
    made: Changes,
    *,
    actor: Actor,
) -> None:
    row = held.row
    for each in happenings:
        if each.verb == changes.ASKED:
            ask_id, person = each.data["ask_id"], each.data["person_id"]
            data = {"node": each.data["node_name"]}
            telling.tell(row, telling.ASKED, [person], key=f"ask:{ask_id}", actor=actor, data=data)
    for copy in made.copies:
        key = f"approval_copy:{copy.pk}"
        telling.tell(row, telling.COPIED, [copy.person_id], key=key, actor=actor)
    if made.is_ending:
        event = telling.RETURNED if after.state is CaseState.RETURNED else telling.DECIDED
        asked = [each.data["person_id"] for each in happenings if each.verb == changes.ASK_ENDED]
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
    activity.record(changes.happening(row, verb, {"code": row.outcome_code}), actor=actor)
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
