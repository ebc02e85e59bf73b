"""Where a kind of event jumped from one week to the next (F08: +40 % week on week)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Jump:
    """What counts as a jump: so much more than the week before, and at least so many."""

    percent: float = 40.0
    at_least: int = 5

    def is_met(self, count: int, before: int) -> bool:
        """Whether a week's count jumped; from nothing it jumps once there are enough."""
        return count >= self.at_least and count * 100 >= before * (100 + self.percent)


@dataclass(frozen=True, slots=True)
class Counted:
    """A unit with a manager: the one above it (None: the top), its own events of both weeks.

    Events of units without a manager stand with the nearest unit above that has one.
    """

    unit_id: int
    above: int | None
    count: int
    before: int


def surging(units: Sequence[Counted], jump: Jump) -> dict[int, tuple[int, int]]:
    """The units whose managers are to review: unit -> count of this week and of the week before.

    Each is looked at with all below it, from the bottom up. What a unit has been told about is
    taken out before its superior unit is looked at, so one jump makes one review, at the lowest
    manager who sees it; jumps that are each too small further down show where they come together.
    """
    sums = {each.unit_id: [each.count, each.before] for each in units}
    found: dict[int, tuple[int, int]] = {}
    for each in _lowest_first(units):
        count, before = sums[each.unit_id]
        if jump.is_met(count, before):
            found[each.unit_id] = (count, before)
        elif each.above in sums:
            sums[each.above][0] += count
            sums[each.above][1] += before
    return found


def _lowest_first(units: Sequence[Counted]) -> Iterable[Counted]:
    above = {each.unit_id: each.above for each in units}
    return sorted(units, key=lambda each: (-_depth(each.unit_id, above), each.unit_id))


def _depth(unit_id: int, above: Mapping[int, int | None]) -> int:
    depth, current = 0, above.get(unit_id)
    while current is not None and depth <= len(above):
        depth, current = depth + 1, above.get(current)
    return depth
