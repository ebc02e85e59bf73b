"""A metric over a period: its figure, the one before, and both broken down, within one's scope."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from closeloop.engine.metrics import Figure, Metric, figure_of
from closeloop.identity.actor import Actor
from closeloop.metrics import definitions, errors, standing
from closeloop.metrics.definitions import Book
from closeloop.metrics.models import Build
from closeloop.metrics.periods import Compare, Period
from closeloop.metrics.queries import now
from closeloop.metrics.queries.counts import (
    DIMENSIONS,
    TIMES,
    Counts,
    Key,
    Narrowed,
    by_key,
    counts,
    summed,
)
from closeloop.metrics.queries.scope import regions_of, scope_of
from closeloop.metrics.sources import sources


@dataclass(frozen=True)
class Asked:
    """Which figure: the metric, when, of whom, broken down by what, beside which other period.

    `by`: at most two of day, week, month, unit, person, kind, flow; `unit` is a unit with all
    below it.
    """

    metric: str
    period: Period
    by: Sequence[str] = ()
    unit: int | None = None
    person: int | None = None
    kind: str | None = None
    compare: Compare | None = None


@dataclass(frozen=True)
class Parts:
    """How many and how much of numerator and denominator."""

    numerator: tuple[int, Decimal]
    denominator: tuple[int, Decimal]

    def __sub__(self, other: Parts) -> Parts:
        return Parts(
            (self.numerator[0] - other.numerator[0], self.numerator[1] - other.numerator[1]),
            (
                self.denominator[0] - other.denominator[0],
                self.denominator[1] - other.denominator[1],
            ),
        )

    def figure(self, metric: Metric) -> Figure:
        """The metric's figure of them."""
        return figure_of(metric, numerator=self.numerator, denominator=self.denominator)


@dataclass(frozen=True)
class Row:
    """The figure of one key (or pair of keys), and that of the period before."""

    keys: tuple[Key, ...]
    figure: Figure
    before: Figure | None = None


@dataclass(frozen=True)
class Answer:
    """A figure with its rows; `as_of` None: nothing has been counted yet. `is_now`: it says how
    things stand at that moment, whichever period was asked for.
    """

    metric: Metric
    period: Period
    as_of: datetime | None
    total: Figure
    before: Figure | None = None
    rows: Sequence[Row] = field(default_factory=list)
    is_now: bool = False


def figures(asked: Asked, *, actor: Actor) -> Answer:
    """Raises MetricNotFound, DimensionWrong."""
    book = definitions.book()
    metric = definitions.held(asked.metric).metric
    is_now = book.is_now(metric)
    _check(asked.by, TIMES if is_now else ())
    if is_now:
        asked = replace(asked, compare=None)
    build = standing.live()
    found = _read(asked, metric, book, build, actor)
    before: list[Counts] = []
    if asked.compare is not None:
        earlier = asked.period.before(asked.compare)
        by = tuple(each for each in asked.by if each not in TIMES)
        before = _read(replace(asked, period=earlier, by=by), metric, book, build, actor)
    reader = _Reader(metric, _numbers(metric, book, build))
    return Answer(
        metric=metric,
        period=asked.period,
        as_of=_as_of(metric, book, build),
        total=reader.figure(found),
        before=None if asked.compare is None else reader.figure(before),
        rows=_rows(asked, reader, found, before) if asked.by else (),
        is_now=is_now,
    )


def parts_of(asked: Asked, *, actor: Actor) -> Parts:
    """What a figure is made of, to be added to or taken from another. Raises MetricNotFound."""
    metric = definitions.held(asked.metric).metric
    build, book = standing.live(), definitions.book()
    found = _read(asked, metric, book, build, actor)
    return _Reader(metric, _numbers(metric, book, build)).parts(found)


@dataclass(frozen=True)
class _Reader:
    metric: Metric
    ids: Mapping[str, int]

    def figure(self, rows: Collection[Counts]) -> Figure:
        return self.parts(rows).figure(self.metric)

    def parts(self, rows: Collection[Counts]) -> Parts:
        return Parts(
            numerator=summed(rows, self._of(self.metric.numerator)),
            denominator=summed(rows, self._of(self.metric.denominator)),
        )

    def _of(self, keys: Collection[str]) -> set[int]:
        return {self.ids[key] for key in keys if key in self.ids}


def _check(by: Sequence[str], not_by: Sequence[str]) -> None:
    known = [each for each in DIMENSIONS if each not in not_by]
    if len(set(by)) != len(by) or not set(by) <= set(known) or len(by) > 2:
        raise errors.DimensionWrong({"given": list(by), "known": known})


def _numbers(metric: Metric, book: Book, build: Build | None) -> Mapping[str, int]:
    """The number of every measure of the metric: that of the build, or one of its own."""
    kept = {} if build is None else standing.ids_of(build.pk)
    found: dict[str, int] = {}
    for place, measure in enumerate(book.measured(metric), start=1):
        if measure.source in sources.standing:
            found[measure.key] = -place
        elif measure.key in kept:
            found[measure.key] = kept[measure.key]
    return found


def _as_of(metric: Metric, book: Book, build: Build | None) -> datetime | None:
    if all(each.source in sources.standing for each in book.measured(metric)):
        return timezone.now()
    return None if build is None else build.kept_at


def _read(
    asked: Asked, metric: Metric, book: Book, build: Build | None, actor: Actor
) -> list[Counts]:
    numbers = _numbers(metric, book, build)
    narrowed = Narrowed(asked.person, None if asked.kind is None else [asked.kind])
    about: dict[str, list[int]] = {}
    found: list[Counts] = []
    for measure in book.measured(metric):
        number = numbers.get(measure.key)
        if number is not None and measure.source in sources.standing:
            scope = scope_of(measure.about, unit=asked.unit, actor=actor)
            looking = now.Looking(actor, scope, asked.period, narrowed)
            found += now.counts(measure, number, asked.by, looking)
        elif number is not None:
            about.setdefault(measure.about, []).append(number)
    for record_type, measure_ids in about.items():
        scope = scope_of(record_type, unit=asked.unit, actor=actor)
        found += counts(measure_ids, asked.period, asked.by, scope, narrowed)
    if "unit" in asked.by:
        place = asked.by.index("unit")
        region_of = regions_of(metric, book, unit=asked.unit, actor=actor)
        found = [_moved(row, place, region_of) for row in found]
    return found


def _moved(row: Counts, place: int, region_of: Mapping[int, int]) -> Counts:
    unit: Any = row.keys[place]
    keys = list(row.keys)
    keys[place] = region_of.get(unit, unit)
    return replace(row, keys=tuple(keys))


def _rows(
    asked: Asked, reader: _Reader, found: Collection[Counts], before: Collection[Counts]
) -> list[Row]:
    now, then = by_key(found), by_key(before)
    keys = _keys(asked, now, then)
    comparable = asked.compare is not None and not set(asked.by) & set(TIMES)
    return [
        Row(
            keys=key,
            figure=reader.figure(now.get(key, [])),
            before=reader.figure(then.get(key, [])) if comparable else None,
        )
        for key in keys
    ]


def _keys(
    asked: Asked, now: Mapping[tuple[Key, ...], Any], then: Mapping[tuple[Key, ...], Any]
) -> list[tuple[Key, ...]]:
    """Those that have counts; of time every bucket, so that a line has no holes."""
    first = asked.by[0]
    if len(asked.by) == 1 and first in TIMES:
        return [(day,) for day in asked.period.buckets(first)]
    has_time = bool(set(asked.by) & set(TIMES))
    keys = set(now) if has_time else set(now) | set(then)
    return sorted(keys, key=lambda key: tuple(map(str, key)))
