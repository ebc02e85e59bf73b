"""Tasks over HTTP: boxes, asking, closing."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Status

from closeloop.edge.router import SIGNED_IN, Router
from closeloop.identity.queries import actor_of
from closeloop.records import queries as records
from closeloop.tasks import actions, presenting, queries
from closeloop.tasks.actions import NewTask
from closeloop.tasks.schemas import (
    Id,
    TaskClosing,
    TaskFinishing,
    TaskIn,
    TaskOut,
    TaskPage,
    TaskQuery,
)

router = Router(tags=["tasks"])
ASKED = "asked"


@router.get("/tasks", permission=SIGNED_IN, response=TaskPage)
def list_tasks(request: HttpRequest, asked: Query[TaskQuery]) -> dict[str, Any]:
    """Open tasks, soonest due first; closed ones, latest first."""
    actor = actor_of(request)
    if asked.record_id is not None:
        records.visible_record(asked.record_id, actor=actor)
        found = queries.tasks_of_record(asked.record_id)
    else:
        found = queries.tasks_in(asked.box, actor=actor)
    page, more = queries.in_state(found, state=asked.state, cursor=asked.cursor, limit=asked.limit)
    return {"items": presenting.rows(page, actor=actor), "next_cursor": more}


@router.post("/tasks", permission=SIGNED_IN, response={201: TaskOut})
def create_task(request: HttpRequest, payload: TaskIn) -> Status[dict[str, Any]]:
    """Ask somebody, or note for oneself, to do something."""
    actor = actor_of(request)
    record_type = ""
    if payload.record_id is not None:
        record_type = records.visible_record(payload.record_id, actor=actor).type
    new = NewTask(
        kind=ASKED,
        title=dict.fromkeys(actions.LANGUAGES, payload.title),
        owner_id=payload.owner_id or actor.person_id,
        due_at=payload.due_at,
        record_id=payload.record_id,
        record_type=record_type,
        note=payload.note.strip(),
    )
    return Status(201, _shown(actions.create_task(new, actor=actor).pk, request))


@router.get("/tasks/{task_id}", permission=SIGNED_IN, response=TaskOut)
def read_task(request: HttpRequest, task_id: Id) -> dict[str, Any]:
    """One task."""
    return _shown(task_id, request)


@router.post("/tasks/{task_id}/done", permission=SIGNED_IN, response=TaskOut)
def finish_task(request: HttpRequest, task_id: Id, payload: TaskFinishing) -> dict[str, Any]:
    """Mark a task as done."""
    actor = actor_of(request)
    task = queries.visible_task(task_id, actor=actor)
    actions.finish_task(task.pk, note=payload.note, answer=payload.answer, actor=actor)
    return _shown(task_id, request)


@router.post("/tasks/{task_id}/cancel", permission=SIGNED_IN, response=TaskOut)
def cancel_task(request: HttpRequest, task_id: Id, payload: TaskClosing) -> dict[str, Any]:
    """Take a task back."""
    actor = actor_of(request)
    task = queries.visible_task(task_id, actor=actor)
    actions.cancel_task(task.pk, note=payload.note, actor=actor)
    return _shown(task_id, request)


def _shown(task_id: int, request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    return presenting.rows([queries.visible_task(task_id, actor=actor)], actor=actor)[0]
