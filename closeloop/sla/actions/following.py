"""The effects of one firing, each by the app that owns it, and the entry that tells of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.documents import actions as documents
from closeloop.documents.kinds import kinds
from closeloop.engine.sla import Duration, Item, Step
from closeloop.engine.sla.schedule import moved
from closeloop.identity.actor import SYSTEM
from closeloop.notices import actions as notices
from closeloop.notices.actions import Message
from closeloop.notices.events import events
from closeloop.sla import presenting, rows, sentences
from closeloop.sla.models import Clock, Firing
from closeloop.sla.people import Directory, Place
from closeloop.sla.policies import Live
from closeloop.sla.subjects import subjects
from closeloop.tasks import actions as tasks
from closeloop.tasks.actions import NewTask

LANGUAGES = ("zh-CN", "en-US")
LATE = timedelta(minutes=5)
"""From when on a step says that it was caught up."""
WARNING, PAUSE_LIMIT, ESCALATED = "clock.warning", "clock.pause_limit", "clock.escalated"
Name = Mapping[str, str]


@dataclass(frozen=True)
class Fired:
    """A firing whose clock is locked. `item` is None at the end of a pause."""

    clock: Clock
    firing: Firing
    live: Live
    item: Item | None
    directory: Directory

    @property
    def key(self) -> str:
        """One key for everything that follows from it: each is done once."""
        return f"clock:{self.clock.pk}:{self.firing.round}:{self.firing.step}"

    @property
    def late_s(self) -> int:
        """How long after its time it takes effect."""
        late = timezone.now() - self.firing.due_at
        return round(late.total_seconds()) if late > LATE else 0


def follow(fired: Fired) -> tuple[int, ...]:
    """Everything that a step says, and the entry; gives the people who were told."""
    item = fired.item
    if item is None or item.reminder is not None:
        return _warn(fired)
    step, told, made = item.step, tuple[int, ...](), dict[str, Any]()
    if step is not None:
        to, cc = _people(fired, step.to), _people(fired, step.cc)
        made |= _write_document(fired, step, (*to, *cc))
        made |= _give_task(fired, step)
        made |= _reassign(fired, step)
        told = _tell(fired, step, to, cc, made)
    _record(fired, step, told, made)
    return told


def remind(fired: Fired, relations: tuple[str, ...], reason: Name) -> tuple[int, ...]:
    """Tell that the leave to stand still is over."""
    to = _people(fired, relations)
    _send(fired, PAUSE_LIMIT, to, more={"reason": dict(reason)})
    _note(fired, "clock.pause_ended", {"reason": dict(reason), "people": list(to)})
    return to


def waiting_name(clock: Clock) -> Name:
    """What a paused clock waits for."""
    return presenting.waiting_name(clock)


def lock_subject(
    record_type: str, record_id: int | None, about_kind: str, about_id: int | None
) -> None:
    """Lock what a step may hand over, before the clock itself."""
    lock = subjects.kind(about_kind).lock
    if lock is not None and about_id is not None:
        lock(about_id)
    elif about_kind == "record" and record_id is not None and subjects.lock_record is not None:
        subjects.lock_record(record_type, record_id)


def _warn(fired: Fired) -> tuple[int, ...]:
    reminder = fired.item.reminder if fired.item else None
    if reminder is None:
        return ()
    to = _people(fired, reminder.to)
    _send(fired, WARNING, to, channels=reminder.channels)
    return to


def _tell(
    fired: Fired, step: Step, to: tuple[int, ...], cc: tuple[int, ...], made: Mapping[str, Any]
) -> tuple[int, ...]:
    known = {event.key for event in events}
    event = step.event if step.event in known else ESCALATED
    _send(fired, event, to, cc=cc, channels=step.channels, more=made, is_red=step.red)
    return tuple(dict.fromkeys((*to, *cc)))


def _send(
    fired: Fired,
    event: str,
    to: tuple[int, ...],
    *,
    cc: tuple[int, ...] = (),
    channels: tuple[str, ...] | None = None,
    more: Mapping[str, Any] | None = None,
    is_red: bool = False,
) -> None:
    if not (to or cc):
        return
    clock = fired.clock
    notices.send(
        Message(
            event=event,
            to=to,
            cc=tuple(each for each in cc if each not in to),
            channels=channels,
            record_id=clock.record_id,
            record_type=clock.record_type,
            link=presenting.link_of(clock),
            data={**_words(fired), **(more or {})},
            dedupe_key=fired.key,
            is_red=is_red,
        )
    )


def _words(fired: Fired) -> dict[str, Any]:
    clock, policy = fired.clock, fired.live.policy
    due_at = clock.breached_at or clock.due_at
    return {
        "clock_id": clock.pk,
        "policy": dict(policy.name),
        "record": _title(clock),
        "owner": clock.owner.name if clock.owner else "—",
        "due_at": due_at.isoformat() if due_at else None,
        "step": _sentence(fired),
        "resets": {each: sentences.resets_by(policy, each) for each in LANGUAGES},
        "late": {each: _late(fired, each) for each in LANGUAGES},
        "late_s": fired.late_s,
    }


def _sentence(fired: Fired) -> Name:
    item = fired.item
    if item is None:
        return {}
    return {each: sentences.item(fired.live.policy, item, each) for each in LANGUAGES}


def _late(fired: Fired, language: str) -> str:
    if not fired.late_s:
        return ""
    time = sentences.span_of(fired.late_s, language)
    return sentences.say("clock.caught_up", language, {"time": time})


def _title(clock: Clock) -> str | Name:
    context = {**clock.context, "about_id": clock.about_id}
    own = subjects.kind(clock.about_kind).title(context)
    if own is not None:
        return dict(own)
    return clock.record.title if clock.record else "—"


def _people(fired: Fired, relations: tuple[str, ...]) -> tuple[int, ...]:
    """The people whom relations name, each with who stands in for them now."""
    found: dict[int, None] = {}
    now = timezone.now()
    for person in fired.directory.people(relations, place_of(fired.clock)):
        found[person] = None
        other = fired.directory.stand_in(person, now)
        if other is not None:
            found[other] = None
    return tuple(found)


def place_of(clock: Clock) -> Place:
    """From where a clock's relations are looked at."""
    context = {**clock.context, "about_id": clock.about_id}
    requester = subjects.kind(clock.about_kind).requester(context)
    if requester is None and clock.record is not None:
        requester = clock.record.created_by_id
    principal = clock.context.get("on_behalf_of")
    return Place(clock.owner_id, clock.unit_id, requester, principal)


def _write_document(fired: Fired, step: Step, to: tuple[int, ...]) -> dict[str, Any]:
    if step.document not in {kind.key for kind in kinds}:
        return {}
    clock = fired.clock
    document = documents.write_document(
        step.document,
        {
            **clock.context,
            "clock_id": clock.pk,
            "policy": fired.live.policy.key,
            "about_id": clock.about_id,
            "owner_id": clock.owner_id,
            "started_at": clock.started_at,
            "due_at": clock.breached_at or clock.due_at,
            "target_s": clock.target_s,
        },
        record_id=clock.record_id,
        record_type=clock.record_type,
        unit_id=clock.unit_id,
        to=to,
        actor=SYSTEM,
    )
    return {"document_id": document.pk}


def _give_task(fired: Fired, step: Step) -> dict[str, Any]:
    wanted, clock = step.task, fired.clock
    if wanted is None:
        return {}
    owner = fired.directory.first(wanted.to, place_of(clock)) or clock.owner_id
    if owner is None:
        return {}
    task = tasks.create_task(
        NewTask(
            kind=wanted.kind,
            title=wanted.title,
            owner_id=owner,
            due_at=_task_due(fired, wanted.due, step),
            record_id=clock.record_id,
            record_type=clock.record_type,
            origin={"clock_id": clock.pk, "policy": fired.live.policy.key, "step": step.key},
            is_red=step.red,
        ),
        actor=SYSTEM,
    )
    return {"task_id": task.pk}


def _task_due(fired: Fired, length: Duration | None, step: Step) -> datetime | None:
    if length is None:
        return None
    held = rows.held_of(fired.live, fired.clock.calendar_id)
    calendar = held.calendar if held else None
    return moved(timezone.now(), length.seconds_by(step.basis, calendar), step.basis, calendar)


def _reassign(fired: Fired, step: Step) -> dict[str, Any]:
    clock = fired.clock
    if not step.reassign:
        return {}
    to = fired.directory.first(step.reassign, place_of(clock))
    if to is None or to == clock.owner_id:
        return {}
    kind = subjects.kind(clock.about_kind)
    if clock.about_kind == "record" and clock.record_id and subjects.assign is not None:
        subjects.assign(clock.record_type, clock.record_id, to, SYSTEM)
    elif kind.reassign is not None and clock.about_id is not None:
        kind.reassign(clock.about_id, to, SYSTEM)
    else:
        return {}
    return {"reassigned_to": to}


def _record(
    fired: Fired, step: Step | None, told: tuple[int, ...], made: Mapping[str, Any]
) -> None:
    """One entry a firing: of a breach alone where no step goes with it."""
    if step is None:
        _note(fired, "clock.breached", {})
    else:
        data = {"step": step.key, "what": _sentence(fired), "people": list(told), **made}
        _note(fired, "clock.step_fired", data)


def _note(fired: Fired, verb: str, data: Mapping[str, Any]) -> None:
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
    activity.record(
        Happening(
            verb=verb,
            record_id=clock.record_id,
            record_type=clock.record_type,
            unit_id=clock.unit_id,
            data=told,
        ),
        actor=SYSTEM,
    )
