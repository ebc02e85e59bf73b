"""What stands on a printed figure: words, numbers and where they come from (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from closeloop.engine.metrics import Figure


@dataclass(frozen=True)
class Line:
    """One row: the words and the keys of what it is about, its figure, and the one before."""

    keys: tuple[str, ...]
    labels: tuple[str, ...]
    figure: Figure
    before: Figure | None = None


@dataclass(frozen=True)
class Scale:
    """How a metric's numbers are read: a share in percent, its target, which way is better."""

    is_share: bool
    unit: str = ""
    target: float | None = None
    more_is_better: bool | None = None
    decimals: int = 1


@dataclass(frozen=True)
class Term:
    """A word of the definition and what it means."""

    name: str
    text: str


@dataclass(frozen=True)
class Printed:
    """A figure or table in one reader's language.

    `dimensions` are the keys of what it is broken down by, `head` their words; `chart` is how it is
    drawn: `card`, `table`, `line`, `bars`, `funnel`, `matrix` or `calendar`. `grid` holds the
    first days of the buckets of a time dimension, so that a drawing has no holes.
    """

    key: str
    title: str
    about: str
    period: str
    whose: str
    scale: Scale
    total: Line
    beside: str
    dimensions: tuple[str, ...]
    head: tuple[str, ...]
    lines: Sequence[Line]
    chart: str
    definition: Sequence[Term]
    buckets: Sequence[Sequence[str]] = field(default_factory=list)

    @property
    def is_compared(self) -> bool:
        """Whether there is a figure before beside every one."""
        return self.total.before is not None


Cell = str | int | Decimal


@dataclass(frozen=True)
class Listed:
    """A table that is no figure; `cut` says so where there is more."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    cut: str = ""


@dataclass(frozen=True)
class Sheet:
    """Printed figures with what is said below all of them; a board has several, and lists."""

    title: str
    about: str
    whose: str
    language: str
    panels: Sequence[Printed]
    footer: Sequence[str]
    page: str
    lists: Sequence[Listed] = ()
    is_board: bool = False


def change_of(figure: Figure, before: Figure | None) -> Decimal | None:
    """How much larger a value is than the one before; None: nothing to compare."""
    if before is None or figure.value is None or before.value is None:
        return None
    return figure.value - before.value
