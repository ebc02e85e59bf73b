"""Asking somebody to do something, and what becomes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.org import queries as org
from closeloop.org.models import AbsenceScope
from closeloop.records.models import Record
from closeloop.tasks import queries
from closeloop.tasks.errors import (
    TaskAnswerNeeded,
    TaskClosed,
    TaskInvalid,
    TaskNotFound,
    TaskNotYours,
)
from closeloop.tasks.models import Task, TaskState

LANGUAGES = ("zh-CN", "en-US")


@dataclass(frozen=True)
class NewTask:
    """What is to be done: its kind, its title in each language, by whom and by when."""

    kind: str
    title: Mapping[str, str]
    owner_id: int
    due_at: datetime | None = None
    record_id: int | None = None
    record_type: str = ""
    origin: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    is_red: bool = False
    answers: Sequence[tuple[str, Mapping[str, str]]] = ()
    """Key and words of the answers of which one ends the task; none where it is simply done."""


def create_task(new: NewTask, *, actor: Actor) -> Task:
    """Ask somebody to do something; while they are away it goes to their stand-in.

    Raises TaskInvalid.
    """
    task = create_tasks([new], actor=actor)[0]
    task.refresh_from_db(fields=["created_at"])
    return task


def create_tasks(wanted: Sequence[NewTask], *, actor: Actor) -> list[Task]:
    """Ask for several things at once, in their order, with as few statements as for one.

    Raises TaskInvalid.
    """
    _check(wanted)
    stand_ins = org.stand_ins(timezone.now(), scope=AbsenceScope.CLOCKS)
    made = Task.objects.bulk_create([_unsaved(new, stand_ins, actor) for new in wanted])
    records = Record.objects.only("unit_id").in_bulk({each.record_id for each in made} - {None})
    for task in made:
        task.record = records.get(task.record_id or 0)
    activity.record_all([_happening("task.created", task) for task in made], actor=actor)
    return made


def finish_task(task_id: int, *, note: str = "", answer: str = "", actor: Actor) -> Task:
    """Mark a task as done; its owner, their stand-in, or who stands above them.

    A task that asks for one of several answers is done with one of them and not otherwise. Raises
    TaskNotFound, TaskNotYours, TaskAnswerNeeded and TaskClosed.
    """
    task = _locked(task_id)
    if not queries.may_finish(task, actor=actor):
        raise TaskNotYours({"id": task_id})
    wanted = {each["key"] for each in task.origin.get("answers", ())}
    if task.state == TaskState.OPEN and answer not in (wanted or {""}):
        raise TaskAnswerNeeded({"errors": [{"field": "answer", "code": "unknown_choice"}]})
    if answer:
        task.origin = {**task.origin, "answer": answer}
    return _close(task, TaskState.DONE, note=note, verb="task.done", actor=actor)


def cancel_task(task_id: int, *, note: str = "", actor: Actor) -> Task:
    """Take a task back; who asked for it, or who stands above its owner.

    Raises TaskNotFound, TaskNotYours and TaskClosed.
    """
    task = _locked(task_id)
    if not queries.may_cancel(task, actor=actor):
        raise TaskNotYours({"id": task_id})
    return _close(task, TaskState.CANCELLED, note=note, verb="task.cancelled", actor=actor)


def reassign_tasks(from_id: int, to_id: int, *, actor: Actor) -> int:
    """Give all open tasks of somebody to somebody else; gives how many there were."""
    held = Task.objects.filter(owner_id=from_id, state=TaskState.OPEN)
    tasks = list(held.select_for_update(of=("self",)).select_related("record").order_by("pk"))
    Task.objects.filter(pk__in=[task.pk for task in tasks]).update(owner_id=to_id)
    for task in tasks:
        task.owner_id = to_id
    activity.record_all(
        [_happening("task.reassigned", task, from_owner=from_id) for task in tasks], actor=actor
    )
    return len(tasks)


def _check(wanted: Sequence[NewTask]) -> None:
    owners = {new.owner_id for new in wanted}
    active = set(User.objects.filter(pk__in=owners, is_active=True).values_list("pk", flat=True))
    errors = []
    for new in wanted:
        if not _any_of(new.title):
            errors.append({"field": "title", "code": "required"})
        if new.owner_id not in active:
            errors.append({"field": "owner_id", "code": "unknown_choice"})
    if errors:
        raise TaskInvalid({"errors": errors})


def _any_of(title: Mapping[str, str]) -> str:
    return next((title[key].strip() for key in LANGUAGES if title.get(key, "").strip()), "")


def _unsaved(new: NewTask, stand_ins: Mapping[int, int], actor: Actor) -> Task:
    """The task for who is to do it; where that is a stand-in, it says who is away."""
    owner_id, origin = new.owner_id, dict(new.origin)
    if owner_id != actor.user_id and owner_id in stand_ins:
        origin["on_behalf_of"], owner_id = owner_id, stand_ins[owner_id]
    if new.answers:
        origin["answers"] = [{"key": key, "name": dict(name)} for key, name in new.answers]
    return Task(
        kind=new.kind,
        title={**dict.fromkeys(LANGUAGES, _any_of(new.title)), **new.title},
        note=new.note,
        owner_id=owner_id,
        asker_id=actor.user_id,
        record_id=new.record_id,
        record_type=new.record_type,
        due_at=new.due_at,
        is_red=new.is_red,
        origin=origin,
    )


def _locked(task_id: int) -> Task:
    task = (
        Task.objects.select_for_update(of=("self",))
        .select_related("record")
        .filter(pk=task_id)
        .first()
    )
    if task is None:
        raise TaskNotFound({"id": task_id})
    return task


def _close(task: Task, state: TaskState, *, note: str, verb: str, actor: Actor) -> Task:
    if task.state != TaskState.OPEN:
        raise TaskClosed({"id": task.pk, "state": task.state})
    task.state = state
    task.result = note.strip()
    task.closed_at = timezone.now()
    task.closed_by_id = actor.user_id
    task.save(update_fields=["state", "result", "origin", "closed_at", "closed_by"])
    _record(verb, task, actor=actor)
    return task


def _record(verb: str, task: Task, *, actor: Actor) -> None:
    activity.record(_happening(verb, task), actor=actor)


def _happening(verb: str, task: Task, **more: Any) -> Happening:
    return Happening(
        verb=verb,
        record_id=task.record_id,
        record_type=task.record_type,
        unit_id=task.record.unit_id if task.record else org.home_unit_of(task.owner_id),
        data={
            "task_id": task.pk,
            "kind": task.kind,
            "name": task.title,
            "owner_id": task.owner_id,
            "asker_id": task.asker_id,
            "due_at": task.due_at,
            "is_red": task.is_red,
            "note": task.result or task.note,
            **({"answer": task.origin["answer"]} if "answer" in task.origin else {}),
            **more,
        },
    )
