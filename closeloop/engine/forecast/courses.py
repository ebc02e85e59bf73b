"""The course of a deal as it was recorded, and what of it was known at a moment.

Moments are days as numbers, counted from any fixed one, so that they can be subtracted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, inf
from typing import NamedTuple

FRESH_DAYS = 14
"""An effective contact within so many days is a recent one (C18: five to seven days is the norm
of the pack; twice the longer counts as still in touch).
"""
STEP = 7.0
"""Deals of the past are looked at once a week."""
Known = tuple[float, Decimal | None]


@dataclass(frozen=True, slots=True)
class Ladder:
    """What the process says of its stages: how deals end, the norm of a stay, the set chance; and
    since when contacts have been recorded at all.
    """

    won: frozenset[str]
    lost: frozenset[str]
    days: Mapping[str, int]
    chances: Mapping[str, float]
    contacts_from: float = -inf


@dataclass(frozen=True, slots=True)
class Course:
    """A deal's life. Each list is ordered by time; amounts and days count from when on they were
    known, None from when one was taken back; `removed` is when it was deleted. `undone` says of
    each contact when it was taken back; without it none was.
    """

    id: int
    begun: float
    stays: Sequence[tuple[str, float]]
    backs: Sequence[float] = ()
    contacts: Sequence[float] = ()
    undone: Sequence[float] = ()
    amounts: Sequence[Known] = ()
    closes: Sequence[tuple[float, float | None]] = ()
    removed: float = inf

    def stay_at(self, at: float) -> tuple[str, float] | None:
        """The stage it was in and since when; None before it began and once it was removed."""
        if at < self.begun or at >= self.removed:
            return None
        found = None
        for stay in self.stays:
            if stay[1] > at:
                break
            found = stay
        return found

    def amount_at(self, at: float) -> Decimal | None:
        """What it was worth, as far as was known then."""
        found = None
        for since, amount in self.amounts:
            if since > at:
                break
            found = amount
        return found

    def close_at(self, at: float) -> float | None:
        """The day on which its owner expected it to close, as was said then."""
        found = None
        for since, day in self.closes:
            if since > at:
                break
            found = day
        return found

    def won_at(self, ladder: Ladder) -> float:
        """When it was first won; infinity where it never was."""
        return next((since for stage, since in self.stays if stage in ladder.won), inf)

    def won_within(self, since: float, until: float, ladder: Ladder, *, known: float) -> bool:
        """Whether it was won from `since` until before `until`, and still so when `known`."""
        stay = self.stay_at(known)
        return stay is not None and stay[0] in ladder.won and since <= stay[1] < until


class Cell(NamedTuple):
    """How an open deal stands: all that its chance depends on."""

    stage: str
    age: int
    """0 within the norm of the stage, 1 up to twice the norm, 2 longer."""
    contact: int
    """1 effectively contacted within FRESH_DAYS, 0 not, 2 before contacts were recorded."""
    went_back: bool
    """It has been put back to an earlier stage."""


def cell_at(course: Course, at: float, ladder: Ladder) -> Cell | None:
    """How a deal stood at a moment by what was recorded until then; None where it was not open."""
    stay = course.stay_at(at)
    if stay is None or stay[0] in ladder.won or stay[0] in ladder.lost:
        return None
    stage, since = stay
    norm = ladder.days.get(stage) or 0
    age = 0 if not norm or at - since <= norm else 1 if at - since <= 2 * norm else 2
    contact = 2 if at < ladder.contacts_from + FRESH_DAYS else int(_is_fresh(course, at))
    return Cell(stage, age, contact, bool(course.backs) and course.backs[0] <= at)


def _is_fresh(course: Course, at: float) -> bool:
    """Whether a contact of the last days was known at a moment and not taken back by then."""
    for place in range(bisect_right(course.contacts, at) - 1, -1, -1):
        if at - course.contacts[place] > FRESH_DAYS:
            return False
        if not course.undone or course.undone[place] > at:
            return True
    return False


class Look(NamedTuple):
    """All open deals that stood alike on a day of the past: how many, and after how many days each
    of those that were won was won, the soonest first.
    """

    at: float
    cell: Cell
    deals: int
    waits: Sequence[float]


@dataclass(frozen=True, slots=True)
class Past:
    """Every open deal on every week's day, the earliest first; beside it in order of time when
    each deal was first looked at, in each stage and at all, and when each was won.
    """

    looks: Sequence[Look]
    first_in: Mapping[str, Sequence[float]]
    first: Sequence[float]
    wins: Sequence[float]


def past_of(courses: Iterable[Course], ladder: Ladder, *, until: float) -> Past:
    """The past of deals up to a moment.

    The days are whole multiples of a week, the same for every moment that one looks from.
    """
    waits: dict[tuple[float, Cell], list[float]] = {}
    first_in: dict[str, list[float]] = {}
    first: list[float] = []
    wins: list[float] = []
    for course in courses:
        won_at = course.won_at(ladder)
        if won_at <= until:
            wins.append(won_at)
        seen: set[str] = set()
        at = ceil(course.begun / STEP) * STEP
        last = min(until, _end_of(course, ladder))
        while at <= last:
            cell = cell_at(course, at, ladder)
            if cell is not None:
                waits.setdefault((at, cell), []).append(won_at - at)
                if not seen:
                    first.append(at)
                if cell.stage not in seen:
                    seen.add(cell.stage)
                    first_in.setdefault(cell.stage, []).append(at)
            at += STEP
    return Past(
        looks=[
            Look(at, cell, len(each), sorted(wait for wait in each if wait < inf))
            for (at, cell), each in sorted(waits.items())
        ],
        first_in={stage: sorted(each) for stage, each in first_in.items()},
        first=sorted(first),
        wins=sorted(wins),
    )


def _end_of(course: Course, ladder: Ladder) -> float:
    """When it was closed or removed for good; infinity while it is open."""
    if not course.stays:
        return course.begun
    stage, since = course.stays[-1]
    return min(course.removed, since if stage in ladder.won or stage in ladder.lost else inf)
