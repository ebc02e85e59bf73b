"""How likely a difference is by chance: chi-square, Fisher's exact test, Holm, Wilson."""

from __future__ import annotations

from collections.abc import Sequence
from math import erfc, exp, lgamma, sqrt

Z_95 = 1.959963984540054
"""The two-sided 95 % point of the normal distribution."""


def chi_square_p(statistic: float) -> float:
    """The chance of a chi-square statistic with one degree of freedom, or of a greater one."""
    return erfc(sqrt(max(statistic, 0.0) / 2))


def fisher_p(hits: int, of: int, other_hits: int, other_of: int) -> float:
    """Two-sided p of a 2 x 2 table with its margins held fixed (Fisher 1922).

    Added up are all tables that are no likelier than the one at hand.
    """
    all_hits, whole = hits + other_hits, of + other_of
    lowest, highest = max(0, all_hits - other_of), min(all_hits, of)
    chances = [_log_chance(k, all_hits, of, whole) for k in range(lowest, highest + 1)]
    own = _log_chance(hits, all_hits, of, whole)
    return min(1.0, sum(exp(each) for each in chances if each <= own + 1e-7))


def holm(values: Sequence[float]) -> list[float]:
    """The p values after Holm's correction (Holm 1979), in the given order.

    Chosen before Benjamini-Yekutieli because a company without any pattern should see no finding
    at all: Holm bounds the chance of a single false one, whatever the tests have to do with each
    other (a Friday hour lies in Friday), and is the sharper of the two for what comes first.
    """
    count, highest = len(values), 0.0
    corrected = [1.0] * count
    for place, index in enumerate(sorted(range(count), key=lambda each: values[each])):
        highest = max(highest, min(1.0, (count - place) * values[index]))
        corrected[index] = highest
    return corrected


def cramers_v(hits: int, of: int, other_hits: int, other_of: int) -> float:
    """How strong the association of a 2 x 2 table is, 0 to 1 (Cramér 1946); 0 without contrast."""
    misses, other_misses = of - hits, other_of - other_hits
    product = of * other_of * (hits + other_hits) * (misses + other_misses)
    return abs(hits * other_misses - misses * other_hits) / sqrt(product) if product else 0.0


def share_interval(hits: int, of: int) -> tuple[float, float] | None:
    """The 95 % interval of a share by Wilson's score (Wilson 1927), None of nothing."""
    if of <= 0:
        return None
    share, spread = hits / of, Z_95**2 / of
    middle = (share + spread / 2) / (1 + spread)
    half = Z_95 / (1 + spread) * sqrt(share * (1 - share) / of + spread / (4 * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def _log_chance(k: int, all_hits: int, of: int, whole: int) -> float:
    return _log_choose(of, k) + _log_choose(whole - of, all_hits - k) - _log_choose(whole, all_hits)


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
