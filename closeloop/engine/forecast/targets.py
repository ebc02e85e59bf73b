"""Targets against what came: how far, at which pace, and how often missed in a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Standing:
    """A target (None: none was set) and what came, when `gone` of `whole` days are over.

    `done`: which part came. `pace`: which part will have come if the rest goes on as so far.
    """

    target: Decimal | None
    came: Decimal
    gone: float
    whole: float

    @property
    def is_over(self) -> bool:
        """Whether its last day is over."""
        return self.gone >= self.whole

    @property
    def done(self) -> float | None:
        """What came over the target; None without a target to reach."""
        return float(self.came / self.target) if self.target else None

    @property
    def pace(self) -> float | None:
        """What will have come at this pace, over the target; None before the first day is over."""
        if not self.target or self.gone < 1:
            return None
        return float(self.came / self.target) * self.whole / min(self.gone, self.whole)

    @property
    def is_missed(self) -> bool:
        """Whether it is over and the target was not reached."""
        return self.is_over and self.target is not None and self.came < self.target


def together(standings: Sequence[Standing]) -> Standing:
    """Several months as one; without a target for each of them there is none for all."""
    targets = [each.target for each in standings]
    given = [target for target in targets if target is not None]
    return Standing(
        target=sum(given, Decimal(0)) if given and len(given) == len(targets) else None,
        came=sum((each.came for each in standings), Decimal(0)),
        gone=sum(min(each.gone, each.whole) for each in standings),
        whole=sum(each.whole for each in standings),
    )


def missed_in_a_row(standings: Sequence[Standing]) -> int:
    """How many of the latest months that are over were missed one after another."""
    count = 0
    for each in reversed([each for each in standings if each.is_over]):
        if not each.is_missed:
            break
        count += 1
    return count
