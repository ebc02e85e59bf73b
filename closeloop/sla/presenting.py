"""Clocks as their reader sees them: state, countdown, steps, and why, in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from closeloop.engine.sla import Basis, Elapsed, Policy
from closeloop.engine.sla.schedule import run_between
from closeloop.identity import queries as identity
from closeloop.identity.actor import Actor
from closeloop.records import queries as records
from closeloop.sla import policies, rows, sentences
from closeloop.sla.models import Clock, ClockState, Firing, FiringState
from closeloop.sla.queries import ClockBrief
from closeloop.sla.subjects import subjects

Name = Mapping[str, str]


@dataclass(frozen=True)
class _Beside:
    """What is read once for all clocks of a list."""

    now: datetime
    language: str
    readable: Mapping[int, Any]
    names: Mapping[int, str]
    firings: Mapping[int, list[Firing]]


def clock_rows(clocks: Sequence[Clock], *, actor: Actor, language: str) -> list[dict[str, Any]]:
    """Clocks as the API gives them; the number of queries does not grow with the clocks."""
    if not clocks:
        return []
    ids = {clock.record_id for clock in clocks if clock.record_id is not None}
    people = {clock.paused_by_id for clock in clocks if clock.paused_by_id is not None}
    firings: dict[int, list[Firing]] = {}
    for firing in Firing.objects.filter(clock_id__in=[clock.pk for clock in clocks]):
        firings.setdefault(firing.clock_id, []).append(firing)
    beside = _Beside(
        now=timezone.now(),
        language=language,
        readable=records.visible_among(ids, actor=actor),
        names=identity.names_of(people) if people else {},
        firings=firings,
    )
    return [_row(clock, beside) for clock in clocks]


def brief_row(brief: ClockBrief | None) -> dict[str, Any] | None:
    """A badge."""
    if brief is None:
        return None
    return {
        "id": brief.id,
        "policy": dict(brief.policy),
        "due_at": brief.due_at,
        "state": brief.state,
        "is_late": brief.is_late,
        "is_red": brief.is_red,
    }


def waiting_name(clock: Clock) -> Name:
    """What a paused clock waits for."""
    found = subjects.waiting_name(clock.record_type, clock.paused_stage, clock.paused_reason)
    return found or {
        language: sentences.say("clock.waiting.other", language) for language in ("zh-CN", "en-US")
    }


def is_late(clock: Clock, now: datetime) -> bool:
    """Whether a clock was not met in time, or is overdue by now."""
    if clock.breached_at is not None:
        return clock.state != ClockState.CANCELLED
    is_running = clock.state == ClockState.RUNNING
    return is_running and clock.due_at is not None and clock.due_at <= now


def _row(clock: Clock, beside: _Beside) -> dict[str, Any]:
    live = policies.live(clock.version_id)
    record = beside.readable.get(clock.record_id or 0)
    owner = clock.owner
    return {
        "id": clock.pk,
        "policy": {
            "key": live.policy.key, "name": dict(live.policy.name), "version": live.number,
        },
        "record": None
        if record is None
        else {"id": record.pk, "type": record.type, "title": record.title},
        "about": clock.about_kind,
        "about_id": clock.about_id,
        "link": _link(clock),
        "owner": {"id": owner.pk, "name": owner.name} if owner else None,
        "state": clock.state,
        "is_late": is_late(clock, beside.now),
        "is_red": clock.red_since is not None and clock.closed_at is None,
        "started_at": clock.started_at,
        "due_at": clock.due_at,
        "next_at": clock.next_at,
        "closed_at": clock.closed_at,
        "target_s": round(clock.target_s),
        "time": live.policy.target.basis.value,
        "remaining_s": _remaining(clock, live.policy, beside.now),
        "paused": _paused(clock, beside),
        "steps": _steps(clock, live.policy, beside),
        "resets_by": sentences.resets_by(live.policy, beside.language),
        "why": _why(clock, live.policy, beside),
    }  # fmt: skip


def _link(clock: Clock) -> str:
    if clock.about_kind != "record":
        found = subjects.kind(clock.about_kind).link({**clock.context, "about_id": clock.about_id})
        if found:
            return found
    return f"/records/{clock.record_type}/{clock.record_id}" if clock.record_id else ""


def link_of(clock: Clock) -> str:
    """Where in the web client that is done which the clock waits for."""
    return _link(clock)


def _remaining(clock: Clock, policy: Policy, now: datetime) -> int | None:
    if clock.closed_at is not None:
        return None
    elapsed = Elapsed(clock.elapsed_natural_s, clock.elapsed_working_s)
    left = clock.target_s - elapsed.by(policy.target.basis)
    if clock.running_since is not None:
        held = rows.held_of(policies.live(clock.version_id), clock.calendar_id)
        calendar = held.calendar if held and policy.target.basis is Basis.WORKING else None
        left -= run_between(clock.running_since, now, calendar).by(policy.target.basis)
    return round(left)


def _paused(clock: Clock, beside: _Beside) -> dict[str, Any] | None:
    if clock.state != ClockState.PAUSED:
        return None
    by = clock.paused_by_id
    return {
        "reason": clock.paused_reason,
        "name": dict(waiting_name(clock)),
        "since": clock.paused_since,
        "by": None if by is None else {"id": by, "name": beside.names.get(by, "—")},
    }


def _steps(clock: Clock, policy: Policy, beside: _Beside) -> list[dict[str, Any]]:
    firings = {
        each.step: each for each in beside.firings.get(clock.pk, ()) if each.round == clock.round
    }
    places = {index: place for place, index in enumerate(clock.plan)}
    found = []
    for item in policy.items:
        place, firing = places.get(item.index), firings.get(item.index)
        is_past = place is not None and place < clock.step
        state = "fired" if is_past else "ahead"
        if firing is not None and firing.state == FiringState.SKIPPED:
            state = "skipped"
        if not is_past and clock.closed_at is not None:
            state = "skipped"
        found.append(
            {
                "key": item.key,
                "sentence": sentences.item(policy, item, beside.language),
                "at": clock.schedule[place] if place is not None else None,
                "state": state,
                "fired_at": firing.fired_at if firing is not None else None,
            }
        )
    return found


def _why(clock: Clock, policy: Policy, beside: _Beside) -> str:
    language = beside.language
    opened = next((each for each in policy.opens if each.verb == clock.opened_by_verb), None)
    event = sentences.event(opened or policy.opens[0], policy.about, language)
    words = {"event": event, "target": sentences.target(policy, language)}
    parts = [sentences.say("clock.why", language, words)]
    if clock.state == ClockState.PAUSED and clock.paused_since is not None:
        time = sentences.span_of((beside.now - clock.paused_since).total_seconds(), language)
        reason = waiting_name(clock).get(language, "")
        parts.append(sentences.say("clock.why.paused", language, {"time": time, "reason": reason}))
    if is_late(clock, beside.now):
        due = clock.breached_at or clock.due_at
        until = clock.closed_at or beside.now
        if due is not None:
            time = sentences.span_of((until - due).total_seconds(), language)
            parts.append(sentences.say("clock.why.late", language, {"time": time}))
    joint = "" if language == "zh-CN" else " "
    return joint.join(parts)
