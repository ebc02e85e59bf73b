"""Deals that ended, compared by what is told of each: who won with it, and who without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from closeloop.engine import association
from closeloop.engine.association import Contrast
from closeloop.metrics.attribution.closed import Closed, Span, all_closed_in
from closeloop.metrics.layers import book
from closeloop.metrics.layers.book import Trait
from closeloop.metrics.layers.holding import Holds, holding


@dataclass(frozen=True)
class Compared:
    """The closed deals of a span, and how they ended with each trait and without it."""

    deals: Sequence[Closed]
    traits: Mapping[str, Trait]
    rows: Sequence[Contrast]

    @property
    def won(self) -> int:
        """How many of them were won."""
        return sum(each.is_won for each in self.deals)


def compared(span: Span) -> Compared:
    """The comparison of a span by every trait of the pack, the surest first."""
    deals, traits = all_closed_in(span), book.traits()
    held = holding(traits, deals)
    rows = association.contrasts(
        ((each.is_won, {key: of[each.id] for key, of in held.items()}) for each in deals),
        [each.key for each in traits],
    )
    return Compared(deals, {each.key: each for each in traits}, rows)


def behind(span: Span, trait: Trait, *, has: bool | None) -> list[Closed]:
    """The deals that have the trait, or lack it, or of which it says nothing (None)."""
    deals = all_closed_in(span)
    held: Holds = holding([trait], deals)[trait.key]
    return [each for each in deals if held[each.id] is has]
