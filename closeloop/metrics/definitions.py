"""What the company measures: the measures and metrics that hold, loaded once per change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from closeloop.edge.revisions import CachedByRevision
from closeloop.engine.metrics import Board, Measure, Metric, read_board, read_measure, read_metric
from closeloop.metrics import errors
from closeloop.metrics.models import Definition, DefinitionKind
from closeloop.metrics.sources import sources

REVISION = "metrics"


@dataclass(frozen=True)
class Held:
    """A metric with its published version."""

    metric: Metric
    number: int
    published_at: datetime
    published_by: str | None
    document: Mapping[str, Any]


@dataclass(frozen=True)
class Book:
    """Everything that is measured."""

    measures: Mapping[str, Measure]
    metrics: Mapping[str, Held]
    boards: Mapping[str, Board]

    def measured(self, metric: Metric) -> list[Measure]:
        """The measures a metric is made of."""
        keys = dict.fromkeys((*metric.numerator, *metric.denominator))
        return [self.measures[key] for key in keys]

    def is_now(self, metric: Metric) -> bool:
        """Whether the metric says how things stand now, whichever period is asked for."""
        return all(sources.is_now(each.source) for each in self.measured(metric))


def book() -> Book:
    """The definitions that hold."""
    return _book.get()


def held(key: str) -> Held:
    """A metric by its key. Raises MetricNotFound."""
    found = book().metrics.get(key)
    if found is None:
        raise errors.MetricNotFound({"key": key})
    return judged(found)


def require_target(key: str) -> None:
    """Raises TargetNotFound where a metric is named that has no targets; none is what is won."""
    found = book().metrics.get(key) if key else None
    if key and (found is None or not found.metric.can_target):
        raise errors.TargetNotFound({"metric": key})


def listed() -> list[Held]:
    """All metrics, each with the thresholds that hold."""
    return [judged(each) for each in book().metrics.values()]


def judged(held: Held) -> Held:
    """A metric whose thresholds are kept elsewhere, with those that hold now."""
    if not held.metric.norm:
        return held
    limits = sources.threshold_of(held.metric.norm) or held.metric.threshold
    return replace(held, metric=replace(held.metric, threshold=limits))


def _read() -> Book:
    rows = Definition.objects.filter(is_current=True).select_related("published_by")
    ordered = list(rows.order_by("position", "pk"))
    measures = {
        row.key: read_measure(row.document) for row in ordered if row.kind == DefinitionKind.MEASURE
    }
    metrics = {
        row.key: Held(
            metric=read_metric(row.document, measures=measures),
            number=row.number,
            published_at=row.published_at,
            published_by=None if row.published_by is None else row.published_by.name,
            document=row.document,
        )
        for row in ordered
        if row.kind == DefinitionKind.METRIC
    }
    names = {key: each.metric.name for key, each in metrics.items()}
    boards = {
        row.key: read_board(row.document, metrics=names, feeds=sources.feeds())
        for row in ordered
        if row.kind == DefinitionKind.BOARD
    }
    return Book(measures, metrics, boards)


_book: CachedByRevision[Book] = CachedByRevision(REVISION, _read)
