"""Failures in a row at one stage (requirement L02): when a pack is due, and for which row."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """A record left the stage: passed on, or failed (sent back or lost). Newest come first."""

    visit_id: int
    record_id: int
    has_failed: bool


@dataclass(frozen=True)
class Streak:
    """The failures since the last success, newest first; `began_with` names the row for good."""

    began_with: int
    record_ids: tuple[int, ...]

    @property
    def length(self) -> int:
        """How many failures there are in a row."""
        return len(self.record_ids)


def streak_of(outcomes: Sequence[Outcome]) -> Streak | None:
    """The row of failures that goes on now, or None after a success."""
    row: list[Outcome] = []
    for outcome in outcomes:
        if not outcome.has_failed:
            break
        row.append(outcome)
    if not row:
        return None
    return Streak(row[-1].visit_id, tuple(each.record_id for each in row))
