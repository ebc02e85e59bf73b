"""What panels of boards are read from beside counts: lists, rankings, coverage.

Apps below know deals, customers and follow-ups; how a list is read from them is told here by
`config/board_plugs.py`. Whatever is read keeps to the scope that it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from closeloop.identity.actor import Actor
from closeloop.metrics.periods import Period
from closeloop.metrics.queries.scope import Scope, scope_of

Name = Mapping[str, str]


@dataclass(frozen=True)
class Wanted:
    """Whose rows: what the reader reaches, of one unit with all below it, or of some units."""

    actor: Actor
    now: datetime
    options: Mapping[str, Any] = field(default_factory=dict)
    unit: int | None = None
    units: frozenset[int] | None = None

    def within(self, units: frozenset[int]) -> Wanted:
        """The same, of nothing but these units."""
        return replace(self, units=units)

    def scope(self, about: str) -> Scope:
        """What of the records of a type is read."""
        scope = scope_of(about, unit=self.unit, actor=self.actor)
        return scope if self.units is None else scope.within(self.units)


@dataclass(frozen=True)
class Line:
    """A record on a list: since when it is so, and by which rule."""

    record_id: int
    owner_id: int | None
    since: datetime
    why: Name | None = None


@dataclass(frozen=True)
class Covered:
    """Customers with potential of a unit itself: all, those followed up since, those too new."""

    unit_id: int | None
    customers: int
    covered: int
    fresh: int


@dataclass(frozen=True)
class Ranked:
    """What somebody has reached; `beside` is told with it, `record_id` is what stands behind."""

    person_id: int
    value: float
    beside: float | None = None
    record_id: int | None = None


@dataclass(frozen=True)
class Coverage:
    """How customers with potential are counted since a moment, and those not followed up since."""

    count: Callable[[Wanted, datetime], Sequence[Covered]]
    uncovered: Callable[[Wanted, datetime, int], Sequence[Line]]


@dataclass(frozen=True)
class Ranking:
    """People by what they have reached in a period, of the whole company; `is_less_better`."""

    unit: str
    read: Callable[[Period, Mapping[str, Any]], Sequence[Ranked]]
    is_less_better: bool = False


@dataclass
class Feeds:
    """Everything that panels are read from."""

    lists: dict[str, Callable[[Wanted, int], Sequence[Line]]] = field(default_factory=dict)
    rankings: dict[str, Ranking] = field(default_factory=dict)
    coverage: Coverage | None = None

    def keys(self) -> Mapping[str, Collection[str]]:
        """The sources that a chart can be read from."""
        return {"list": self.lists.keys(), "ranking": self.rankings.keys()}


feeds = Feeds()
