"""By which figures a score is judged: order, calibration, lift; how a probability is calibrated.

Labels are 1 for what was won and 0 for what was not. Sources: Hanley and McNeil 1982 (AUC as the
chance that a won one stands above a lost one, ties for half), Brier 1950, Ayer et al. 1955 (pool
adjacent violators).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bin:
    """A tenth (or so) of the records by score: what was foretold, what came of it, how many."""

    foretold: float
    came: float
    count: int


def auc(labels: Sequence[int], scores: Sequence[float]) -> float:
    """The chance that a won record has the higher score; 0.5 where there is only one kind."""
    won = sum(labels)
    lost = len(labels) - won
    if not won or not lost:
        return 0.5
    ordered = sorted(zip(scores, labels, strict=True))
    above, place = 0.0, 0
    while place < len(ordered):
        end = place
        while end < len(ordered) and ordered[end][0] == ordered[place][0]:
            end += 1
        mean_rank = (place + 1 + end) / 2
        above += mean_rank * sum(label for _, label in ordered[place:end])
        place = end
    return (above - won * (won + 1) / 2) / (won * lost)


def brier(labels: Sequence[int], foretold: Sequence[float]) -> float:
    """The mean squared distance of probabilities from what came; 0 is perfect."""
    pairs = zip(labels, foretold, strict=True)
    return sum((chance - label) ** 2 for label, chance in pairs) / len(labels) if labels else 0.0


def lift(labels: Sequence[int], scores: Sequence[float], *, top: float = 0.2) -> float:
    """How much more often the best-scored share was won than all; records that tie count alike."""
    wanted = max(1, round(len(labels) * top))
    rate = sum(labels) / len(labels) if labels else 0.0
    if not rate:
        return 0.0
    ordered = sorted(scores, reverse=True)
    edge = ordered[wanted - 1]
    above = [label for label, score in zip(labels, scores, strict=True) if score > edge]
    tied = [label for label, score in zip(labels, scores, strict=True) if score == edge]
    won = sum(above) + sum(tied) / len(tied) * (wanted - len(above))
    return won / wanted / rate


def calibration(labels: Sequence[int], foretold: Sequence[float], *, bins: int = 10) -> list[Bin]:
    """What was foretold beside what came, in bins of as many records each, the lowest first."""
    ordered = sorted(zip(foretold, labels, strict=True))
    found = []
    for number in range(bins):
        part = ordered[number * len(ordered) // bins : (number + 1) * len(ordered) // bins]
        if part:
            count = len(part)
            said = sum(chance for chance, _ in part) / count
            found.append(Bin(said, sum(label for _, label in part) / count, count))
    return found


@dataclass(frozen=True, slots=True)
class Steps:
    """A rising line through known points: raw values and the probabilities that they stand for."""

    raw: tuple[float, ...]
    chance: tuple[float, ...]

    def at(self, value: float) -> float:
        """The probability that a raw value stands for; beyond the ends it stays as it is there."""
        place = bisect_left(self.raw, value)
        if place == 0:
            return self.chance[0]
        if place == len(self.raw):
            return self.chance[-1]
        low, high = self.raw[place - 1], self.raw[place]
        share = (value - low) / (high - low)
        return self.chance[place - 1] + share * (self.chance[place] - self.chance[place - 1])


def calibrated(labels: Sequence[int], raw: Sequence[float]) -> Steps:
    """The rising line that fits best what came of raw values (isotonic regression).

    One imagined record of each kind is counted in every pool, so that no chance is 0 or 1.
    """
    pools: list[list[float]] = []
    for value, label in sorted(zip(raw, labels, strict=True)):
        pools.append([float(label), 1.0, value])
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] >= pools[-1][0] / pools[-1][1]:
            won, count, total = pools.pop()
            pools[-1] = [pools[-1][0] + won, pools[-1][1] + count, pools[-1][2] + total]
    points: dict[float, float] = {}
    for won, count, total in pools:
        points[total / count] = (won + 1) / (count + 2)
    best, rising = 0.0, []
    for value in sorted(points):
        best = max(best, points[value])
        rising.append((value, best))
    if not rising:
        return Steps((0.0,), (0.5,))
    return Steps(tuple(value for value, _ in rising), tuple(chance for _, chance in rising))
