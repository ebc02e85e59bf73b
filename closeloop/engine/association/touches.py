"""Which effective contact came before the win, and how deals with as many contacts ended (G18)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from closeloop.engine.association.significance import share_interval

MOST_TOLD = 8
"""Deals with this many contacts or more stand in one row."""
ENOUGH = 10
"""Of fewer cases no share is told, only the counts."""

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Share:
    """Hits of so many cases; value and 95 % interval (Wilson) are None of too few."""

    hits: int
    of: int
    value: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Touch:
    """Closed deals whose last effective contact was the n-th (`is_more`: or a later one).

    `traced`: which part of all wins came after the n-th. `won`: of the deals that got as far as
    n contacts and no further, how many were won.
    """

    number: int
    is_more: bool
    traced: Share
    won: Share

    @property
    def lost(self) -> int:
        """How many were lost after as many contacts."""
        return self.won.of - self.won.hits


def by_touch(
    closed: Iterable[tuple[int, bool]], *, most: int = MOST_TOLD, enough: int = ENOUGH
) -> list[Touch]:
    """A row for each number of contacts from none to `most`; `closed` are (contacts, won)."""
    won: Counter[int] = Counter()
    lost: Counter[int] = Counter()
    for contacts, is_won in closed:
        (won if is_won else lost)[min(contacts, most)] += 1
    wins = won.total()
    last = max((*won, *lost), default=-1)
    return [
        Touch(
            number=number,
            is_more=number == most,
            traced=share_of(won[number], wins, enough=enough),
            won=share_of(won[number], won[number] + lost[number], enough=enough),
        )
        for number in range(last + 1)
    ]


def share_of(hits: int, of: int, *, enough: int = ENOUGH) -> Share:
    """A share with its interval, untold where there are too few cases."""
    if of < max(enough, 1):
        return Share(hits, of, None, None)
    return Share(hits, of, hits / of, share_interval(hits, of))


def likeliest(rows: Iterable[Touch]) -> Touch | None:
    """The one contact after which most wins came, where enough were won to say so."""
    told = [row for row in rows if row.number and not row.is_more and row.traced.value is not None]
    return max(told, key=lambda row: (row.traced.hits, -row.number), default=None)


def better_from(rows: Iterable[Touch]) -> tuple[int, Share, Share] | None:
    """From which contact on deals are won surely more often than before it, and both shares.

    Surely: the intervals do not overlap. Of several the one with the widest gap, None where no
    number parts winners from losers.
    """
    listed = list(rows)
    found = []
    for row in listed[1:]:
        before = _together(each for each in listed if each.number < row.number)
        after = _together(each for each in listed if each.number >= row.number)
        if before.interval and after.interval and after.interval[0] > before.interval[1]:
            found.append((after.interval[0] - before.interval[1], -row.number, after, before))
    if not found:
        return None
    _, number, after, before = max(found, key=lambda each: each[:2])
    return -number, after, before


def _together(rows: Iterable[Touch]) -> Share:
    listed = list(rows)
    return share_of(sum(row.won.hits for row in listed), sum(row.won.of for row in listed))
