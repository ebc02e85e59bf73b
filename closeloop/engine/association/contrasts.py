"""How deals with something ended beside deals without it, and how sure that is (G08)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import sqrt

from closeloop.engine.association.significance import fisher_p, holm, share_interval
from closeloop.engine.association.touches import ENOUGH, Interval, Share, share_of

SURE = 0.05
"""Up to this corrected p a difference is called clear."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """Hits with a trait and without it; `unknown` are cases of which the trait says nothing.

    `difference` is the share with it less the share without it, with its 95 % interval; `p` and
    `corrected` (Holm, over all that were tested) are None where either group is too small.
    """

    key: str
    having: Share
    lacking: Share
    unknown: int
    difference: float | None = None
    interval: Interval | None = None
    p: float | None = None
    corrected: float | None = None

    @property
    def is_clear(self) -> bool:
        """Whether chance alone hardly makes such a difference; it need not be the cause."""
        return self.corrected is not None and self.corrected <= SURE


def contrasts(
    cases: Iterable[tuple[bool, Mapping[str, bool | None]]],
    keys: Iterable[str],
    *,
    enough: int = ENOUGH,
) -> list[Contrast]:
    """Of each trait how many hits there are with it and without it, the surest first.

    `cases` are (is a hit, whether each trait holds; None: nothing is told of it). Groups of fewer
    than `enough` are counted and not compared; they come last.
    """
    listed = list(cases)
    found = [_contrast(key, listed, enough=enough) for key in keys]
    tested = [each for each in found if each.p is not None]
    corrected = holm([each.p for each in tested if each.p is not None])
    judged = [replace(each, corrected=p) for each, p in zip(tested, corrected, strict=True)]
    ranked = sorted(judged, key=lambda each: (each.p or 0, -abs(each.difference or 0)))
    return [*ranked, *(each for each in found if each.p is None)]


def difference_interval(hits: int, of: int, other_hits: int, other_of: int) -> Interval | None:
    """The 95 % interval of a difference of two shares by Newcombe's hybrid score (Newcombe 1998,
    method 10), which stands on Wilson's intervals of both; None where one of them is of nothing.
    """
    one, other = share_interval(hits, of), share_interval(other_hits, other_of)
    if one is None or other is None:
        return None
    share, other_share = hits / of, other_hits / other_of
    middle = share - other_share
    below = sqrt((share - one[0]) ** 2 + (other[1] - other_share) ** 2)
    above = sqrt((one[1] - share) ** 2 + (other_share - other[0]) ** 2)
    return max(-1.0, middle - below), min(1.0, middle + above)


def _contrast(
    key: str, cases: Iterable[tuple[bool, Mapping[str, bool | None]]], *, enough: int
) -> Contrast:
    hits, of, unknown = {True: 0, False: 0}, {True: 0, False: 0}, 0
    for is_hit, traits in cases:
        has = traits.get(key)
        if has is None:
            unknown += 1
        else:
            of[has] += 1
            hits[has] += is_hit
    having = share_of(hits[True], of[True], enough=enough)
    lacking = share_of(hits[False], of[False], enough=enough)
    found = Contrast(key, having, lacking, unknown)
    if having.value is None or lacking.value is None:
        return found
    counts = (hits[True], of[True], hits[False], of[False])
    return replace(
        found,
        difference=having.value - lacking.value,
        interval=difference_interval(*counts),
        p=fisher_p(*counts),
    )
