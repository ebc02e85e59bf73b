"""Steps of a plan taken over: as tasks, and as the record's next date (requirement D12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from closeloop.desk import actions as desk
from closeloop.identity.actor import Actor
from closeloop.playbooks import errors, facets, shelf
from closeloop.playbooks.actions.using import note_used
from closeloop.records.models import Record
from closeloop.tasks import actions as tasks
from closeloop.tasks.actions import NewTask
from closeloop.tasks.models import Task

TASK = "playbook_step"


@dataclass(frozen=True)
class TakenStep:
    """A step as it is taken over: what to do, by when, with which entries."""

    title: str
    note: str
    due_at: datetime
    entry_ids: Sequence[int]


def take_plan(
    record: Record, steps: Sequence[TakenStep], *, as_tasks: bool, as_next_date: bool, actor: Actor
) -> list[Task]:
    """Take steps over as tasks of the actor, and the first day as the record's next date.

    The entries count as used with the record. Raises NothingToTake, and what changing the record
    refuses.
    """
    if not steps or not (as_tasks or as_next_date):
        raise errors.NothingToTake
    if as_next_date:
        _set_next_date(record, min(step.due_at for step in steps), actor)
    made = (
        tasks.create_tasks([_task(record, step, actor) for step in steps], actor=actor)
        if (as_tasks)
        else []
    )
    now, standing = timezone.now(), shelf.current().by_id
    for entry_id in dict.fromkeys(each for step in steps for each in step.entry_ids):
        if entry_id in standing:
            note_used(standing[entry_id], record, source="plan", now=now, actor=actor)
    return made


def _set_next_date(record: Record, at: datetime, actor: Actor) -> None:
    field = facets.next_date_field(record.type)
    if field is None:
        raise errors.NothingToTake({"errors": [{"field": "next_date", "code": "unknown_field"}]})
    desk.change_record(
        record.type,
        record.pk,
        {field: timezone.localdate(at).isoformat()},
        expected_version=None,
        actor=actor,
        via="playbook",
    )


def _task(record: Record, step: TakenStep, actor: Actor) -> NewTask:
    return NewTask(
        kind=TASK,
        title=dict.fromkeys(tasks.LANGUAGES, step.title),
        owner_id=actor.person_id,
        due_at=step.due_at,
        record_id=record.pk,
        record_type=record.type,
        note=step.note,
        origin={"playbook_entries": list(step.entry_ids)},
    )
