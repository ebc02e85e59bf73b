"""Product lines of pilots: what they are called, and by which metrics a pilot may be judged."""

from __future__ import annotations

from collections.abc import Mapping

from closeloop.engine.metrics import Format, Metric
from closeloop.metrics.definitions import Book
from closeloop.metrics.sources import sources

Name = Mapping[str, str]


def names() -> Mapping[str, Name]:
    """The words of all lines by their key, in order."""
    return {} if sources.lines is None else sources.lines.names()


def judging(held: Book, *, of_line: bool) -> list[str]:
    """The keys of the metrics by which a pilot of a unit, or of a line, may be judged."""
    can = {True: _has_line, False: _is_comparable}[of_line]
    return [key for key, each in held.metrics.items() if can(held, each.metric)]


def _is_comparable(held: Book, metric: Metric) -> bool:
    """Neither what is told of now alone nor a mean: counts do not say how far its cases spread."""
    return not held.is_now(metric) and metric.format is not Format.MEAN


def _has_line(held: Book, metric: Metric) -> bool:
    """Whether everything that the metric is made of is about records that have a line."""
    about = sources.lines.about if sources.lines is not None else None
    return _is_comparable(held, metric) and all(
        each.about == about for each in held.measured(metric)
    )
