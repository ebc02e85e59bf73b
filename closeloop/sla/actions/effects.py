"""Letting firings take effect: people told, a task, a document, red, another owner, the record.

Firings of different subjects take effect together, in one transaction with few statements; where
one of them cannot, each has a transaction of its own, so that it stops nobody else. Each is marked
as done in the transaction of its effects, so it takes effect once. The clocks are locked first:
whoever closes one meanwhile either waits, or is seen here.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from closeloop.edge import statements
from closeloop.engine.sla import Item, resume
from closeloop.notices import live as screens
from closeloop.sla import facts, policies, presenting, rows
from closeloop.sla.actions import following
from closeloop.sla.actions.telling import Fired
from closeloop.sla.models import Clock, ClockState, Firing, FiringState
from closeloop.sla.people import Directory
from closeloop.sla.policies import Live

MOST_ATTEMPTS = 10
AT_ONCE = 500
TOGETHER = 200
"""How many clocks at most are held for how long their effects take: about 0.1 s."""
FIRES_EVERY_S = 0.1
"""How long what follows from earlier firings may keep new ones waiting."""
log = structlog.get_logger("closeloop.clocks")

_PENDING = """
    SELECT f.id, c.id, c.version_id, c.record_type, c.record_id, c.about_kind, c.about_id
    FROM sla_firing f JOIN sla_clock c ON c.id = f.clock_id
    WHERE f.state = 'pending'
        AND (f.retry_at IS NULL OR f.retry_at <= coalesce(%(now)s::timestamptz, now()))
    ORDER BY f.due_at, f.id LIMIT %(at_most)s
"""
_LOCK = "SELECT id FROM sla_clock WHERE id = ANY(%s::bigint[]) FOR NO KEY UPDATE SKIP LOCKED"
_MARK = """
    UPDATE sla_clock c SET breached_at = coalesce(c.breached_at, given.breached_at),
        red_since = coalesce(c.red_since, given.red_since)
    FROM jsonb_to_recordset(%s::jsonb)
        AS given(id bigint, breached_at timestamptz, red_since timestamptz)
    WHERE c.id = given.id
"""
_CONCLUDE = """
    UPDATE sla_firing f SET state = given.state, reason = given.reason, people = given.people,
        done_at = %s::timestamptz
    FROM jsonb_to_recordset(%s::jsonb) AS given(id bigint, state text, reason text, people bigint[])
    WHERE f.id = given.id
"""


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

    @property
    def subject(self) -> tuple[str, int | None]:
        """What its clock is about. The effects of one firing may concern all clocks of that."""
        is_of_record = self.record_id is not None
        return ("record", self.record_id) if is_of_record else (self.about_kind, self.about_id)


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
    left = [_Pending(*row) for row in statements.rows(_PENDING, {"now": now, "at_most": at_most})]
    portions: list[list[_Pending]] = []
    while left or portions:
        if not portions:
            some, left = _portion(left)
            portions = [some]
        some = portions.pop(0)
        try:
            with transaction.atomic():
                done += _carry_out(some, directory)
        except Exception as error:
            if not transaction.get_connection().is_usable():
                raise
            if len(some) > 1:
                log.warning("clock_effects_one_by_one", firings=len(some), exc_info=error)
                portions = [[each] for each in some]
                continue
            log.exception("clock_effect_failed", firing=some[0].id, clock=some[0].clock_id)
            _put_off(some[0].id, error)
        if time.monotonic() - called > FIRES_EVERY_S:
            meanwhile()
            called = time.monotonic()
    return done


def _portion(left: Sequence[_Pending]) -> tuple[list[_Pending], list[_Pending]]:
    """What takes effect next in one transaction, and the rest, in order.

    Each subject stands in it once, so that a firing sees what has come of those before it.
    """
    if _goes_alone(left[0]):
        return [left[0]], list(left[1:])
    together: dict[tuple[str, int | None], _Pending] = {}
    rest = []
    for each in left:
        if len(together) < TOGETHER and each.subject not in together and not _goes_alone(each):
            together[each.subject] = each
        else:
            rest.append(each)
    return list(together.values()), rest


def _goes_alone(pending: _Pending) -> bool:
    """Whether it may take long, or wait for locks, so that no other clock is held meanwhile."""
    live = policies.live(pending.version_id)
    return _locks_subject(live) or any(step.document for step in live.policy.steps)


def _locks_subject(live: Live) -> bool:
    """Whether its effects may change the record or other clocks of it, which are locked before it.

    Moves lock the record before its clocks; whoever changes either here does so too.
    """
    if any(step.reassign for step in live.policy.steps):
        return True
    ears = policies.book().by_verb
    return any(ear.changes for verb in following.RECORDED for ear in ears.get(verb, ()))


def _carry_out(some: Sequence[_Pending], directory: Directory) -> int:
    """How many took effect or were set aside; those that somebody else is at are not counted."""
    for each in some:
        if _locks_subject(policies.live(each.version_id)):
            following.lock_subject(each.record_type, each.record_id, each.about_kind, each.about_id)
    locked = [row[0] for row in statements.rows(_LOCK, [[each.clock_id for each in some]])]
    firings = _first_firings(locked, {each.id for each in some})
    if not firings:
        return 0
    found = Clock.objects.select_related("record", "owner").defer("record__grams")
    clocks = found.in_bulk([each.clock_id for each in firings])
    _effect([(clocks[each.clock_id], each) for each in firings], directory)
    return len(firings)


def _first_firings(locked: Sequence[int], wanted: set[int]) -> list[Firing]:
    """Of each clock the firing that is due first, where that is the one that is wanted.

    It is read under the clock's lock: what another sweeper has done meanwhile is seen.
    """
    waiting = Firing.objects.filter(clock_id__in=locked, state=FiringState.PENDING)
    first = waiting.order_by("clock_id", "due_at", "pk").distinct("clock_id")
    found = [each for each in first if each.pk in wanted]
    return sorted(found, key=lambda each: (each.due_at, each.pk))


def _effect(due: Sequence[tuple[Clock, Firing]], directory: Directory) -> None:
    """What follows. Where a clock stands still, the step waits with it."""
    reasons = {firing.pk: _why_not(clock, firing) for clock, firing in due}
    begun = [_begin(clock, firing) for clock, firing in due if not reasons[firing.pk]]
    fired = [each for each in begun if each is not None]
    unmet = _unmet(fired)
    reasons |= dict.fromkeys(unmet, "condition")
    fired = [each for each in fired if each.firing.pk not in unmet]
    _mark(fired)
    told = following.follow(fired, directory) if fired else []
    people = {each.firing.pk: found for each, found in zip(fired, told, strict=True)}
    _conclude(reasons, people)
    screens.tell("clock", {each.clock.owner_id for each in fired if each.clock.owner_id})


def _begin(clock: Clock, firing: Firing) -> Fired | None:
    live = policies.live(clock.version_id)
    if firing.step < 0:
        reason = presenting.waiting_name(clock)
        _end_pause(clock, firing, live)
        return Fired(clock=clock, firing=firing, live=live, item=None, reason=reason)
    if clock.state == ClockState.PAUSED:
        _take_back(clock, firing)
        return None
    return Fired(clock=clock, firing=firing, live=live, item=live.policy.items[firing.step])


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


def _unmet(fired: Sequence[Fired]) -> set[int]:
    """The firings whose step has a condition that its record does not meet now."""
    asked: dict[tuple[int, int], list[Fired]] = {}
    for each in fired:
        if _condition(each) is not None and each.item is not None:
            asked.setdefault((each.live.version_id, each.item.index), []).append(each)
    unmet: set[int] = set()
    for some in asked.values():
        ids = [each.clock.record_id for each in some if each.clock.record_id is not None]
        met = facts.met_among(some[0].clock.record_type, ids, _condition(some[0]) or {})
        unmet |= {each.firing.pk for each in some if each.clock.record_id not in met}
    return unmet


def _condition(fired: Fired) -> Mapping[str, Any] | None:
    step = fired.item.step if fired.item is not None else None
    return step.when if step is not None else None


def _mark(fired: Sequence[Fired]) -> None:
    """Lateness and red, as of when the step was due."""
    given = []
    for each in fired:
        clock, at, item = each.clock, each.firing.due_at, each.item
        breaches = _breaches(item) and clock.breached_at is None
        reddens = _reddens(item) and clock.red_since is None
        if breaches:
            clock.breached_at = at
        if reddens:
            clock.red_since = at
        if breaches or reddens:
            given.append(
                {
                    "id": clock.pk,
                    "breached_at": at if breaches else None,
                    "red_since": at if reddens else None,
                }
            )
    if given:
        statements.rows(_MARK, [rows.as_json(given)])


def _breaches(item: Item | None) -> bool:
    return item is not None and item.breaches


def _reddens(item: Item | None) -> bool:
    return item is not None and item.step is not None and item.step.red


def _take_back(clock: Clock, firing: Firing) -> None:
    """A step that fired as the clock was being paused falls due again when it runs on."""
    place = clock.plan.index(firing.step)
    clock.plan.pop(place)
    clock.schedule.pop(place)
    clock.step -= 1
    clock.save(update_fields=["plan", "schedule", "step"])
    Firing.objects.filter(pk=firing.pk).delete()


def _end_pause(clock: Clock, firing: Firing, live: Live) -> None:
    """The leave to stand still is over: the clock runs on from then."""
    held = rows.held_of(live, clock.calendar_id)
    life = rows.life_of(live, vars(clock))
    resume(life, at=firing.due_at, calendar=held.calendar if held else None)
    Clock.objects.filter(pk=clock.pk).update(**rows.columns_of(life))
    clock.due_at = life.due_at


def _conclude(reasons: dict[int, str], people: dict[int, tuple[int, ...]]) -> None:
    """Mark firings as done, or as skipped with the reason; those that wait on are neither."""
    given = [
        {"id": pk, "state": FiringState.SKIPPED, "reason": reason, "people": []}
        for pk, reason in reasons.items()
        if reason
    ]
    given += [
        {"id": pk, "state": FiringState.DONE, "reason": "", "people": list(told)}
        for pk, told in people.items()
    ]
    if given:
        statements.rows(_CONCLUDE, [timezone.now(), rows.as_json(given)])


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
