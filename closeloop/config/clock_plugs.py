"""What clocks are told of the apps above them: stages, waiting reasons, tasks, exceptions."""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

from closeloop.activity.happenings import Happening
from closeloop.activity.reactions import Aboard, Reactions
from closeloop.desk import actions as desk
from closeloop.edge import messages, statements
from closeloop.engine.blueprint import Stage
from closeloop.fields import queries as fields
from closeloop.fieldwork.actions import carrying
from closeloop.identity.actor import Actor
from closeloop.leads.catalogue import LEAD
from closeloop.notices.events import Event, Events, Group
from closeloop.process import blueprints, reading
from closeloop.process import facts as process
from closeloop.process.models import ExceptionRequest
from closeloop.records.types import registry
from closeloop.sla import actions, jobs, policies
from closeloop.sla.queries import CLOCKS
from closeloop.sla.subjects import Kind, Subjects
from closeloop.tasks.models import Task
from closeloop.transfer.models import ImportBatch

Name = Mapping[str, str]
GRADE = "grade"
IMPORTED = frozenset({"import.finished"})
EVENTS = (
    Event("clock.warning", ("in_app",), group=Group.CLOCKS, reminds=True),
    Event("clock.escalated", group=Group.CLOCKS, reminds=True),
    Event("clock.overdue", group=Group.CLOCKS, reminds=True),
    Event("clock.timeout_brief", ("in_app", "mail"), is_urgent=True, group=Group.CLOCKS),
    Event("clock.pause_limit", group=Group.CLOCKS, reminds=True),
)
_LANGUAGES = ("zh-CN", "en-US")


def plug(subjects: Subjects, reactions: Reactions, events: Events) -> None:
    """Join clocks to the record of what happens, to notices, and to what lies above them."""
    subjects.stage_days = _stage_days
    subjects.stage_name = _stage_name
    subjects.stages = _stages
    subjects.verbs = _verbs
    subjects.waiting_name = _waiting_name
    subjects.fact_source = process.source_of
    subjects.assign = _assign
    subjects.lock_record = _lock
    subjects.kinds["exception"] = Kind(
        requesters=_exception_requesters, link=lambda _context: "/exceptions"
    )
    subjects.kinds["task"] = Kind(
        requesters=lambda contexts: [context.get("asker_id") for context in contexts],
        titles=_task_titles,
        link=lambda context: f"/tasks/{context.get('task_id')}",
    )
    aboard = Aboard(
        CLOCKS,
        read=actions.read_aboard,
        write=actions.write_aboard,
        read_of=actions.read_aboard_of,
    )
    reactions.register(policies.verbs, actions.react, aboard)
    reactions.register(_imported, _follow_import)
    reactions.register(_restored, _follow_restoring)
    for event in EVENTS:
        events.register(event)


def _stage(record_type: str, key: str) -> Stage | None:
    version = blueprints.current_of(record_type)
    for stage in version.stages if version else ():
        if stage.key == key:
            return stage
    return None


def _stages(record_type: str) -> Mapping[str, Name]:
    version = blueprints.current_of(record_type)
    return {stage.key: stage.name for stage in (version.stages if version else ())}


def _stage_days(record_type: str, key: str) -> float | None:
    stage = _stage(record_type, key)
    return stage.expected_days if stage else None


def _verbs(type_key: str) -> list[str]:
    """What conversion, grading, routing and the pool record of a type's records."""
    endings = [
        *(("graded",) if GRADE in fields.specs_of(type_key) else ()),
        *("routed", "not_routed", "pooled", "released", "recycled", "claimed"),
    ]
    own = ["lead.converted", "lead.merged", *carrying.VERBS] if type_key == LEAD.key else []
    return own + [f"{type_key}.{ending}" for ending in endings]


def _stage_name(record_type: str, key: str) -> Name | None:
    stage = _stage(record_type, key)
    return stage.name if stage else None


def _waiting_name(record_type: str, key: str, reason: str) -> Name | None:
    stage = _stage(record_type, key)
    for option in stage.waiting_reasons if stage else ():
        if option.key == reason:
            return option.name
    return None


def _assign(record_type: str, record_id: int, owner_id: int, actor: Actor) -> None:
    desk.assign_record(record_type, record_id, owner_id=owner_id, actor=actor, via="clock")


def _lock(record_type: str, record_id: int) -> None:
    """The locks of a move, in its order: the instance, then the record's own row."""
    kind = registry.get(record_type)
    reading.lock_instance(kind, record_id)
    statements.rows(f"SELECT 1 FROM {kind.table} WHERE id = %s FOR NO KEY UPDATE", [record_id])


def _exception_requesters(contexts: Sequence[Mapping[str, Any]]) -> list[int | None]:
    ids = [context.get("exception_id") or 0 for context in contexts]
    asked = ExceptionRequest.objects.filter(pk__in=ids)
    by_id = dict(asked.values_list("pk", "requested_by_id"))
    return [by_id.get(each) for each in ids]


def _task_titles(contexts: Sequence[Mapping[str, Any]]) -> list[Name | None]:
    ids = [context.get("task_id") or 0 for context in contexts]
    by_id = dict(Task.objects.filter(pk__in=ids).values_list("pk", "title"))
    return [_full(by_id[each]) if each in by_id else None for each in ids]


def _full(title: Name) -> Name:
    return {each: title.get(each) or messages.say("clock.about.task", each) for each in _LANGUAGES}


def _imported() -> Collection[str]:
    return IMPORTED


def _restored() -> Collection[str]:
    return _restoring(policies.verbs())


@lru_cache(maxsize=4)
def _restoring(verbs: frozenset[str]) -> frozenset[str]:
    return frozenset(verb for verb in verbs if verb.endswith(".restored"))


def _follow_restoring(happenings: Sequence[Happening], _actor: Actor) -> None:
    """A record that is back has the clocks that it would have had."""
    for each in happenings:
        if each.record_id is not None:
            actions.adopt(record_type=each.record_type, record_ids=[each.record_id])


def _follow_import(happenings: Sequence[Happening], _actor: Actor) -> None:
    """Imports copy their records past the reactions; their clocks are opened together."""
    for happening in happenings:
        batches = ImportBatch.objects.filter(job_id=happening.data.get("import_id"))
        for created in batches.values_list("created_ids", flat=True):
            if created and happening.record_type:
                jobs.adopt_later(record_type=happening.record_type, record_ids=list(created))
