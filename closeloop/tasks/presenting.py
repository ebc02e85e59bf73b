"""Tasks as a viewer sees them."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.org import queries as org
from closeloop.org.models import AbsenceScope
from closeloop.records import queries as records
from closeloop.tasks.models import Task, TaskState


def rows(tasks: Sequence[Task], *, actor: Actor) -> list[dict[str, Any]]:
    """Tasks as the API gives them; the number of queries does not grow with the tasks."""
    now = timezone.now()
    ids = {task.record_id for task in tasks if task.record_id is not None}
    readable = records.visible_among(ids, actor=actor)
    below, stood_in_for = _in_charge_of(actor)
    return [
        {
            "id": task.pk,
            "kind": task.kind,
            "title": task.title,
            "note": task.note,
            "owner": _person(task.owner),
            "asker": _person(task.asker),
            "record": _record(task, readable),
            "due_at": task.due_at,
            "is_late": _is_late(task, now),
            "is_red": task.is_red,
            "state": task.state,
            "result": task.result,
            "origin": task.origin,
            "answers": task.origin.get("answers", []),
            "answer": task.origin.get("answer"),
            "created_at": task.created_at,
            "done_at": task.closed_at,
            "done_by": _person(task.closed_by),
            "can": {
                "finish": task.state == TaskState.OPEN
                and task.owner_id in {actor.user_id, *below, *stood_in_for},
                "cancel": task.state == TaskState.OPEN
                and (task.asker_id == actor.user_id or task.owner_id in below),
            },
        }
        for task in tasks
    ]


def _in_charge_of(actor: Actor) -> tuple[frozenset[int], list[int]]:
    if actor.user_id is None:
        return frozenset(), []
    now = timezone.now()
    return (
        org.people_below(actor.user_id),
        org.standing_in_for(actor.user_id, now, scope=AbsenceScope.CLOCKS),
    )


def _is_late(task: Task, now: Any) -> bool:
    return task.state == TaskState.OPEN and task.due_at is not None and task.due_at < now


def _person(user: User | None) -> dict[str, Any] | None:
    return None if user is None else {"id": user.pk, "name": user.name}


def _record(task: Task, readable: dict[int, Any]) -> dict[str, Any] | None:
    record = readable.get(task.record_id or 0)
    return None if record is None else {"id": record.pk, "type": record.type, "title": record.title}
