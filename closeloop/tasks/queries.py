"""Reading tasks for a viewer: one's own, those of one's people, those one has asked for."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from closeloop.edge import cursors
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.models import AbsenceScope
from closeloop.records import queries as records
from closeloop.records.queries import RecordNotFound
from closeloop.tasks.errors import TaskNotFound
from closeloop.tasks.models import Task, TaskState

NEVER = datetime(9999, 12, 31, tzinfo=UTC)
"""Where tasks without a due time stand in the order."""
BOXES = ("mine", "team", "asked")


def visible_task(task_id: int, *, actor: Actor) -> Task:
    """A task that concerns the actor, or whose record they may read; raises TaskNotFound."""
    task = _whole().filter(pk=task_id).first()
    if task is None or not _may_see(task, actor=actor):
        raise TaskNotFound({"id": task_id})
    return task


def tasks_in(box: str, *, actor: Actor) -> QuerySet[Task]:
    """A box of tasks: mine (with those of whom I stand in for), my team's, those I asked for."""
    if box == "asked":
        return _whole().filter(asker_id=actor.user_id)
    if box == "team":
        below = org.people_below(actor.person_id)
        return _whole().filter(owner_id__in=below)
    owners = [actor.person_id, *_stood_in_for(actor)]
    return _whole().filter(owner_id__in=owners)


def tasks_of_record(record_id: int) -> QuerySet[Task]:
    """Everything that is to be done, or was done, about a record."""
    return _whole().filter(record_id=record_id)


def open_tasks_of(owner_ids: Collection[int], *, limit: int) -> list[Task]:
    """The open tasks of some people, soonest due first."""
    found = _whole().filter(owner_id__in=owner_ids, state=TaskState.OPEN)
    return list(found.order_by(F("due_at").asc(nulls_last=True), "pk")[:limit])


def count_open(owner_id: int) -> int:
    """How many open tasks a person has."""
    return Task.objects.filter(owner_id=owner_id, state=TaskState.OPEN).count()


def in_state(
    found: QuerySet[Task], *, state: str, cursor: str | None, limit: int
) -> tuple[Sequence[Task], str | None]:
    """A page of open tasks, soonest due first, or of closed ones, latest first; the next cursor."""
    is_open = state == TaskState.OPEN
    name = "due_or_never" if is_open else "closed_at"
    found = found.filter(state=state).annotate(due_or_never=Coalesce("due_at", Value(NEVER)))
    if cursor:
        at, last = cursors.decode(cursor, "timestamptz", "bigint")
        further = "gt" if is_open else "lt"
        found = found.filter(
            Q(**{f"{name}__{further}": at}) | Q(**{name: at, f"pk__{further}": last})
        )
    order = (name, "pk") if is_open else (f"-{name}", "-pk")
    page = list(found.order_by(*order)[: limit + 1])
    if len(page) <= limit:
        return page, None
    last_shown = page[limit - 1]
    at = (last_shown.due_at or NEVER) if is_open else last_shown.closed_at
    return page[:limit], cursors.encode(at.isoformat() if at else None, last_shown.pk)


def may_finish(task: Task, *, actor: Actor) -> bool:
    """Whether the actor owns the task, stands in for its owner, or stands above them."""
    if actor.user_id is None or task.owner_id == actor.user_id:
        return True
    return _stands_in(task, actor=actor) or org.is_above(actor.user_id, of=task.owner_id)


def may_cancel(task: Task, *, actor: Actor) -> bool:
    """Whether the actor asked for the task, or stands above its owner."""
    if actor.user_id is None or task.asker_id == actor.user_id:
        return True
    return org.is_above(actor.user_id, of=task.owner_id)


def _may_see(task: Task, *, actor: Actor) -> bool:
    if may_finish(task, actor=actor) or may_cancel(task, actor=actor):
        return True
    if task.record_id is None:
        return False
    try:
        records.visible_record(task.record_id, actor=actor)
    except RecordNotFound:
        return False
    return True


def _stands_in(task: Task, *, actor: Actor) -> bool:
    return task.owner_id in _stood_in_for(actor)


def _stood_in_for(actor: Actor) -> list[int]:
    return org.standing_in_for(actor.person_id, timezone.now(), scope=AbsenceScope.CLOCKS)


def _whole() -> QuerySet[Task]:
    return Task.objects.select_related("owner", "asker", "record", "closed_by")
