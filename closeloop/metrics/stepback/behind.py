"""The moves behind a number: the same reading as the number itself, and a part of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from itertools import dropwhile

from closeloop.edge import cursors
from closeloop.engine import association
from closeloop.engine.association import Observation, Trait
from closeloop.metrics.stepback import circumstances, factors
from closeloop.metrics.stepback.analysing import LIMITS
from closeloop.metrics.stepback.moves import Move, Span, moves_in, returnable


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which moves. `is_outside`: those without the trait. `circumstance`: of the first finding's
    step-backs those before which it held, or of what they are held against where `is_outside`.
    `deal`: the moves of one deal, of its busiest week where it goes to and fro.
    """

    part: str
    trait: Trait | None = None
    is_outside: bool = False
    deal: int | None = None
    circumstance: Trait | None = None


def behind(span: Span, wanted: Wanted, *, allowed: frozenset[str], zone: tzinfo) -> list[Move]:
    """The moves that are wanted, the latest first."""
    moves, _ = moves_in(span)
    if wanted.deal is not None:
        return _of_deal(moves, wanted.deal)
    observed = factors.observed(returnable(moves), allowed, zone)
    if wanted.circumstance is not None:
        first, others = _compared(observed)
        held = others if wanted.is_outside else first
        return circumstances.having(held, wanted.circumstance)
    return [move for move, each in observed if _is_wanted(each, wanted)]


def page_of(
    moves: Sequence[Move], *, cursor: str | None, limit: int
) -> tuple[list[Move], str | None]:
    """A page of moves, and the cursor of the next one."""
    rest = list(moves)
    if cursor:
        (last,) = cursors.decode(cursor, "bigint")
        rest = list(dropwhile(lambda each: each.id != last, rest))[1:]
    page = rest[:limit]
    return page, cursors.encode(page[-1].id) if len(rest) > limit else None


def _is_wanted(each: Observation, wanted: Wanted) -> bool:
    if wanted.part != "moves" and each.is_hit != (wanted.part == "backs"):
        return False
    return wanted.trait is None or (wanted.trait in each.traits) != wanted.is_outside


def _of_deal(moves: Sequence[Move], deal: int) -> list[Move]:
    own = [move for move in moves if move.deal == deal]
    for week in association.flapping((move.deal, move.at, move.is_back) for move in own):
        return [move for move in own if week.first <= move.at <= week.last]
    return own


def _compared(observed: Sequence[tuple[Move, Observation]]) -> tuple[list[Move], list[Move]]:
    rows = association.rank((each for _, each in observed), LIMITS)
    if not rows or not rows[0].is_found:
        return [], []
    return circumstances.compared(observed, rows[0].trait)
