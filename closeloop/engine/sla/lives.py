"""A clock's life: begun, paused, resumed, reset, fired, closed. Only arithmetic, no storage."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from closeloop.engine.calendars import Calendar
from closeloop.engine.sla.model import Item, Policy
from closeloop.engine.sla.schedule import Elapsed, moved, plan_of, run_between


class State(StrEnum):
    """How a clock stands. A late clock that is still open is running, with `breached_at`."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    BREACHED = "breached"
    CANCELLED = "cancelled"


_RUNNING, _PAUSED = State.RUNNING, State.PAUSED
NOT_RUN = Elapsed()
OPEN = frozenset({State.RUNNING, State.PAUSED})


@dataclass
class Life:
    """One clock. `schedule` and `plan` hold when items fall due and which; the first `step` of
    them are past. While it is paused, only those remain, and `next_at` is the end of the leave.
    """

    policy: Policy
    target_s: float
    started_at: datetime
    state: State = _RUNNING
    running_since: datetime | None = None
    elapsed: Elapsed = NOT_RUN
    due_at: datetime | None = None
    schedule: list[datetime] = field(default_factory=list)
    plan: list[int] = field(default_factory=list)
    step: int = 0
    round: int = 0
    next_at: datetime | None = None
    paused_since: datetime | None = None
    paused_reason: str = ""
    pauses: int = 0
    red_since: datetime | None = None
    breached_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it can still be met or missed."""
        return self.state is _RUNNING or self.state is _PAUSED


def begin(policy: Policy, *, at: datetime, target_s: float, calendar: Calendar | None) -> Life:
    """A new clock that runs from a moment on."""
    life = Life(policy, target_s, started_at=at)
    _run(life, at, calendar)
    return life


def pause(life: Life, *, at: datetime, reason: str, calendar: Calendar | None) -> None:
    """Let a running clock stand still; what was due by now and did not fire waits too."""
    if life.state is not _RUNNING or life.running_since is None:
        return
    life.elapsed = _with(life.elapsed, run_between(life.running_since, at, calendar))
    life.state, life.running_since, life.due_at = _PAUSED, None, None
    life.paused_since, life.paused_reason = at, reason
    life.pauses += 1
    life.schedule, life.plan = life.schedule[: life.step], life.plan[: life.step]
    limit = life.policy.pause_limit
    life.next_at = None
    if limit is not None:
        seconds = limit.duration.seconds_by(limit.basis, calendar)
        life.next_at = moved(at, seconds, limit.basis, calendar)


def resume(life: Life, *, at: datetime, calendar: Calendar | None) -> None:
    """Let a paused clock run on with what it had left."""
    if life.state is _PAUSED:
        life.state, life.paused_since, life.paused_reason = _RUNNING, None, ""
        _run(life, at, calendar)


def reset(life: Life, *, at: datetime, calendar: Calendar | None) -> None:
    """Let an open clock begin anew; a paused one stands still with its whole time before it."""
    if not life.is_open:
        return
    life.started_at, life.elapsed = at, NOT_RUN
    life.schedule, life.plan, life.step = [], [], 0
    life.round += 1
    life.breached_at = life.red_since = None
    if life.state is _RUNNING:
        _run(life, at, calendar)


def close(life: Life, *, at: datetime, calendar: Calendar | None, cancelled: bool = False) -> None:
    """End an open clock: met, or breached when it was due before."""
    if not life.is_open:
        return
    if life.running_since is not None:
        life.elapsed = _with(life.elapsed, run_between(life.running_since, at, calendar))
    if life.breached_at is None and life.due_at is not None and life.due_at < at:
        life.breached_at = life.due_at
    ended = State.BREACHED if life.breached_at else State.MET
    life.state = State.CANCELLED if cancelled else ended
    life.closed_at, life.next_at, life.running_since = at, None, None


def fire(life: Life) -> tuple[datetime, Item]:
    """Take what falls due next on a running clock; marks lateness and red, as a step says."""
    at, item = life.schedule[life.step], life.policy.items[life.plan[life.step]]
    life.step += 1
    life.next_at = life.schedule[life.step] if life.step < len(life.schedule) else None
    if item.breaches and life.breached_at is None:
        life.breached_at = at
    if item.step is not None and item.step.red and life.red_since is None:
        life.red_since = at
    return at, item


def _run(life: Life, at: datetime, calendar: Calendar | None) -> None:
    done = life.plan[: life.step]
    found = plan_of(
        life.policy,
        since=at,
        elapsed=life.elapsed,
        target_s=life.target_s,
        calendar=calendar,
        done=done,
    )
    life.running_since, life.due_at = at, found.due_at
    life.schedule = life.schedule[: life.step] + [moment for moment, _ in found.entries]
    life.plan = done + [index for _, index in found.entries]
    life.next_at = life.schedule[life.step] if life.step < len(life.schedule) else None


def _with(first: Elapsed, more: Elapsed) -> Elapsed:
    return Elapsed(first.natural_s + more.natural_s, first.working_s + more.working_s)
