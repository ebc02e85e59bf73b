"""Follow-up plans over HTTP."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Status

from closeloop.identity.queries import actor_of
from closeloop.org.access import Verb
from closeloop.playbooks import actions, planned, queries, wording
from closeloop.playbooks.actions import TakenStep
from closeloop.playbooks.api.routes import READ, router
from closeloop.playbooks.schemas import PlanIn, PlanOut, PlanTakenIn, PlanTakenOut
from closeloop.records import queries as records


@router.post("/playbooks/plan", permission=READ, response=PlanOut)
def make_playbook_plan(request: HttpRequest, payload: PlanIn) -> dict[str, Any]:
    """Steps for a situation: what to say and show, a case from nearby, days to do it on."""
    actor = actor_of(request)
    record = (
        records.visible_record(payload.record_id, actor=actor)
        if payload.record_id is not None
        else None
    )
    found = queries.plan_for(payload.situation, record=record, now=timezone.now(), actor=actor)
    words, model = wording.words_for(found, actor=actor)
    return planned.shown(found, words=words, model=model, actor=actor)


@router.post("/playbooks/plan/take", permission=READ, response={201: PlanTakenOut})
def take_playbook_plan(request: HttpRequest, payload: PlanTakenIn) -> Status[dict[str, Any]]:
    """Take steps over: as tasks, and the first day as the record's next date."""
    actor = actor_of(request)
    verb = Verb.EDIT if payload.as_next_date else Verb.READ
    record = records.visible_record(payload.record_id, actor=actor, verb=verb)
    steps = [
        TakenStep(each.title, each.note, each.due_at, each.entry_ids) for each in payload.steps
    ]
    made = actions.take_plan(
        record,
        steps,
        as_tasks=payload.as_tasks,
        as_next_date=payload.as_next_date,
        actor=actor,
    )
    return Status(201, {"task_ids": [each.pk for each in made]})
