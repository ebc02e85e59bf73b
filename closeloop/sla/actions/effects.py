"""What follows from a firing: people told, a task, a document, red, another owner, the record.

Each firing has a transaction of its own and is marked as done in it, so it takes effect once. The
clock is locked first: whoever closes it meanwhile either waits, or is seen here.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from django.db import transaction
from django.utils import timezone

from closeloop.edge import statements
from closeloop.engine.sla import Item, resume
from closeloop.sla import facts, policies, rows
from closeloop.sla.actions import following
from closeloop.sla.actions.following import Fired
from closeloop.sla.models import Clock, ClockState, Firing, FiringState
from closeloop.sla.people import Directory
from closeloop.sla.policies import Live

MOST_ATTEMPTS = 10
AT_ONCE = 500
log = structlog.get_logger("closeloop.clocks")

_PENDING = """
    SELECT f.id, c.id, c.version_id, c.record_type, c.record_id, c.about_kind, c.about_id
    FROM sla_firing f JOIN sla_clock c ON c.id = f.clock_id
    WHERE f.state = 'pending'
        AND (f.retry_at IS NULL OR f.retry_at <= coalesce(%(now)s::timestamptz, now()))
    ORDER BY f.due_at, f.id LIMIT %(at_most)s
"""
_LOCK = "SELECT 1 FROM sla_clock WHERE id = %s FOR NO KEY UPDATE SKIP LOCKED"
FIRES_EVERY_S = 0.1
"""How long what follows from earlier firings may keep new ones waiting."""


@dataclass(frozen=True)
class _Pending:
    """A firing that waits, with what must be known before its clock is locked."""

    id: int
    clock_id: int
    version_id: int
    record_type: str
    record_id: int | None
    about_kind: str
    about_id: int | None


@dataclass
class _Done:
    """What became of a firing."""

    state: str
    reason: str = ""
    people: Sequence[int] = field(default_factory=tuple)


def carry_out_pending(
    now: datetime | None = None,
    *,
    at_most: int = AT_ONCE,
    meanwhile: Callable[[], object] = lambda: None,
) -> int:
    """Let pending firings take effect, the earliest due first; gives how many did.

    One that fails is tried again later, with growing pauses, and given up after ten attempts.
    `meanwhile` is called ten times a second.
    """
    directory, done, called = Directory(), 0, time.monotonic()
    for row in statements.rows(_PENDING, {"now": now, "at_most": at_most}):
        pending = _Pending(*row)
        try:
            with transaction.atomic():
                done += _carry_out(pending, directory)
        except Exception as error:
            if not transaction.get_connection().is_usable():
                raise
            log.exception("clock_effect_failed", firing=pending.id, clock=pending.clock_id)
            _put_off(pending.id, error)
        if time.monotonic() - called > FIRES_EVERY_S:
            meanwhile()
            called = time.monotonic()
    return done


def _carry_out(pending: _Pending, directory: Directory) -> int:
    """1 where the firing took effect or was set aside, 0 where somebody else is at it."""
    live = policies.live(pending.version_id)
    if any(step.reassign for step in live.policy.steps):
        # Moves lock the record before the clock; whoever changes the record here does so too.
        following.lock_subject(
            pending.record_type, pending.record_id, pending.about_kind, pending.about_id
        )
    if statements.row(_LOCK, [pending.clock_id]) is None:
        return 0
    waiting = Firing.objects.filter(clock_id=pending.clock_id, state=FiringState.PENDING)
    firing = waiting.order_by("due_at", "pk").first()
    if firing is None or firing.pk != pending.id:
        return 0
    clocks = Clock.objects.select_related("record", "owner").defer("record__grams")
    done = _effect(clocks.get(pk=pending.clock_id), firing, directory)
    if done is None:
        firing.delete()
        return 1
    Firing.objects.filter(pk=firing.pk).update(
        state=done.state, reason=done.reason, people=list(done.people), done_at=timezone.now()
    )
    return 1


def _effect(clock: Clock, firing: Firing, directory: Directory) -> _Done | None:
    """What follows; None where the clock stands still and the step waits with it."""
    why = _why_not(clock, firing)
    if why:
        return _Done(FiringState.SKIPPED, why)
    live = policies.live(clock.version_id)
    if firing.step < 0:
        return _end_pause(clock, firing, live, directory)
    if clock.state == ClockState.PAUSED:
        _take_back(clock, firing)
        return None
    item = live.policy.items[firing.step]
    if item.step is not None and not facts.is_met(
        clock.record_type, clock.record_id, item.step.when
    ):
        return _Done(FiringState.SKIPPED, "condition")
    _mark(clock, firing, item)
    fired = Fired(clock=clock, firing=firing, live=live, item=item, directory=directory)
    return _Done(FiringState.DONE, people=following.follow(fired))


def _why_not(clock: Clock, firing: Firing) -> str:
    if clock.closed_at is not None:
        return "closed"
    if firing.round != clock.round:
        return "reset"
    if clock.record is not None and clock.record.deleted_at is not None:
        return "removed"
    if firing.step < 0 and (clock.state != ClockState.PAUSED or -firing.step != clock.pauses):
        return "resumed"
    return ""


def _mark(clock: Clock, firing: Firing, item: Item) -> None:
    """Lateness and red, as of when the step was due."""
    changed = []
    if item.breaches and clock.breached_at is None:
        clock.breached_at = firing.due_at
        changed.append("breached_at")
    if item.step is not None and item.step.red and clock.red_since is None:
        clock.red_since = firing.due_at
        changed.append("red_since")
    if changed:
        clock.save(update_fields=changed)


def _take_back(clock: Clock, firing: Firing) -> None:
    """A step that fired as the clock was being paused falls due again when it runs on."""
    place = clock.plan.index(firing.step)
    clock.plan.pop(place)
    clock.schedule.pop(place)
    clock.step -= 1
    clock.save(update_fields=["plan", "schedule", "step"])


def _end_pause(clock: Clock, firing: Firing, live: Live, directory: Directory) -> _Done:
    """The leave to stand still is over: the clock runs on from then, and people are reminded."""
    held = rows.held_of(live, clock.calendar_id)
    life = rows.life_of(live, vars(clock))
    reason = following.waiting_name(clock)
    resume(life, at=firing.due_at, calendar=held.calendar if held else None)
    Clock.objects.filter(pk=clock.pk).update(**rows.columns_of(life))
    clock.due_at = life.due_at
    limit = live.policy.pause_limit
    if limit is None:
        return _Done(FiringState.DONE)
    fired = Fired(clock=clock, firing=firing, live=live, item=None, directory=directory)
    return _Done(FiringState.DONE, people=following.remind(fired, limit.to, reason))


def _put_off(firing_id: int, error: Exception) -> None:
    """Try again after 2, 4, 8 … seconds, at most an hour apart."""
    statements.rows(
        """
        UPDATE sla_firing SET attempts = attempts + 1, reason = %s,
            retry_at = now() + make_interval(secs => least(3600, 2 ^ (attempts + 1))),
            state = CASE WHEN attempts + 1 >= %s THEN 'failed' ELSE state END
        WHERE id = %s AND state = 'pending'
        """,
        [f"{type(error).__name__}: {error}"[:500], MOST_ATTEMPTS, firing_id],
    )
