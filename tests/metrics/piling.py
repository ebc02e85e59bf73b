"""How sure it is that hits pile up with a trait, computed apart from the product.

The moves of a deal are one cluster: chi-square over the variance between clusters, Fisher's test
of what the clusters are worth where few hits are expected, Holm over all traits, Katz's interval.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import comb, exp, log, sqrt
from statistics import NormalDist

NORMAL = NormalDist()
Z_95 = NORMAL.inv_cdf(0.975)
Trait = tuple[str, str]
Observed = tuple[int, bool, frozenset[Trait]]
"""Its cluster, whether it is a hit, its traits."""


@dataclass
class Piled:
    """Hits with a trait and without it, and what is sure of it."""

    hits: int
    of: int
    other_hits: int
    other_of: int
    hit_clusters: int
    p: float
    is_exact: bool
    low: float
    high: float
    strength: float
    corrected: float = field(default=1.0)
    is_found: bool = field(default=False)

    @property
    def ratio(self) -> float | None:
        other = self.other_hits / self.other_of
        return self.hits / self.of / other if other else None

    @property
    def place(self) -> tuple[bool, bool, float, int]:
        """What is found first, then what makes hits likelier, then the stronger."""
        is_more = self.ratio is None or self.ratio > 1
        return not self.is_found, not is_more, -self.strength, self.of


def ranked(observed: Sequence[Observed], *, ratio: float = 1.5) -> dict[Trait, Piled]:
    """Every trait that is seen eight times and lacking eight times, the first finding first."""
    hits = sum(hit for _, hit, _ in observed)
    if not 0 < hits < len(observed):
        return {}
    many = Counter(trait for _, _, traits in observed for trait in traits)
    rows = {
        trait: _tested(trait, observed)
        for trait, of in many.items()
        if min(of, len(observed) - of) >= 8
    }
    highest, places = 0.0, sorted(rows.values(), key=lambda each: each.p)
    for place, each in enumerate(places):
        highest = max(highest, min(1.0, (len(places) - place) * each.p))
        each.corrected = highest
        each.is_found = (
            highest <= 0.05 and each.hits >= 8 and each.hit_clusters >= 5 and each.low > 1
            and (each.ratio is None or each.ratio >= ratio)
        )  # fmt: skip
    return dict(sorted(rows.items(), key=lambda pair: (*pair[1].place, pair[0])))


def _tested(trait: Trait, observed: Sequence[Observed]) -> Piled:
    inside = [(cluster, hit) for cluster, hit, traits in observed if trait in traits]
    outside = [(cluster, hit) for cluster, hit, traits in observed if trait not in traits]
    a, n = sum(hit for _, hit in inside), len(inside)
    b, m = sum(hit for _, hit in outside), len(outside)
    share, part = (a + b) / (n + m), n / (n + m)
    own = len({cluster for cluster, hit in inside if hit})
    is_exact = (a + b) * part < 5
    if is_exact:
        votes = max(1.0, a / max(own, 1), n / len({cluster for cluster, _ in inside}))
        p = _fisher(a / votes, n / votes, b / votes, m / votes)
    else:
        scores: defaultdict[int, float] = defaultdict(float)
        for cluster, hit in inside:
            scores[cluster] += (hit - share) * (1 - part)
        for cluster, hit in outside:
            scores[cluster] -= (hit - share) * part
        least = (n + m) * share * (1 - share) * part * (1 - part)
        spread = max(sum(each**2 for each in scores.values()), least)
        p = 2 * NORMAL.cdf(-abs(a - share * n) / sqrt(spread))
    low, high = _interval(inside, outside)
    phi = (a * (m - b) - (n - a) * b) / sqrt(n * m * (a + b) * (n + m - a - b))
    return Piled(a, n, b, m, own, p, is_exact, low, high, abs(phi))


def _fisher(a: float, n: float, b: float, m: float) -> float:
    """All tables that are no likelier, of counts rounded towards no difference."""
    n, m = round(n), round(m)
    a, b = min(int(a), n), min(round(b), m)
    ways = [comb(n, k) * comb(m, a + b - k) for k in range(max(0, a + b - m), min(a + b, n) + 1)]
    own = comb(n, a) * comb(m, b)
    return sum(each for each in ways if each <= own * (1 + 1e-7)) / sum(ways)


def _interval(
    inside: Sequence[tuple[int, bool]], outside: Sequence[tuple[int, bool]]
) -> tuple[float, float]:
    a, n, b, m = (
        sum(hit for _, hit in inside),
        len(inside),
        sum(hit for _, hit in outside),
        len(outside),
    )
    if not a or not b:
        between, a, n, b, m = 0.0, a + 0.5, n + 1, b + 0.5, m + 1  # type: ignore[assignment]
    else:
        scores: defaultdict[int, float] = defaultdict(float)
        for cluster, hit in inside:
            scores[cluster] += (hit - a / n) / a
        for cluster, hit in outside:
            scores[cluster] -= (hit - b / m) / b
        between = sum(each**2 for each in scores.values())
    half = Z_95 * sqrt(max(between, max(0.0, 1 / a - 1 / n) + max(0.0, 1 / b - 1 / m)))
    middle = log(a / n / (b / m))
    return exp(middle - half), exp(middle + half)
