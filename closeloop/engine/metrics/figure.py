"""A figure as it is shown: its value, the counts behind it, how sure it is, good or bad."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import sqrt

from closeloop.engine.metrics.definition import Format, Metric

Z_95 = 1.959963984540054
"""The two-sided 95 % point of the normal distribution."""
SHARES = frozenset({Format.SHARE, Format.MET, Format.MISSED})
"""What says how many of how many."""


class Level(StrEnum):
    """What the thresholds say; `none` without a threshold or without anything to judge."""

    GOOD = "good"
    MIDDLE = "middle"
    BAD = "bad"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Figure:
    """A value (None: nothing to divide by), its parts, the interval of a share, and its level."""

    value: Decimal | None
    numerator: Decimal
    denominator: Decimal | None
    interval: tuple[float, float] | None
    level: Level


def figure_of(
    metric: Metric,
    *,
    numerator: tuple[int, Decimal],
    denominator: tuple[int, Decimal] = (0, Decimal(0)),
) -> Figure:
    """The figure from what was counted (how many, how much) of either part."""
    many, much = numerator
    match metric.format:
        case Format.COUNT:
            value: Decimal | None = Decimal(many)
            parts: tuple[Decimal, Decimal | None] = (Decimal(many), None)
        case Format.SUM:
            value = much / metric.per
            parts = (value, None)
        case Format.MEAN:
            whole = much / metric.per
            value = whole / many if many else None
            parts = (whole, Decimal(many))
        case Format.SHARE:
            parts = (Decimal(many), Decimal(denominator[0]))
            value = _share(*parts)
        case Format.MET | Format.MISSED:
            hits = much if metric.format is Format.MET else many - much
            parts = (hits, Decimal(many))
            value = _share(*parts)
    within = None
    if metric.format in SHARES and parts[1] is not None:
        within = interval(int(parts[0]), int(parts[1]))
    return Figure(value, parts[0], parts[1], within, _level(metric, value))


def _share(hits: Decimal, of: Decimal | None) -> Decimal | None:
    return hits / of if of else None


def interval(hits: int, of: int) -> tuple[float, float] | None:
    """The 95 % interval of a share by Wilson's score (Wilson 1927), None of nothing.

    Other than the textbook's it stays within 0 and 1 and holds for a handful of cases. Where more
    hits than cases are counted (a thing done for several), there is none.
    """
    if of <= 0 or not 0 <= hits <= of:
        return None
    share, spread = hits / of, Z_95**2 / of
    middle = (share + spread / 2) / (1 + spread)
    half = Z_95 / (1 + spread) * sqrt(share * (1 - share) / of + spread / (4 * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def _level(metric: Metric, value: Decimal | None) -> Level:
    limits = metric.threshold
    if limits is None or value is None:
        return Level.NONE
    sign = 1 if limits.more_is_better else -1
    if sign * value >= sign * Decimal(str(limits.good)):
        return Level.GOOD
    return Level.BAD if sign * value < sign * Decimal(str(limits.bad)) else Level.MIDDLE
