"""What follows from firings, each by the app that owns it, and the entries that tell of them.

Whatever several firings need is read and written together: the number of statements grows with
what they are, not with how many they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.documents import actions as documents
from closeloop.documents.kinds import kinds
from closeloop.engine.sla import ROUTE, Duration, Step
from closeloop.engine.sla.schedule import moved
from closeloop.identity.actor import SYSTEM
from closeloop.notices import actions as notices
from closeloop.notices.actions import Message
from closeloop.notices.events import events
from closeloop.sla import presenting, rows
from closeloop.sla.actions.telling import Fired, Telling
from closeloop.sla.people import Directory
from closeloop.sla.subjects import subjects
from closeloop.tasks import actions as tasks
from closeloop.tasks.actions import NewTask

WARNING, PAUSE_LIMIT, ESCALATED = "clock.warning", "clock.pause_limit", "clock.escalated"
STEP_FIRED, BREACHED, PAUSE_ENDED = "clock.step_fired", "clock.breached", "clock.pause_ended"
RECORDED = (STEP_FIRED, BREACHED, PAUSE_ENDED, "task.created", "document.written")
"""The verbs that clocks themselves bring about."""


@dataclass
class _Following:
    """One firing, whom it concerns, and what has come of it so far."""

    fired: Fired
    to: tuple[int, ...] = ()
    cc: tuple[int, ...] = ()
    made: dict[str, Any] = field(default_factory=dict)

    @property
    def step(self) -> Step | None:
        """The escalation; None for a reminder, a breach alone, the end of a pause."""
        return self.fired.item.step if self.fired.item else None

    @property
    def told(self) -> tuple[int, ...]:
        """Everybody who is told, each once."""
        return tuple(dict.fromkeys((*self.to, *self.cc)))


def follow(fired: Sequence[Fired], directory: Directory) -> list[tuple[int, ...]]:
    """Everything that these firings say, and the entries; gives the people told, by firing.

    Documents, tasks and new owners come first, for notices and entries name them.
    """
    telling = Telling(fired, directory)
    following = [_concerning(each, telling) for each in fired]
    for each in following:
        _write_document(each)
    _give_tasks(following, telling)
    for each in following:
        _reassign(each, telling)
    notices.send_all([_message(each, telling) for each in following if each.told])
    told = [_entry(each, telling) for each in following]
    activity.record_all([entry for entry in told if entry is not None], actor=SYSTEM)
    return [each.told for each in following]


def lock_subject(
    record_type: str, record_id: int | None, about_kind: str, about_id: int | None
) -> None:
    """Lock what a step may hand over, before the clock itself."""
    lock = subjects.kind(about_kind).lock
    if lock is not None and about_id is not None:
        lock(about_id)
    elif about_kind == "record" and record_id is not None and subjects.lock_record is not None:
        subjects.lock_record(record_type, record_id)


def _concerning(fired: Fired, telling: Telling) -> _Following:
    item = fired.item
    if item is None:
        limit = fired.live.policy.pause_limit
        reason = {"reason": dict(fired.reason)}
        return _Following(fired, telling.people(fired, limit.to if limit else ()), made=reason)
    if item.reminder is not None:
        return _Following(fired, telling.people(fired, item.reminder.to))
    if item.step is None:
        return _Following(fired)
    to, cc = telling.people(fired, item.step.to), telling.people(fired, item.step.cc)
    return _Following(fired, to, cc)


def _message(each: _Following, telling: Telling) -> Message:
    fired, step, item = each.fired, each.step, each.fired.item
    clock = fired.clock
    if item is None:
        event, channels = PAUSE_LIMIT, None
    elif item.reminder is not None:
        event, channels = WARNING, item.reminder.channels
    else:
        event, channels = _event(step), step.channels if step else None
    return Message(
        event=event,
        to=each.to,
        cc=tuple(person for person in each.cc if person not in each.to),
        channels=channels,
        record_id=clock.record_id,
        record_type=clock.record_type,
        link=presenting.link_of(clock),
        data={**telling.words(fired), **each.made},
        dedupe_key=fired.key,
        is_red=step is not None and step.red,
    )


def _event(step: Step | None) -> str:
    known = {event.key for event in events}
    return step.event if step is not None and step.event in known else ESCALATED


def _write_document(each: _Following) -> None:
    step, clock = each.step, each.fired.clock
    if step is None or step.document not in {kind.key for kind in kinds}:
        return
    document = documents.write_document(
        step.document,
        {
            **clock.context,
            "clock_id": clock.pk,
            "policy": each.fired.live.policy.key,
            "about_id": clock.about_id,
            "owner_id": clock.owner_id,
            "started_at": clock.started_at,
            "due_at": clock.breached_at or clock.due_at,
            "target_s": clock.target_s,
            "time": each.fired.live.policy.target.basis.value,
            "calendar_id": clock.calendar_id,
        },
        record_id=clock.record_id,
        record_type=clock.record_type,
        unit_id=clock.unit_id,
        to=(*each.to, *each.cc),
        actor=SYSTEM,
    )
    each.made["document_id"] = document.pk


def _give_tasks(following: Sequence[_Following], telling: Telling) -> None:
    found = [(each, _task_of(each, telling)) for each in following]
    wanted = [(each, task) for each, task in found if task is not None]
    if not wanted:
        return
    created = tasks.create_tasks([task for _, task in wanted], actor=SYSTEM)
    for (each, _), task in zip(wanted, created, strict=True):
        each.made["task_id"] = task.pk


def _task_of(each: _Following, telling: Telling) -> NewTask | None:
    step, clock = each.step, each.fired.clock
    if step is None or step.task is None:
        return None
    owner = telling.first(each.fired, step.task.to) or clock.owner_id
    if owner is None:
        return None
    return NewTask(
        kind=step.task.kind,
        title=step.task.title,
        owner_id=owner,
        due_at=_task_due(each.fired, step.task.due, step),
        record_id=clock.record_id,
        record_type=clock.record_type,
        origin={"clock_id": clock.pk, "policy": each.fired.live.policy.key, "step": step.key},
        is_red=step.red,
        answers=step.task.answers,
    )


def _task_due(fired: Fired, length: Duration | None, step: Step) -> datetime | None:
    if length is None:
        return None
    held = rows.held_of(fired.live, fired.clock.calendar_id)
    calendar = held.calendar if held else None
    return moved(timezone.now(), length.seconds_by(step.basis, calendar), step.basis, calendar)


def _reassign(each: _Following, telling: Telling) -> None:
    step, clock = each.step, each.fired.clock
    if step is None or not step.reassign:
        return
    if step.reassign == ROUTE:
        _route(each)
        return
    to = telling.first(each.fired, step.reassign)
    if to is None or to == clock.owner_id:
        return
    kind = subjects.kind(clock.about_kind)
    if clock.about_kind == "record" and clock.record_id and subjects.assign is not None:
        subjects.assign(clock.record_type, clock.record_id, to, SYSTEM)
    elif kind.reassign is not None and clock.about_id is not None:
        kind.reassign(clock.about_id, to, SYSTEM)
    else:
        return
    each.made["reassigned_to"] = to


def _route(each: _Following) -> None:
    """Let the rules that gave the record out choose anew."""
    clock = each.fired.clock
    if clock.about_kind == "record" and clock.record_id is not None:
        to = subjects.route(clock.record_type, clock.record_id, each.fired.live.policy.key)
        if to is not None:
            each.made["reassigned_to"] = to


def _entry(each: _Following, telling: Telling) -> Happening | None:
    """One entry a firing: of a breach alone where no step goes with it; none of a reminder."""
    item = each.fired.item
    if item is None:
        return _note(each.fired, PAUSE_ENDED, {**each.made, "people": list(each.to)})
    if item.reminder is not None:
        return None
    if item.step is None:
        return _note(each.fired, BREACHED, {})
    what = telling.sentence(each.fired)
    data = {"step": item.step.key, "what": what, "people": list(each.told), **each.made}
    return _note(each.fired, STEP_FIRED, data)


def _note(fired: Fired, verb: str, data: Mapping[str, Any]) -> Happening:
    clock = fired.clock
    told = {
        "clock_id": clock.pk,
        "policy": fired.live.policy.key,
        "version": fired.live.number,
        "name": dict(fired.live.policy.name),
        "due_at": fired.firing.due_at.isoformat(),
        "owner_id": clock.owner_id,
        **({"late_s": fired.late_s} if fired.late_s else {}),
        **data,
    }
    return Happening(
        verb=verb,
        record_id=clock.record_id,
        record_type=clock.record_type,
        unit_id=clock.unit_id,
        data=told,
    )
