"""What a finding is made of, and what remains without it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from closeloop.engine.association.ranking import Limits, Observation, Trait, rank
from closeloop.engine.association.significance import share_interval


@dataclass(frozen=True, slots=True)
class Concentration:
    """How many of a finding's hits have another trait, against everything that is no hit."""

    trait: Trait
    hits: int
    of: int
    interval: tuple[float, float]
    elsewhere: int
    elsewhere_of: int


def concentrations(
    observations: Iterable[Observation],
    *,
    within: Trait,
    besides: Collection[str] = (),
    least: float = 0.5,
) -> list[Concentration]:
    """Of each other factor the level that most hits of a finding have, where most of them have
    one and it is more common there than elsewhere; the greatest share first. `besides`: factors
    that the finding implies anyway (the weekday, of Friday at 16 h).
    """
    hits, misses = [], []
    for each in observations:
        if not each.is_hit:
            misses.append(each)
        elif within in each.traits:
            hits.append(each)
    counted, elsewhere = _counted(hits), _counted(misses)
    untold = {within[0], *besides}
    best: dict[str, Trait] = {}
    for trait, count in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        if trait[0] not in untold and count >= least * len(hits):
            best.setdefault(trait[0], trait)
    rows = [
        Concentration(
            trait=trait,
            hits=counted[trait],
            of=len(hits),
            interval=share_interval(counted[trait], len(hits)) or (0.0, 1.0),
            elsewhere=elsewhere.get(trait, 0),
            elsewhere_of=len(misses),
        )
        for trait in best.values()
    ]
    more = [row for row in rows if row.interval[0] * len(misses) > row.elsewhere]
    return sorted(more, key=lambda row: (-row.hits, row.trait))


def left_over(
    observations: Sequence[Observation], limits: Limits, *, without: Trait
) -> frozenset[Trait]:
    """The traits that are still findings when everything with one trait is left out.

    A finding that is not among them (Friday, beside Friday at 16 h) is a part of that one.
    """
    rest = [each for each in observations if without not in each.traits]
    return frozenset(each.trait for each in rank(rest, limits) if each.is_found)


def _counted(observations: Iterable[Observation]) -> dict[Trait, int]:
    counts: dict[Trait, int] = {}
    for each in observations:
        for trait in each.traits:
            counts[trait] = counts.get(trait, 0) + 1
    return counts
