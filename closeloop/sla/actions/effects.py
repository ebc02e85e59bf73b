"""What follows from a firing: people told, a task, a document, red, another owner, the record.

Each firing has a transaction of its own and is marked as done in it, so it takes effect once. The
clock is locked first: whoever closes it meanwhile either waits, or is seen here.
"""

from collections.abc import Sequence
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
    SELECT id, clock_id FROM sla_firing
    WHERE state = 'pending'
        AND (retry_at IS NULL OR retry_at <= coalesce(%(now)s::timestamptz, now()))
    ORDER BY due_at, id LIMIT %(at_most)s
"""
_LOCK = """
    SELECT f.id FROM sla_clock c JOIN sla_firing f ON f.clock_id = c.id
    WHERE c.id = %(clock)s AND f.state = 'pending'
    ORDER BY f.due_at, f.id LIMIT 1
"""
_LOCK_CLOCK = "SELECT 1 FROM sla_clock WHERE id = %s FOR NO KEY UPDATE SKIP LOCKED"


@dataclass
class _Done:
    """What became of a firing."""

    state: str
    reason: str = ""
    people: Sequence[int] = field(default_factory=tuple)


def carry_out_pending(now: datetime | None = None, *, at_most: int = AT_ONCE) -> int:
    """Let pending firings take effect, the earliest due first; gives how many did.

    One that fails is tried again later, with growing pauses, and given up after ten attempts.
    """
    directory, done = Directory(), 0
    for firing_id, clock_id in statements.rows(_PENDING, {"now": now, "at_most": at_most}):
        try:
            with transaction.atomic():
                done += _carry_out(firing_id, clock_id, directory)
        except Exception as error:
            if not connection_is_usable():
                raise
            log.exception("clock_effect_failed", firing=firing_id, clock=clock_id)
            _put_off(firing_id, error)
    return done


def connection_is_usable() -> bool:
    """Whether the database still answers: then only this firing has failed."""
    return bool(transaction.get_connection().is_usable())


def _carry_out(firing_id: int, clock_id: int, directory: Directory) -> int:
    """1 where the firing took effect or was set aside, 0 where somebody else is at it."""
    known = Clock.objects.filter(pk=clock_id).values_list(
        "version_id", "record_type", "record_id", "about_kind", "about_id"
    )
    about = known.first()
    if about is not None and _may_reassign(about[0]):
        # Moves lock the record before the clock; whoever changes the record here does so too.
        following.lock_subject(*about[1:])
    if statements.row(_LOCK_CLOCK, [clock_id]) is None:
        return 0
    first = statements.row(_LOCK, {"clock": clock_id})
    if first is None or first[0] != firing_id:
        return 0
    firing = Firing.objects.get(pk=firing_id)
    clock = Clock.objects.select_related("record", "owner").defer("record__grams").get(pk=clock_id)
    done = _effect(clock, firing, directory)
    if done is None:
        firing.delete()
        return 1
    Firing.objects.filter(pk=firing_id).update(
        state=done.state, reason=done.reason, people=list(done.people), done_at=timezone.now()
    )
    return 1


def _may_reassign(version_id: int) -> bool:
    return any(step.reassign for step in policies.live(version_id).policy.steps)


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
