"""What a pilot changed: before against after, beside those it did not reach (P05).

Difference in differences: what happened to the pilot's units, less what happened to the others in
the same time. A share is compared in points, a count by its ratio; both with a 95 % interval, for a
difference of a few cases is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import exp, log, sqrt

Z_95 = 1.959963984540054
FEWEST = 5
"""Fewer cases than this in any of the four cells say nothing."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What was counted of one side in one time: hits of cases, or a count (`of` None) in days."""

    hits: float
    of: float | None
    days: int

    @property
    def size(self) -> float:
        """How many cases it rests on."""
        return self.hits if self.of is None else self.of


class Verdict(StrEnum):
    """What may be said: more, less, no difference that can be told from chance, too few cases."""

    MORE = "more"
    LESS = "less"
    UNCLEAR = "unclear"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Effect:
    """The difference in differences and its interval.

    Of shares in parts of one (0.05: five points), of counts the ratio less one (0.2: a fifth more).
    """

    change: float | None
    low: float | None
    high: float | None
    verdict: Verdict


def effect(*, before: Cell, after: Cell, rest_before: Cell, rest_after: Cell) -> Effect:
    """What the pilot changed; None where a side has no cases."""
    cells = (before, after, rest_before, rest_after)
    if any(cell.size < FEWEST or cell.days <= 0 for cell in cells):
        return Effect(None, None, None, Verdict.TOO_FEW)
    if any(cell.of is None for cell in cells):
        change, low, high = _of_counts(*cells)
    else:
        change, low, high = _of_shares(*cells)
    verdict = Verdict.MORE if low > 0 else Verdict.LESS if high < 0 else Verdict.UNCLEAR
    return Effect(change, low, high, verdict)


def _of_shares(*cells: Cell) -> tuple[float, float, float]:
    """Agresti and Caffo's interval (2000), one hit and one miss added to every cell, for four."""
    signs = (-1, 1, 1, -1)
    change = sum(sign * cell.hits / (cell.of or 1) for sign, cell in zip(signs, cells, strict=True))
    shares = [((cell.hits + 1) / ((cell.of or 0) + 2), (cell.of or 0) + 2) for cell in cells]
    middle = sum(sign * share for sign, (share, _) in zip(signs, shares, strict=True))
    half = Z_95 * sqrt(sum(share * (1 - share) / of for share, of in shares))
    return change, max(-2.0, middle - half), min(2.0, middle + half)


def _of_counts(*cells: Cell) -> tuple[float, float, float]:
    """The ratio of the daily rates' ratios; counts as Poisson's, so the log has variance 1/n."""
    before, after, rest_before, rest_after = (cell.hits / cell.days for cell in cells)
    middle = log(after / before) - log(rest_after / rest_before)
    half = Z_95 * sqrt(sum(1 / cell.hits for cell in cells))
    return exp(middle) - 1, exp(middle - half) - 1, exp(middle + half) - 1
