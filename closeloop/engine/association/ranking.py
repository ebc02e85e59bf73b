"""With which traits something happens more often than without them, the strongest first.

Several moves of one deal are not independent evidence. So the chi-square statistic of a trait is
divided by its design effect (Rao & Scott 1981, first order): how much more the residuals of whole
clusters scatter than those of single observations would. It counts as one at least. Where fewer
than five hits are to be expected, Fisher's exact test is taken, and there each cluster has one
vote: all counts are divided by the hits (or the observations) per cluster within the trait. All
traits that are seen often enough are tested, and their p values corrected together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, log, sqrt

from closeloop.engine.association.significance import (
    Z_95,
    chi_square_p,
    cramers_v,
    fisher_p,
    holm,
)

Trait = tuple[str, str]
"""A factor and its level, such as ("weekday", "5")."""
_ENOUGH_FOR_CHI_SQUARE = 5
"""Cochran (1954): below so many expected in a cell the chi-square approximation is not kept to."""


@dataclass(frozen=True, slots=True)
class Observation:
    """Something that may be a hit, of a cluster (a deal), with the traits that hold for it."""

    cluster: int
    is_hit: bool
    traits: frozenset[Trait]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a finding needs: hits, clusters with a hit, a risk ratio, a corrected p value."""

    hits: int = 8
    clusters: int = 5
    ratio: float = 1.5
    p: float = 0.05


@dataclass(frozen=True, slots=True)
class Association:
    """How often there are hits with a trait and without it, and how sure the difference is.

    `interval` is the 95 % interval of the risk ratio; `ratio` None: there is no hit elsewhere.
    """

    trait: Trait
    hits: int
    of: int
    other_hits: int
    other_of: int
    clusters: int
    hit_clusters: int
    strength: float
    ratio: float | None
    interval: tuple[float, float]
    p: float
    is_exact: bool
    corrected: float = 1.0
    is_found: bool = False

    @property
    def share_of_hits(self) -> float:
        """Which part of all hits has the trait."""
        return self.hits / ((self.hits + self.other_hits) or 1)

    @property
    def share_of_misses(self) -> float:
        """Which part of everything else has it."""
        misses, others = self.of - self.hits, self.other_of - self.other_hits
        return misses / ((misses + others) or 1)


def rank(observations: Iterable[Observation], limits: Limits) -> list[Association]:
    """Every trait that is seen often enough: findings first, then by strength of association."""
    clusters = _by_cluster(observations)
    whole = _Whole.of(clusters)
    if not 0 < whole.hits < whole.count:
        return []
    tested = [
        _tested(trait, cells, clusters, whole)
        for trait, cells in _by_trait(clusters).items()
        if min(_count(cells), whole.count - _count(cells)) >= limits.hits
    ]
    corrected = holm([each.p for each in tested])
    judged = [
        replace(each, corrected=p, is_found=_is_found(each, p, limits))
        for each, p in zip(tested, corrected, strict=True)
    ]
    return sorted(
        judged,
        key=lambda each: (
            not each.is_found,
            not _is_more(each),
            -each.strength,
            each.of,
            each.trait,
        ),
    )


@dataclass(slots=True)
class _Cell:
    """Counts of a cluster, or of a cluster within a trait."""

    hits: int = 0
    count: int = 0


_Clusters = Mapping[int, tuple[_Cell, Mapping[Trait, _Cell]]]
_Cells = Sequence[tuple[_Cell, _Cell]]
"""Of each cluster that has the trait: what it has within it, and what it has altogether."""


@dataclass(frozen=True, slots=True)
class _Whole:
    """Everything observed; the sums of squares are over clusters."""

    hits: int
    count: int
    hits_2: int
    hits_count: int
    count_2: int

    @classmethod
    def of(cls, clusters: _Clusters) -> _Whole:
        cells = [cell for cell, _ in clusters.values()]
        return cls(
            hits=sum(each.hits for each in cells),
            count=sum(each.count for each in cells),
            hits_2=sum(each.hits**2 for each in cells),
            hits_count=sum(each.hits * each.count for each in cells),
            count_2=sum(each.count**2 for each in cells),
        )

    def scatter(self, share: float) -> float:
        """The sum over clusters of (hits - share x count) squared."""
        return self.hits_2 - 2 * share * self.hits_count + share**2 * self.count_2


def _by_cluster(observations: Iterable[Observation]) -> _Clusters:
    found: dict[int, tuple[_Cell, dict[Trait, _Cell]]] = {}
    for each in observations:
        whole, traits = found.setdefault(each.cluster, (_Cell(), {}))
        hit = int(each.is_hit)
        whole.hits += hit
        whole.count += 1
        for trait in each.traits:
            cell = traits.get(trait)
            if cell is None:
                cell = traits[trait] = _Cell()
            cell.hits += hit
            cell.count += 1
    return found


def _by_trait(clusters: _Clusters) -> dict[Trait, list[tuple[_Cell, _Cell]]]:
    found: dict[Trait, list[tuple[_Cell, _Cell]]] = {}
    for whole, traits in clusters.values():
        for trait, cell in traits.items():
            found.setdefault(trait, []).append((cell, whole))
    return found


def _count(cells: _Cells) -> int:
    return sum(own.count for own, _ in cells)


def _tested(trait: Trait, cells: _Cells, clusters: _Clusters, whole: _Whole) -> Association:
    hits, of = sum(own.hits for own, _ in cells), _count(cells)
    other_hits, other_of = whole.hits - hits, whole.count - of
    hit_clusters = sum(1 for own, _ in cells if own.hits)
    is_exact = whole.hits * of / whole.count < _ENOUGH_FOR_CHI_SQUARE
    if is_exact:
        votes = max(1.0, hits / max(hit_clusters, 1), of / len(cells))
        table = (hits / votes, of / votes, other_hits / votes, other_of / votes)
        p = _exact(*table)
    else:
        p = chi_square_p(_statistic(hits, of, cells, whole))
    ratio, interval = _risk_ratio(hits, of, cells, whole)
    return Association(
        trait=trait,
        hits=hits,
        of=of,
        other_hits=other_hits,
        other_of=other_of,
        clusters=len(cells),
        hit_clusters=hit_clusters,
        strength=cramers_v(hits, of, other_hits, other_of),
        ratio=ratio,
        interval=interval,
        p=p,
        is_exact=is_exact,
    )


def _statistic(hits: int, of: int, cells: _Cells, whole: _Whole) -> float:
    """Chi-square of the table over its design effect."""
    share, part = whole.hits / whole.count, of / whole.count
    score = hits - share * of
    single = whole.count * share * (1 - share) * part * (1 - part)
    own = cross = 0.0
    for cell, cluster in cells:
        within = cell.hits - share * cell.count
        own += within**2
        cross += within * (cluster.hits - share * cluster.count)
    scattered = own - 2 * part * cross + part**2 * whole.scatter(share)
    return score**2 / max(scattered, single)


def _exact(hits: float, of: float, other_hits: float, other_of: float) -> float:
    """Fisher's test of counts that were divided: rounded, towards no difference."""
    count, others = round(of), round(other_of)
    return fisher_p(min(int(hits), count), count, min(round(other_hits), others), others)


def _risk_ratio(
    hits: int, of: int, cells: _Cells, whole: _Whole
) -> tuple[float | None, tuple[float, float]]:
    """Risk with the trait over risk without it, and its interval on the logarithm (Katz 1978).

    The variance is that between clusters, and no less than that of single observations. Where a
    part has no hit, half an observation is added to each (Haldane), for the interval alone.
    """
    other_hits, other_of = whole.hits - hits, whole.count - of
    add = 0.0 if hits and other_hits else 0.5
    a, n, b, m = hits + add, of + 2 * add, other_hits + add, other_of + 2 * add
    single = max(0.0, 1 / a - 1 / n) + max(0.0, 1 / b - 1 / m)
    between = 0.0 if add else _between(hits, of, cells, whole)
    half = Z_95 * sqrt(max(single, between))
    middle = log((a / n) / (b / m))
    ratio = (hits / of) / (other_hits / other_of) if other_hits else None
    return ratio, (exp(middle - half), exp(middle + half))


def _between(hits: int, of: int, cells: _Cells, whole: _Whole) -> float:
    """The variance of the logarithm between clusters, linearised."""
    other_hits = whole.hits - hits
    share, other_share = hits / of, other_hits / (whole.count - of)
    total = whole.scatter(other_share) / other_hits**2
    for own, cluster in cells:
        as_other = (cluster.hits - other_share * cluster.count) / other_hits
        within = (own.hits - share * own.count) / hits
        outside = cluster.hits - own.hits - other_share * (cluster.count - own.count)
        total += (within - outside / other_hits) ** 2 - as_other**2
    return max(total, 0.0)


def _is_more(each: Association) -> bool:
    return each.ratio is None or each.ratio > 1


def _is_found(each: Association, corrected: float, limits: Limits) -> bool:
    return (
        corrected <= limits.p
        and each.hits >= limits.hits
        and each.hit_clusters >= limits.clusters
        and (each.ratio is None or each.ratio >= limits.ratio)
        and each.interval[0] > 1
    )
