"""What will have been won by the end of a period: won so far, open deals by their chance, and
deals that have not begun yet.

The interval (80 %) is the normal one about the sum. Its variance adds up: every open deal by
itself; how sure each stage's rate is, which moves all deals of the stage together; how much whole
weeks turned out above or below the rates; and how much came from new deals in as many days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, sqrt

from closeloop.engine.forecast.chances import PRIOR, Chances
from closeloop.engine.forecast.courses import STEP, Cell, Course, Ladder, cell_at

Z_80 = 1.2815515655446004
"""The two-sided 80 % point of the normal distribution."""
COMMIT = 0.8
"""A deal whose stage has at least this chance by the process, and that its owner expects to close
within the period, is a commitment; one that is only expected, the best case.
"""
_CENT = Decimal("0.01")
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Span:
    """A period from `since` until before `until`, looked at when it is `at`."""

    since: float
    until: float
    at: float

    @property
    def days(self) -> float:
        """How many days are left."""
        return max(0.0, self.until - self.at)


@dataclass(frozen=True, slots=True)
class Newcomers:
    """What deals that began later brought within as many days: mean and variance of the past,
    seen at so many weekly looks.
    """

    amount: Decimal = ZERO
    variance: float = 0.0
    looks: int = 0


@dataclass(frozen=True, slots=True)
class Expected:
    """An open deal with its amount (None: none is known), its chance, and what its owner says."""

    id: int
    cell: Cell
    amount: Decimal | None
    chance: float
    is_due: bool

    @property
    def share(self) -> Decimal:
        """Its amount times its chance."""
        return _times(self.amount or ZERO, self.chance)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is expected of a period, and by which parts."""

    won: Decimal
    won_ids: Sequence[int]
    lines: Sequence[Expected]
    newcomers: Newcomers
    low: Decimal
    high: Decimal
    commit: Decimal
    best: Decimal
    configured: Decimal
    """The plain way: each open deal by its stage's set chance where its owner expects it."""

    @property
    def open(self) -> Decimal:
        """What open deals bring, each by its chance."""
        return sum((line.share for line in self.lines), ZERO)

    @property
    def total(self) -> Decimal:
        """What is expected altogether."""
        return self.won + self.open + self.newcomers.amount


def expect(courses: Iterable[Course], span: Span, chances: Chances, ladder: Ladder) -> Forecast:
    """The forecast of a period as it could be made at `span.at`, from what was recorded then."""
    known = [each for each in courses if each.begun <= span.at]
    won, won_ids = _won(known, span, ladder)
    lines = []
    for course in known:
        cell = cell_at(course, span.at, ladder)
        if cell is None:
            continue
        close = course.close_at(span.at)
        lines.append(
            Expected(
                id=course.id,
                cell=cell,
                amount=course.amount_at(span.at),
                chance=chances.of(cell) if span.days else 0.0,
                is_due=close is not None and span.since <= close < span.until,
            )
        )
    newcomers = _newcomers(known, span, ladder) if span.days else Newcomers()
    total = won + sum((line.share for line in lines), ZERO) + newcomers.amount
    spread = Decimal(Z_80 * sqrt(_variance(lines, chances) + newcomers.variance))
    due = [line for line in lines if line.is_due and line.amount is not None]
    set_chance = {line.id: ladder.chances.get(line.cell.stage, 0.0) for line in due}
    commit = sum((line.amount or ZERO for line in due if set_chance[line.id] >= COMMIT), won)
    return Forecast(
        won=won,
        won_ids=won_ids,
        lines=lines,
        newcomers=newcomers,
        low=max(won, total - spread).quantize(_CENT),
        high=(total + spread).quantize(_CENT),
        commit=commit,
        best=sum((line.amount or ZERO for line in due), won),
        configured=sum((_times(line.amount or ZERO, set_chance[line.id]) for line in due), won),
    )


def won_in(courses: Iterable[Course], span: Span, ladder: Ladder) -> Decimal:
    """What was won in a period, as it was known at its end."""
    return _won(courses, Span(span.since, span.until, span.until), ladder)[0]


def _won(courses: Iterable[Course], span: Span, ladder: Ladder) -> tuple[Decimal, list[int]]:
    found = [
        course
        for course in courses
        if course.won_within(span.since, span.until, ladder, known=span.at)
    ]
    total = sum((course.amount_at(span.at) or ZERO for course in found), ZERO)
    return total, [course.id for course in found]


def _variance(lines: Sequence[Expected], chances: Chances) -> float:
    single = expected = 0.0
    together: defaultdict[str, float] = defaultdict(float)
    for line in lines:
        amount, p = float(line.amount or 0), line.chance
        single += amount**2 * p * (1 - p)
        expected += amount * p
        together[line.cell.stage] += amount * p
    rates = 0.0
    for stage, amount in together.items():
        rate = chances.stage(stage)
        if rate.taken:
            rates += amount**2 * (1 - rate.taken) / (rate.taken * (rate.deals + PRIOR + 1))
    return single + rates + chances.excess * expected**2


def _newcomers(courses: Sequence[Course], span: Span, ladder: Ladder) -> Newcomers:
    """What deals that had not begun brought within as many days, at each weekly look."""
    first = min((course.begun for course in courses), default=span.at) // STEP + 1
    looks = int((span.at - span.days) // STEP - first) + 1
    if looks <= 0:
        return Newcomers()
    sums = [ZERO] * looks
    for course in courses:
        won_at = course.won_at(ladder)
        if won_at > span.at or won_at - course.begun > span.days:
            continue
        amount = course.amount_at(won_at) or ZERO
        since = max(ceil((won_at - span.days) / STEP - first), 0)
        until = min(ceil(course.begun / STEP - first), looks)
        for place in range(since, until):
            sums[place] += amount
    mean = sum(sums, ZERO) / looks
    apart = max(1.0, (span.at - first * STEP) / max(span.days, STEP))
    scatter = sum(float(each - mean) ** 2 for each in sums) / max(looks - 1, 1)
    return Newcomers(mean.quantize(_CENT), scatter * (1 + 1 / apart), looks)


def _times(amount: Decimal, chance: float) -> Decimal:
    return (amount * Decimal(repr(round(chance, 6)))).quantize(_CENT)
