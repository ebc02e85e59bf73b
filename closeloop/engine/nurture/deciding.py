"""Where an enrolment goes from here: one look gives what is done and when to look again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from closeloop.engine import conditions
from closeloop.engine.calendars import Calendar
from closeloop.engine.conditions import Condition
from closeloop.engine.facts import Catalogue, Fact, FactFamily, FactType
from closeloop.engine.nurture.limits import Admission
from closeloop.engine.nurture.model import (
    CLICKED,
    CLICKED_LAST,
    HAS_OWNER,
    OPENED,
    OPENED_LAST,
    SENT,
    Basis,
    Branch,
    End,
    HandOver,
    Leave,
    Path,
    Score,
    Send,
    Step,
    TimeUnit,
    Wait,
)

Facts = Mapping[str, object]
OVER = ""
"""The position behind the last step."""


class State(StrEnum):
    """How an enrolment stands."""

    RUNNING = "running"
    DONE = "done"
    LEFT = "left"


class Always(StrEnum):
    """Why a lead leaves whatever its path says."""

    REMOVED = "removed"
    MERGED = "merged"
    CLOSED = "closed"
    UNSUBSCRIBED = "unsubscribed"
    BY_HAND = "by_hand"
    PATH_OFF = "path_off"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is asked of a lead whatever its path says."""

    is_open: bool = True
    is_removed: bool = False
    is_unsubscribed: bool = False


@dataclass(frozen=True, slots=True)
class Passed:
    """A step that was taken. `outcome`: until when, then or otherwise, sent, skipped …"""

    step: str
    outcome: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What one look gives.

    `passed` are the steps that were taken, the last of them has the `effect` where there is one;
    then the enrolment stands before `position` and is looked at again at `next_at`.
    """

    state: State
    position: str = OVER
    next_at: datetime | None = None
    passed: tuple[Passed, ...] = ()
    effect: Send | Score | HandOver | None = None
    skip: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Compiled:
    """A path ready to be walked: every step by its key, what follows it, its conditions."""

    path: Path
    first: str
    steps: Mapping[str, Step]
    after: Mapping[str, str]
    start: Condition | None
    leaves: tuple[tuple[Leave, Condition | None], ...]
    branches: Mapping[str, Condition]

    @property
    def start_keys(self) -> frozenset[str]:
        """The facts that the start asks for."""
        return self.start.fact_keys if self.start else frozenset()

    @property
    def fact_keys(self) -> frozenset[str]:
        """The facts that the walk asks for."""
        asked = [condition.fact_keys for _, condition in self.leaves if condition]
        asked += [condition.fact_keys for condition in self.branches.values()]
        return frozenset().union(*asked)

    def starts(self, facts: Facts) -> bool:
        """Whether a lead with these facts begins; an unknown answer is no."""
        return self.start is None or self.start.test(facts) is True


def _label(zh: str, en: str) -> Mapping[str, str]:
    return {"zh-CN": zh, "en-US": en}


OWN_FACTS = Catalogue(
    [
        Fact(OPENED_LAST, FactType.BOOLEAN, _label("打开了上一条消息", "Opened the last message")),
        Fact(
            CLICKED_LAST,
            FactType.BOOLEAN,
            _label("点击了上一条消息", "Followed a link in the last message"),
        ),
        Fact(SENT, FactType.NUMBER, _label("已发送的消息数", "Messages sent")),
        Fact(HAS_OWNER, FactType.BOOLEAN, _label("有负责人", "Has an owner")),
    ],
    [
        FactFamily(OPENED, FactType.BOOLEAN, _label("打开了该步骤的消息", "Opened that message")),
        FactFamily(
            CLICKED, FactType.BOOLEAN, _label("点击了该步骤的消息", "Followed that message")
        ),
    ],
)
"""What paths may ask beside the facts of the record."""


def compile_path(path: Path, catalogue: Catalogue) -> Compiled:
    """A path ready to be walked. Raises ConditionInvalid where it names what there is not."""
    known = catalogue.joined(OWN_FACTS)
    steps: dict[str, Step] = {}
    after: dict[str, str] = {}
    _lay(path.steps, OVER, steps, after)

    def condition(tree: Mapping[str, object] | None) -> Condition | None:
        return conditions.compile_condition(tree, known) if tree else None

    return Compiled(
        path=path,
        first=path.steps[0].key if path.steps else OVER,
        steps=steps,
        after=after,
        start=condition(path.starts.when),
        leaves=tuple((leave, condition(leave.when)) for leave in path.leaves),
        branches={
            step.key: conditions.compile_condition(step.when, known)
            for step in steps.values()
            if isinstance(step, Branch)
        },
    )


def reason_to_leave(
    compiled: Compiled, standing: Standing, facts: Facts, verbs: Collection[str] = ()
) -> str:
    """Why the lead leaves now, or nothing.

    Of several reasons the first of the path counts, in whatever order things were recorded.
    """
    if standing.is_removed:
        return Always.REMOVED
    for leave, condition in compiled.leaves:
        if leave.on and not leave.on.intersection(verbs):
            continue
        if condition is None or condition.test(facts) is True:
            return leave.key
    if not standing.is_open:
        return Always.CLOSED
    return Always.UNSUBSCRIBED if standing.is_unsubscribed else ""


Admit = Callable[[Send], Admission]


def decide(
    compiled: Compiled,
    position: str,
    facts: Facts,
    *,
    standing: Standing,
    admit: Admit,
    now: datetime,
    calendar: Calendar,
) -> Decision:
    """What is due for an enrolment that stands before `position` at a moment.

    At most one effect: it may change the facts, so what follows is asked anew. Waits count from
    the moment at which they are reached, so nothing is made up for after a standstill.
    """
    reason = reason_to_leave(compiled, standing, facts)
    if reason:
        return Decision(State.LEFT, reason=reason)
    passed: list[Passed] = []
    key = position
    while key != OVER:
        step, following = compiled.steps[key], compiled.after[key]
        if isinstance(step, Wait):
            until = end_of(step, now=now, calendar=calendar)
            passed.append(Passed(key, "waits", until))
            if until > now:
                return Decision(State.RUNNING, following, until, tuple(passed))
        elif isinstance(step, Branch):
            is_met = compiled.branches[key].test(facts) is True
            taken = step.then if is_met else step.otherwise
            passed.append(Passed(key, "then" if is_met else "otherwise"))
            following = taken[0].key if taken else following
        elif isinstance(step, Send):
            admission = admit(step)
            if admission.until is not None:
                return Decision(State.RUNNING, key, admission.until, tuple(passed))
            passed.append(Passed(key, "skipped" if admission.skip else "sent"))
            return _after(step, following, passed, now, skip=admission.skip)
        elif isinstance(step, End):
            passed.append(Passed(key, "ended"))
            break
        else:
            passed.append(Passed(key, "scored" if isinstance(step, Score) else "handed_over"))
            return _after(step, following, passed, now)
        key = following
    return Decision(State.DONE, passed=tuple(passed))


def end_of(step: Wait, *, now: datetime, calendar: Calendar) -> datetime:
    """When a wait that begins now is over."""
    is_working = step.basis is Basis.WORKING
    if is_working:
        unit_s = calendar.week.day_s if step.unit is TimeUnit.DAYS else 3600
        end = calendar.add_working(now, step.amount * unit_s)
    else:
        hours = step.amount * (24 if step.unit is TimeUnit.DAYS else 1)
        end = now + timedelta(hours=hours)
    if step.until is not None:
        end = _time_of_day(step.until, end, calendar, only_working=step.until_working or is_working)
    elif step.until_working and not calendar.is_working(end):
        end = calendar.add_working(end, 1) - timedelta(seconds=1)
    return end


def _time_of_day(
    seconds: int, end: datetime, calendar: Calendar, *, only_working: bool
) -> datetime:
    """The next such time of day, on a working day where that is asked."""
    local = end.astimezone(calendar.zone)
    wall = time(seconds // 3600, seconds % 3600 // 60)
    found = datetime.combine(local.date(), wall, tzinfo=calendar.zone)
    if found < local:
        found += timedelta(days=1)
    if only_working and not calendar.spans_of(found.date()):
        worked = calendar.add_working(found, 1).astimezone(calendar.zone)
        found = datetime.combine(worked.date(), wall, tzinfo=calendar.zone)
    return found.astimezone(end.tzinfo)


def _after(
    step: Send | Score | HandOver,
    following: str,
    passed: list[Passed],
    now: datetime,
    *,
    skip: str = "",
) -> Decision:
    is_over = following == OVER or isinstance(step, HandOver)
    return Decision(
        State.DONE if is_over else State.RUNNING,
        position=OVER if is_over else following,
        next_at=None if is_over else now,
        passed=tuple(passed),
        effect=step,
        skip=skip,
    )


def _lay(
    steps: tuple[Step, ...], behind: str, by_key: dict[str, Step], after: dict[str, str]
) -> None:
    """Note each step and what follows it; the last of a branch is followed by what follows that."""
    for index, step in enumerate(steps):
        following = steps[index + 1].key if index + 1 < len(steps) else behind
        by_key[step.key], after[step.key] = step, following
        if isinstance(step, Branch):
            _lay(step.then, following, by_key, after)
            _lay(step.otherwise, following, by_key, after)
