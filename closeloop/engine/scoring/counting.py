"""What a record is worth by a scorecard: the score, the grade, and every part of both."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from closeloop.engine import conditions
from closeloop.engine.conditions import Condition
from closeloop.engine.facts import Catalogue
from closeloop.engine.scoring.model import (
    COUNT,
    SCORE,
    BehaviourRule,
    Name,
    Period,
    Repeat,
    Scorecard,
)
from closeloop.engine.scoring.reading import graded_by

_TENTHS = 1
_EPOCH_MONDAY = 1
"""date.toordinal() of a Monday, 1 January of year 1: from it weeks are counted."""


class Seen(NamedTuple):
    """Behaviour of one kind with the same data on one day, `times` times; `day` is its ordinal."""

    kind: str
    day: int
    data: Mapping[str, object]
    times: int = 1


@dataclass(frozen=True, slots=True)
class Given:
    """Points that somebody or something gave a record beside the rules, and what for."""

    key: str
    points: float
    name: Name


@dataclass(frozen=True, slots=True)
class Part:
    """What one rule gave. `fresh`: what it would give had everything been done today.

    `times` is how often the behaviour was seen, `counted` how many of these the repeat rule let
    count; `last_day` the ordinal of the latest. For a fact rule they say 1, 1 and None.
    """

    rule: str
    points: float
    fresh: float
    times: int = 1
    counted: int = 1
    last_day: int | None = None
    is_capped: bool = False
    name: Name | None = None
    """What it is called where no rule is: points that were given."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The score with its parts, those of facts first; `counts` by behaviour rule."""

    score: int
    total: float
    grade: str | None
    parts: tuple[Part, ...]
    counts: Mapping[str, int]


class Counter:
    """A scorecard ready to be used for many records."""

    def __init__(self, card: Scorecard, catalogue: Catalogue) -> None:
        """Compile every condition once. Raises ConditionInvalid."""
        self.card = card
        known = graded_by(catalogue, card.behaviour)
        self._facts = [
            (rule, conditions.compile_condition(rule.when, catalogue)) for rule in card.facts
        ]
        self._grades = [
            (grade, conditions.compile_condition(grade.when, known)) for grade in card.grades
        ]
        self._by_kind: dict[str, list[BehaviourRule]] = {}
        for rule in card.behaviour:
            self._by_kind.setdefault(rule.kind, []).append(rule)

    @property
    def fact_keys(self) -> frozenset[str]:
        """The facts of a record that the scorecard asks for."""
        named = [condition.fact_keys for condition in self._conditions]
        own = {SCORE, *(COUNT + rule.key for rule in self.card.behaviour)}
        return frozenset().union(*named) - own

    def score(
        self,
        facts: Mapping[str, object],
        seen: Iterable[Seen],
        *,
        today: int,
        given: Iterable[Given] = (),
    ) -> Scored:
        """What a record is worth on a day (its ordinal)."""
        parts = [
            Part(rule.key, float(rule.points), float(rule.points))
            for rule, condition in self._facts
            if condition.test(facts) is True
        ]
        days = self._days(seen, today)
        counts = dict.fromkeys((rule.key for rule in self.card.behaviour), 0)
        for rule in self.card.behaviour:
            by_day = days.get(rule.key)
            if by_day:
                part = _behaviour_part(rule, by_day, today)
                counts[rule.key] = part.times
                if rule.points:
                    parts.append(part)
        parts += [Part(each.key, each.points, each.points, name=each.name) for each in given]
        total = round(sum(part.points for part in parts), _TENTHS)
        score = min(max(math.floor(total + 0.5), self.card.floor), self.card.ceiling)
        return Scored(score, total, self._grade(facts, score, counts), tuple(parts), counts)

    @property
    def _conditions(self) -> list[Condition]:
        return [condition for _, condition in (*self._facts, *self._grades)]

    def _days(self, seen: Iterable[Seen], today: int) -> dict[str, dict[int, int]]:
        """How often each rule's behaviour was seen, by day; what lies ahead counts as today."""
        found: dict[str, dict[int, int]] = {}
        for each in seen:
            for rule in self._by_kind.get(each.kind, ()):
                day = min(each.day, today)
                if rule.within_days is not None and today - day >= rule.within_days:
                    continue
                if all(test.fits(each.data.get(key)) for key, test in rule.where.items()):
                    by_day = found.setdefault(rule.key, {})
                    by_day[day] = by_day.get(day, 0) + each.times
        return found

    def _grade(
        self, facts: Mapping[str, object], score: int, counts: Mapping[str, int]
    ) -> str | None:
        if not self._grades:
            return None
        known = {**facts, SCORE: score, **{COUNT + key: times for key, times in counts.items()}}
        for grade, condition in self._grades:
            if condition.test(known) is True:
                return grade.key
        return None


def _behaviour_part(rule: BehaviourRule, by_day: Mapping[int, int], today: int) -> Part:
    counted = _counted(rule.repeat, by_day)
    half = rule.half_life_days
    worth = sum(
        times * (0.5 ** ((today - day) / half) if half else 1.0) for day, times in counted.items()
    )
    number = sum(counted.values())
    points, fresh = rule.points * worth, rule.points * number
    if rule.cap is not None:
        limit = rule.cap
        points, fresh = (max(-limit, min(limit, value)) for value in (points, fresh))
    return Part(
        rule=rule.key,
        points=round(points, _TENTHS),
        fresh=round(fresh, _TENTHS),
        times=sum(by_day.values()),
        counted=number,
        last_day=max(by_day),
        is_capped=rule.cap is not None and abs(rule.points * worth) > rule.cap,
    )


def _counted(repeat: Repeat, by_day: Mapping[int, int]) -> Mapping[int, int]:
    """How many of a day count, the latest first."""
    if repeat.at_most is None:
        return by_day
    left: dict[int, int] = {}
    counted: dict[int, int] = {}
    for day in sorted(by_day, reverse=True):
        period = _period(repeat.per, day)
        room = left.get(period, repeat.at_most)
        taken = min(room, by_day[day])
        left[period] = room - taken
        if taken:
            counted[day] = taken
    return counted


def _period(per: Period, day: int) -> int:
    if per is Period.DAY:
        return day
    if per is Period.WEEK:
        return (day - _EPOCH_MONDAY) // 7
    if per is Period.MONTH:
        on = date.fromordinal(day)
        return on.year * 12 + on.month
    return 0
