"""Months and quarters: the one that runs, those before it, and how far each was gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from closeloop.engine.forecast import Span
from closeloop.metrics.forecast.courses import day_of

Kind = Literal["month", "quarter"]
MONTHS: dict[Kind, int] = {"month": 1, "quarter": 3}
PROVED: dict[Kind, int] = {"month": 12, "quarter": 8}
"""For how many past periods the forecast is made again to see how wrong it was."""


@dataclass(frozen=True, slots=True)
class Term:
    """A month or a quarter, from its first to its last day."""

    kind: Kind
    since: date
    until: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.until - self.since).days + 1

    @property
    def months(self) -> list[date]:
        """The first days of its months."""
        return [_plus(self.since, number) for number in range(MONTHS[self.kind])]

    def span(self, at: float) -> Span:
        """The term as the engine counts days, looked at when it is `at`."""
        return Span(day_of(self.since), day_of(self.until + timedelta(days=1)), at)

    def before(self, count: int = 1) -> Term:
        """The term so many earlier."""
        return _beginning(self.kind, self.since, -count * MONTHS[self.kind])


def term_of(kind: Kind, day: date) -> Term:
    """The month or quarter in which a day lies."""
    months = MONTHS[kind]
    first = date(day.year, day.month - (day.month - 1) % months, 1)
    return _beginning(kind, first, 0)


def proved_spans(term: Term, at: float) -> list[Span]:
    """The terms before this one, each looked at when as many of its days were gone as now."""
    gone = at - day_of(term.since)
    spans = []
    for count in range(PROVED[term.kind], 0, -1):
        earlier = term.before(count)
        first = day_of(earlier.since)
        spans.append(earlier.span(first + min(gone, earlier.days - 1)))
    return spans


def _beginning(kind: Kind, first: date, months: int) -> Term:
    since = _plus(first, months)
    return Term(kind, since, _plus(since, MONTHS[kind]) - timedelta(days=1))


def _plus(first: date, months: int) -> date:
    whole = first.year * 12 + first.month - 1 + months
    return date(whole // 12, whole % 12 + 1, 1)
