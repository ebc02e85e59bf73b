"""From moves to findings: where step-backs pile up, which deals flap, and the hours of both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from closeloop.engine import association
from closeloop.engine.association import (
    Association,
    Concentration,
    Flapping,
    Limits,
    Observation,
    Trait,
)
from closeloop.metrics.stepback import circumstances, factors
from closeloop.metrics.stepback.circumstances import Explanation
from closeloop.metrics.stepback.moves import Move, Span, moves_in, returnable

LIMITS = Limits()


@dataclass(frozen=True)
class Analysis:
    """What a span of moves says.

    `rows` are all associations, findings first; `parts` are findings that vanish without the
    first one. `hours` counts step-backs and moves by (weekday, hour).
    """

    moves: Sequence[Move]
    observed: Sequence[tuple[Move, Observation]]
    is_cut: bool
    rows: Sequence[Association]
    parts: frozenset[Trait]
    made_of: Sequence[Concentration]
    explanation: Explanation | None
    flapping: Sequence[Flapping]
    hours: dict[tuple[int, int], tuple[int, int]]

    @property
    def backs(self) -> int:
        """How many moves went back."""
        return sum(move.is_back for move in self.moves)

    @property
    def first(self) -> Association | None:
        """The leading finding."""
        return self.rows[0] if self.rows and self.rows[0].is_found else None


def analyse(span: Span, *, allowed: frozenset[str], zone: tzinfo) -> Analysis:
    """What the moves of a span say, by the factors that the viewer may see."""
    moves, is_cut = moves_in(span)
    observed = factors.observed(returnable(moves), allowed, zone)
    observations = [each for _, each in observed]
    rows = association.rank(observations, LIMITS)
    first = rows[0].trait if rows and rows[0].is_found else None
    found = {each.trait for each in rows if each.is_found}
    return Analysis(
        moves=moves,
        observed=observed,
        is_cut=is_cut,
        rows=rows,
        parts=frozenset(found - {first} - _by_themselves(observations, first)),
        made_of=_made_of(observations, first) if first else (),
        explanation=circumstances.explain(observed, first) if first else None,
        flapping=association.flapping((move.deal, move.at, move.is_back) for move in moves),
        hours=_hours(observed, zone),
    )


def _made_of(observations: Sequence[Observation], first: Trait) -> Sequence[Concentration]:
    implied = (factors.WEEKDAY, factors.HOUR) if first[0] == factors.WEEKDAY_HOUR else ()
    return association.concentrations(observations, within=first, besides=implied)


def _by_themselves(observations: Sequence[Observation], first: Trait | None) -> frozenset[Trait]:
    if first is None:
        return frozenset()
    return association.left_over(observations, LIMITS, without=first)


def _hours(
    observed: Sequence[tuple[Move, Observation]], zone: tzinfo
) -> dict[tuple[int, int], tuple[int, int]]:
    backs: Counter[tuple[int, int]] = Counter()
    moves: Counter[tuple[int, int]] = Counter()
    for move, _ in observed:
        at = move.at.astimezone(zone)
        cell = at.isoweekday(), at.hour
        moves[cell] += 1
        backs[cell] += move.is_back
    return {cell: (backs[cell], count) for cell, count in moves.items()}
