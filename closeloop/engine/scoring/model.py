"""A scorecard: what is worth how many points, and from where on a record has which grade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Name = Mapping[str, str]
Tree = Mapping[str, object]
SCORE = "score"
"""Key of the fact that holds the score, for the conditions of grades."""
COUNT = "count."
"""Prefix of the facts how often a behaviour rule's behaviour was seen; its key follows."""


class Period(StrEnum):
    """The stretch within which a rule counts at most so many times. Weeks begin on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    EVER = "ever"


@dataclass(frozen=True, slots=True)
class Repeat:
    """How often behaviour counts: at most so many times a period; None is without a limit.

    Of several, the latest of the period count.
    """

    at_most: int | None = None
    per: Period = Period.EVER


EACH = Repeat()
ONCE = Repeat(at_most=1)


@dataclass(frozen=True, slots=True)
class Filter:
    """What one value in the data of a behaviour must be."""

    values: frozenset[object] = frozenset()
    other_than: frozenset[object] = frozenset()
    at_least: float | None = None
    at_most: float | None = None
    begins: str = ""

    def fits(self, value: object) -> bool:
        """Whether a value passes; what is not there passes only where it must be something else."""
        if self.values and value not in self.values:
            return False
        if self.other_than and value in self.other_than:
            return False
        if self.begins and not (isinstance(value, str) and value.startswith(self.begins)):
            return False
        if self.at_least is None and self.at_most is None:
            return True
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        is_enough = self.at_least is None or value >= self.at_least
        return is_enough and (self.at_most is None or value <= self.at_most)


@dataclass(frozen=True, slots=True)
class FactRule:
    """Points for a record that meets a condition."""

    key: str
    name: Name
    when: Tree
    points: float


@dataclass(frozen=True, slots=True)
class BehaviourRule:
    """Points for what somebody did.

    `half_life_days`: after so many days a behaviour is worth half. `cap`: the most that the rule
    gives or takes. `within_days`: older behaviour is not seen at all.
    """

    key: str
    name: Name
    kind: str
    points: float
    where: Mapping[str, Filter] = field(default_factory=dict)
    half_life_days: float | None = None
    cap: float | None = None
    repeat: Repeat = EACH
    within_days: int | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade, and what a record must meet for it."""

    key: str
    name: Name
    when: Tree


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Rules and grades. Of the grades, the first that is met counts: the highest stands first."""

    key: str
    name: Name
    about: str
    floor: int
    ceiling: int
    facts: tuple[FactRule, ...]
    behaviour: tuple[BehaviourRule, ...]
    grades: tuple[Grade, ...]

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of behaviour that count."""
        return frozenset(rule.kind for rule in self.behaviour)

    @property
    def data_keys(self) -> tuple[str, ...]:
        """The keys of behaviour's data that some rule looks at, in order."""
        return tuple(sorted({key for rule in self.behaviour for key in rule.where}))

    @property
    def fades(self) -> bool:
        """Whether a score changes by the passing of days alone."""
        return any(rule.half_life_days or rule.within_days for rule in self.behaviour)
