"""Living a recorded history through a policy: for rehearsals, and for clocks of what is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from closeloop.engine.calendars import Calendar
from closeloop.engine.sla import lives
from closeloop.engine.sla.lives import Life, State
from closeloop.engine.sla.model import ABOUT_OTHERS, Event, Item, Policy


@dataclass(frozen=True, slots=True)
class Happened:
    """One recorded thing about the record whose history is lived."""

    verb: str
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    actor_id: int | None = None
    unit_id: int | None = None


@dataclass(frozen=True)
class Rules:
    """What a policy needs to know of the world: targets by seconds, conditions, calendars.

    `target_s` gives None where no clock can be opened, such as in a stage without expected days.
    """

    target_s: Callable[[Policy, Happened], float | None]
    is_met: Callable[[Event, Happened], bool] = lambda event, _happened: event.when is None
    calendar: Callable[[Happened], Calendar | None] = lambda _happened: None


@dataclass
class Lived:
    """A clock as it would have lived. `fired` are the items with their due time and round."""

    life: Life
    opened_by: Happened
    subject_id: int | None
    subject_key: str
    calendar: Calendar | None
    closed_by: Happened | None = None
    paused_by: int | None = None
    paused_stage: str = ""
    fired: list[tuple[datetime, Item, int]] = field(default_factory=list)


def replay(
    policy: Policy, history: Iterable[Happened], rules: Rules, *, until: datetime
) -> list[Lived]:
    """Every clock that a history (in order of time) opens, as it stands at `until`."""
    found: list[Lived] = []
    running: list[Lived] = []
    for happened in history:
        if happened.at > until:
            break
        for lived in running:
            _let_time_go_by(lived, happened.at)
        for lived in running:
            _apply(policy, lived, happened, rules)
        running = [lived for lived in running if lived.life.is_open]
        opened = _opened(policy, happened, running, rules)
        if opened is not None:
            found.append(opened)
            running.append(opened)
    for lived in running:
        _let_time_go_by(lived, until)
    return found


def subject_of(policy: Policy, data: Mapping[str, Any]) -> tuple[int | None, str]:
    """What a clock is about beside its record: an id, or a key such as a stage."""
    if policy.subject == "stage":
        return None, str(data.get("to") or data.get("stage") or "")
    key = policy.subject.removeprefix("data:") or ABOUT_OTHERS.get(policy.about, "")
    value = data.get(key) if key else None
    return (value, "") if isinstance(value, int) else (None, str(value or ""))


def is_about(policy: Policy, data: Mapping[str, Any], subject_id: int | None) -> bool:
    """Whether what happened concerns the clock of a subject (of records: any of theirs)."""
    if subject_id is None:
        return True
    return subject_of(policy, data)[0] == subject_id


def fitting(
    policy: Policy, what: str, happened: Happened, is_met: Callable[[Event, Happened], bool]
) -> bool:
    """Whether one of the policy's events of a sort (opens, closes, …) has happened."""
    return any(
        event.fits(happened.verb, happened.data) and (event.when is None or is_met(event, happened))
        for event in policy.events[what]
    )


def _apply(policy: Policy, lived: Lived, happened: Happened, rules: Rules) -> None:
    if not lived.life.is_open or not is_about(policy, happened.data, lived.subject_id):
        return
    life, at, calendar = lived.life, happened.at, lived.calendar
    for what in ("closes", "cancels"):
        if fitting(policy, what, happened, rules.is_met):
            lives.close(life, at=at, calendar=calendar, cancelled=what == "cancels")
            lived.closed_by = happened
            return
    if fitting(policy, "resets", happened, rules.is_met):
        lives.reset(life, at=at, calendar=calendar)
    if fitting(policy, "resumes", happened, rules.is_met):
        lives.resume(life, at=at, calendar=calendar)
    if life.state is State.RUNNING and fitting(policy, "pauses", happened, rules.is_met):
        lives.pause(life, at=at, reason=str(happened.data.get("reason") or ""), calendar=calendar)
        lived.paused_by = happened.actor_id
        lived.paused_stage = str(happened.data.get("stage") or "")


def _opened(policy: Policy, happened: Happened, running: list[Lived], rules: Rules) -> Lived | None:
    if not fitting(policy, "opens", happened, rules.is_met):
        return None
    subject_id, subject_key = subject_of(policy, happened.data)
    if any((each.subject_id, each.subject_key) == (subject_id, subject_key) for each in running):
        return None
    target_s = rules.target_s(policy, happened)
    if target_s is None:
        return None
    calendar = rules.calendar(happened)
    life = lives.begin(policy, at=happened.at, target_s=target_s, calendar=calendar)
    return Lived(life, happened, subject_id, subject_key, calendar)


def _let_time_go_by(lived: Lived, until: datetime) -> None:
    life = lived.life
    while life.is_open and life.next_at is not None and life.next_at <= until:
        if life.state is State.PAUSED:
            lives.resume(life, at=life.next_at, calendar=lived.calendar)
        else:
            at, item = lives.fire(life)
            lived.fired.append((at, item, life.round))
