"""When the steps of a clock fall due, from how long it has run (pure arithmetic)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from closeloop.engine.calendars import Calendar
from closeloop.engine.sla.model import Basis, Policy

_WORKING = Basis.WORKING
"""By itself, for to ask an enumeration for its member costs as much as adding two times."""


@dataclass(frozen=True, slots=True)
class Elapsed:
    """How long a clock has run, in seconds of both times."""

    natural_s: float = 0
    working_s: float = 0

    def by(self, basis: Basis) -> float:
        """The seconds of one time."""
        return self.working_s if basis is _WORKING else self.natural_s


@dataclass(frozen=True, slots=True)
class Plan:
    """When a clock is due, and what is left: (when, index of the item), in order of time."""

    due_at: datetime
    entries: tuple[tuple[datetime, int], ...]


def plan_of(
    policy: Policy,
    *,
    since: datetime,
    elapsed: Elapsed,
    target_s: float,
    calendar: Calendar | None,
    done: Collection[int] = (),
) -> Plan:
    """What is left of a clock that runs (again) since a moment; `done` are items already past.

    A warning whose time lay before the clock began is left out: the clock is shorter than it.
    """
    basis = policy.target.basis
    due_at = moved(since, target_s - elapsed.by(basis), basis, calendar)
    is_fresh = elapsed.natural_s == 0
    entries = []
    for item in policy.items:
        if item.index in done:
            continue
        seconds = item.duration.seconds_by(item.basis, calendar)
        if item.from_due:
            at = moved(due_at, item.sign * seconds, item.basis, calendar)
        else:
            at = moved(since, seconds - elapsed.by(item.basis), item.basis, calendar)
        if is_fresh and item.reminder is not None and at < since:
            continue
        entries.append((at, item.index))
    entries.sort()
    return Plan(due_at, tuple(entries))


def moved(moment: datetime, seconds: float, basis: Basis, calendar: Calendar | None) -> datetime:
    """A moment so many seconds later (earlier when negative), by that time."""
    if basis is _WORKING and calendar is not None:
        return calendar.add_working(moment, seconds)
    return moment + timedelta(seconds=seconds)


def run_between(start: datetime, end: datetime, calendar: Calendar | None) -> Elapsed:
    """How long a clock runs from one moment to another; working time only with a calendar."""
    working = calendar.working_between(start, end) if calendar else 0
    return Elapsed((end - start).total_seconds(), working)
