"""What a policy says: which clocks it opens, what moves them, what follows when they are due."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from closeloop.engine.calendars import DAY_S, Calendar

Name = Mapping[str, str]
ABOUT_OTHERS: Mapping[str, str] = {
    "approval_ask": "ask_id",
    "approval_case": "case_id",
    "exception": "exception_id",
    "support_case": "support_case_id",
    "task": "task_id",
}
"""What a clock may be about beside records -> the key of its id in the data of recorded verbs."""
_PLAIN = (str, int, float, type(None))


ROUTE = "route"
"""What a step says under `reassign` where the rules that gave the record out choose anew."""


class Basis(StrEnum):
    """By which time a duration counts."""

    NATURAL = "natural"
    WORKING = "working"


_WORKING = Basis.WORKING


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time. A day is 24 hours, or a working day of the calendar in working time."""

    days: float = 0
    seconds: int = 0

    def seconds_by(self, basis: Basis, calendar: Calendar | None) -> int:
        """The length in seconds of that time."""
        if calendar is None or basis is not _WORKING:
            return round(self.days * DAY_S) + self.seconds
        return round(self.days * calendar.week.day_s) + self.seconds


@dataclass(frozen=True, slots=True)
class Test:
    """What a value in the data of a recorded verb must be."""

    values: frozenset[Any] | None = None
    other_than: frozenset[Any] = frozenset()
    at_least: float | None = None
    at_most: float | None = None

    def fits(self, value: Any) -> bool:
        """Whether a value passes; of several (a list, the keys of a mapping) one is enough."""
        if isinstance(value, _PLAIN):
            is_wanted = self.values is None or value in self.values
            return is_wanted and value not in self.other_than and self._is_within(value)
        given = list(value) if isinstance(value, dict | list) else [value]
        held = [each for each in given if isinstance(each, Hashable)]
        if self.values is not None and not any(each in self.values for each in held):
            return False
        if any(each in self.other_than for each in held):
            return False
        return all(map(self._is_within, held))

    @property
    def has_bounds(self) -> bool:
        """Whether a number must lie between others."""
        return self.at_least is not None or self.at_most is not None

    def _is_within(self, value: Any) -> bool:
        if not self.has_bounds:
            return True
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        low = self.at_least is None or value >= self.at_least
        return low and (self.at_most is None or value <= self.at_most)


@dataclass(frozen=True, slots=True)
class Event:
    """A recorded verb, perhaps only with certain data, perhaps only while a condition is met."""

    verb: str
    where: Mapping[str, Test] = field(default_factory=dict)
    when: Mapping[str, Any] | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    """`where` as it was written."""

    def fits(self, verb: str, data: Mapping[str, Any]) -> bool:
        """Whether a recorded thing is this one, its condition apart."""
        return verb == self.verb and (
            not self.where or all(test.fits(data.get(key)) for key, test in self.where.items())
        )


@dataclass(frozen=True, slots=True)
class Target:
    """By when: a duration, the expected days of the stage, or a time that something names."""

    duration: Duration | None = None
    basis: Basis = Basis.NATURAL
    source: str = ""
    """"stage.expected_days", "field.<key>" or "data.<key>"; empty with a duration."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder some time before the clock is due."""

    key: str
    before: Duration
    basis: Basis
    to: tuple[str, ...]
    channels: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class PauseLimit:
    """How long a clock may stand still at a stretch, and who is told when it goes on."""

    duration: Duration
    basis: Basis
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaskWanted:
    """A task that a step gives to somebody; one with `answers` (key, words) ends by one of them."""

    kind: str
    title: Name
    to: str
    due: Duration | None
    answers: tuple[tuple[str, Name], ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One escalation: `after` the start, or `overdue` after the due time."""

    key: str
    after: Duration | None
    overdue: Duration | None
    basis: Basis
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    channels: tuple[str, ...] | None = None
    event: str = "clock.escalated"
    document: str = ""
    red: bool = False
    task: TaskWanted | None = None
    reassign: str = ""
    when: Mapping[str, Any] | None = None


class ItemKind(StrEnum):
    """What falls due on a clock."""

    WARNING = "warning"
    DUE = "due"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that falls due: after the start, or before (negative) or after the due time."""

    kind: ItemKind
    key: str
    from_due: bool
    sign: int
    duration: Duration
    basis: Basis
    breaches: bool = False
    step: Step | None = None
    reminder: Reminder | None = None
    index: int = 0


@dataclass(frozen=True)
class Policy:
    """A policy, frozen once published."""

    key: str
    name: Name
    about: str
    opens: tuple[Event, ...]
    closes: tuple[Event, ...]
    target: Target
    cancels: tuple[Event, ...] = ()
    resets: tuple[Event, ...] = ()
    pauses: tuple[Event, ...] = ()
    resumes: tuple[Event, ...] = ()
    owner: str = "owner"
    subject: str = ""
    """"data:<key>", "stage", or empty: one clock a record."""
    warnings: tuple[Reminder, ...] = ()
    pause_limit: PauseLimit | None = None
    steps: tuple[Step, ...] = ()
    note: Name = field(default_factory=dict)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Everything that falls due, in an order that never changes for this version."""
        return items_of(self)

    @cached_property
    def verbs(self) -> frozenset[str]:
        """Every verb that the policy listens to."""
        return frozenset(event.verb for events in self.events.values() for event in events)

    @cached_property
    def events(self) -> Mapping[str, tuple[Event, ...]]:
        """The events by what they do."""
        return {
            "opens": self.opens,
            "closes": self.closes,
            "cancels": self.cancels,
            "resets": self.resets,
            "pauses": self.pauses,
            "resumes": self.resumes,
        }

    @cached_property
    def counts_working_time(self) -> bool:
        """Whether anything in it counts working time."""
        limit = [self.pause_limit.basis] if self.pause_limit else []
        bases = [self.target.basis, *(item.basis for item in self.items), *limit]
        return Basis.WORKING in bases


def items_of(policy: Policy) -> tuple[Item, ...]:
    """Warnings, the due time, and steps. A step at the due time is the breach itself."""
    found = [
        Item(ItemKind.WARNING, each.key, True, -1, each.before, each.basis, reminder=each)
        for each in policy.warnings
    ]
    breach = next((step for step in policy.steps if _is_breach(step, policy.target)), None)
    if breach is None:
        due = Item(ItemKind.DUE, "due", True, 1, Duration(), policy.target.basis, breaches=True)
        found.append(due)
    found += [
        Item(
            ItemKind.STEP,
            step.key,
            step.overdue is not None,
            1,
            step.overdue or step.after or Duration(),
            step.basis,
            breaches=step is breach,
            step=step,
        )
        for step in policy.steps
    ]
    return tuple(replace(item, index=index) for index, item in enumerate(found))


def _is_breach(step: Step, target: Target) -> bool:
    if step.overdue is not None:
        return step.overdue == Duration()
    return step.after == target.duration and step.basis is target.basis
