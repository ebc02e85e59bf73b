"""Records that change their stage to and fro: more changes in a week than makes sense (C13)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

MOST_CHANGES = 5
WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Flapping:
    """A record's busiest time: how many changes fell into one window, and the window's ends."""

    record: int
    changes: int
    first: datetime
    last: datetime
    backs: int


def flapping(
    changes: Iterable[tuple[int, datetime, bool]],
    *,
    most: int = MOST_CHANGES,
    within: timedelta = WITHIN,
) -> list[Flapping]:
    """Records with more than `most` changes in any window, the most changes first.

    `changes` are (record, when, whether it went back), in any order. A way straight through the
    stages is no flapping: there has to be a step back within the window.
    """
    of_record: dict[int, list[tuple[datetime, bool]]] = {}
    for record, at, is_back in changes:
        of_record.setdefault(record, []).append((at, is_back))
    found = []
    for record, times in of_record.items():
        busiest = _busiest(record, sorted(times), most, within)
        if busiest is not None:
            found.append(busiest)
    return sorted(found, key=lambda each: (-each.changes, each.first, each.record))


def _busiest(
    record: int, times: list[tuple[datetime, bool]], most: int, within: timedelta
) -> Flapping | None:
    best: Flapping | None = None
    start = 0
    for end, (at, _) in enumerate(times):
        while at - times[start][0] >= within:
            start += 1
        count = end - start + 1
        if count <= most or (best is not None and count <= best.changes):
            continue
        backs = sum(is_back for _, is_back in times[start : end + 1])
        if backs:
            best = Flapping(record, count, times[start][0], at, backs)
    return best
