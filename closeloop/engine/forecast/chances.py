"""How likely a deal is won within so many days: what became of deals that stood alike.

Learnt from weekly looks at the deals of the past whose next `days` days are over. A stage's rate
is drawn towards the rate of all stages as if `PRIOR` more deals had ended like these (a beta
prior; Gelman et al., Bayesian Data Analysis, 5.3). How a deal stands within its stage multiplies
the rate: wins that were seen over wins that the rates so far make expect (indirect
standardisation), drawn towards 1 in the same way, one factor after the other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from closeloop.engine.forecast.courses import Cell, Ladder, Look, Past

PRIOR = 10.0
"""As many deals weigh as much as the own history of a stage."""
PRIOR_WINS = 5.0
"""As many expected wins weigh as much as what was seen of a factor."""
ENOUGH = 30
"""From fewer deals that were looked at, or fewer than a third as many wins, nothing is learnt; the
process's own chances are taken.
"""
HIGHEST = 0.97
FACTORS = ("contact", "age", "went_back")
"""The attributes of a cell that change its chance, in the order in which they are fitted."""
Level = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Rate:
    """Of so many looks at so many deals in a stage, how many were won within the days; the share
    of these looks, and the rate that is taken after the prior.
    """

    looks: int
    deals: int
    wins: int
    taken: float

    @property
    def share(self) -> float | None:
        """Wins over looks, None of none."""
        return self.wins / self.looks if self.looks else None


@dataclass(frozen=True, slots=True)
class Factor:
    """What was won with this level, against what the rates so far made expect."""

    looks: int
    wins: int
    expected: float
    taken: float


@dataclass(frozen=True, slots=True)
class Chances:
    """What the past teaches about the next `days` days; `excess`: the relative variance that
    whole weeks have beyond single deals, for deals do not turn out independently.
    """

    days: float
    whole: Rate
    stages: Mapping[str, Rate]
    factors: Mapping[Level, Factor]
    excess: float
    configured: Mapping[str, float]
    won: int
    """How many deals had been won."""

    @property
    def is_learnt(self) -> bool:
        """Whether there was enough history; otherwise the process's own chances are taken."""
        return self.whole.deals >= ENOUGH and 3 * self.won >= ENOUGH

    def of(self, cell: Cell) -> float:
        """How likely a deal that stands so is won within the days."""
        if not self.is_learnt:
            return self.configured.get(cell.stage, 0.0)
        chance = self.stage(cell.stage).taken
        for level in levels_of(cell):
            chance *= self.factor(level).taken
        return min(chance, HIGHEST)

    def stage(self, stage: str) -> Rate:
        """A stage's rate; of an unseen one that of all."""
        return self.stages.get(stage) or Rate(0, 0, 0, self.whole.taken)

    def factor(self, level: Level) -> Factor:
        """A factor; an unseen one changes nothing."""
        return self.factors.get(level) or Factor(0, 0, 0.0, 1.0)


def levels_of(cell: Cell) -> tuple[Level, ...]:
    """The levels of a cell, in the order of FACTORS."""
    return tuple((name, int(getattr(cell, name))) for name in FACTORS)


def learn(past: Past, ladder: Ladder, *, at: float, days: float) -> Chances:
    """What was known at a moment about the next `days` days.

    Only looks whose days were over then are taken, so nothing that came later changes it.
    """
    last = at - days
    seen = past.looks[: bisect_right(past.looks, last, key=attrgetter("at"))]
    looks: Counter[Cell] = Counter()
    wins: Counter[Cell] = Counter()
    for each in seen:
        looks[each.cell] += each.deals
        wins[each.cell] += bisect_right(each.waits, days)
    whole = Rate(
        looks=looks.total(),
        deals=bisect_right(past.first, last),
        wins=wins.total(),
        taken=wins.total() / looks.total() if looks else 0.0,
    )
    deals = {stage: bisect_right(first, last) for stage, first in past.first_in.items()}
    stages = {stage: _stage(stage, looks, wins, own, whole) for stage, own in deals.items() if own}
    chance = {cell: stages[cell.stage].taken for cell in looks}
    factors: dict[Level, Factor] = {}
    for name in FACTORS:
        for value in sorted({int(getattr(cell, name)) for cell in looks}):
            cells = [cell for cell in looks if int(getattr(cell, name)) == value]
            factor = _factor(cells, looks, wins, chance, per_deal=_per_deal(whole))
            factors[name, value] = factor
            for cell in cells:
                chance[cell] = min(chance[cell] * factor.taken, HIGHEST)
    return Chances(
        days=days,
        whole=whole,
        stages=stages,
        factors=factors,
        excess=_excess(seen, chance, days),
        configured=ladder.chances,
        won=bisect_right(past.wins, at),
    )


def _stage(stage: str, looks: Counter[Cell], wins: Counter[Cell], deals: int, whole: Rate) -> Rate:
    count = sum(of for cell, of in looks.items() if cell.stage == stage)
    won = sum(of for cell, of in wins.items() if cell.stage == stage)
    taken = (deals * won / count + PRIOR * whole.taken) / (deals + PRIOR)
    return Rate(count, deals, won, taken)


def _per_deal(whole: Rate) -> float:
    """How often one deal is looked at: several looks at it are no more evidence than one."""
    return max(1.0, whole.looks / max(whole.deals, 1))


def _factor(
    cells: Sequence[Cell],
    looks: Counter[Cell],
    wins: Counter[Cell],
    chance: Mapping[Cell, float],
    *,
    per_deal: float,
) -> Factor:
    count = sum(looks[cell] for cell in cells)
    won = sum(wins[cell] for cell in cells)
    expected = sum(looks[cell] * chance[cell] for cell in cells)
    taken = (won / per_deal + PRIOR_WINS) / (expected / per_deal + PRIOR_WINS)
    return Factor(count, won, expected, taken)


def _excess(seen: Sequence[Look], chance: Mapping[Cell, float], days: float) -> float:
    """The variance of won over expected between weeks, less what chance alone makes."""
    gaps: dict[float, list[float]] = {}
    for each in seen:
        sums = gaps.setdefault(each.at, [0.0, 0.0, 0.0])
        p = chance[each.cell]
        sums[0] += bisect_right(each.waits, days) - each.deals * p
        sums[1] += each.deals * p
        sums[2] += each.deals * p * (1 - p)
    squared = sum(expected**2 for _, expected, _ in gaps.values())
    if not squared:
        return 0.0
    return max(0.0, sum(gap**2 - by_chance for gap, _, by_chance in gaps.values()) / squared)
