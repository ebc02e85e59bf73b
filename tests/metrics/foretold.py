"""The forecast made again from looks and amounts of an export: rates, factors, interval, errors.

Nothing of the product is called. The ways are those that the page names: rates drawn towards the
whole by ten deals, factors towards one by five wins, an interval of 80 % from what single deals,
stages, weeks and newcomers vary.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from math import floor, sqrt
from statistics import NormalDist, fmean, variance
from typing import Any

from tests.metrics import audit_forecast as sql
from tests.metrics.auditing import Auditor, Viewer

EPOCH = date(1970, 1, 1)
CENT = Decimal("0.01")
LEVELS = ("contact", "age", "went_back")
NAMES = {"month": 1, "quarter": 3}


@dataclass(frozen=True)
class Span:
    """From `since` until before `until`, looked at when it is `at`."""

    since: float
    until: float
    at: float

    @property
    def left(self) -> float:
        return max(0.0, self.until - self.at)


@dataclass
class Rates:
    """What looks whose days are over teach."""

    deals: int
    wins: int
    won: int
    rate: float
    stages: dict[str, tuple[int, int, int, float]]
    factors: dict[tuple[str, int], tuple[int, int, float, float]] = field(default_factory=dict)
    excess: float = 0.0

    @property
    def is_learnt(self) -> bool:
        return self.deals >= 30 and self.won >= 10

    def chance(self, line: Mapping[str, Any]) -> float:
        if not self.is_learnt:
            return float(line["set"])
        found = self.stages.get(line["stage"], (0, 0, 0, self.rate))[3]
        for name in LEVELS:
            found *= self.factors.get((name, line[name]), (0, 0, 0.0, 1.0))[3]
        return min(found, 0.97)


@dataclass
class Foretold:
    """A forecast in its parts."""

    rates: Rates
    won: list[tuple[Any, ...]]
    lines: list[dict[str, Any]]
    newcomers: Decimal
    looks: int
    spread: float

    @property
    def came(self) -> Decimal:
        return sum((row[3] for row in self.won), Decimal(0))

    @property
    def open(self) -> Decimal:
        return sum((line["share"] for line in self.lines), Decimal(0))

    @property
    def total(self) -> Decimal:
        return self.came + self.open + self.newcomers

    @property
    def low(self) -> Decimal:
        return max(self.came, self.total - Decimal(self.spread))

    @property
    def high(self) -> Decimal:
        return self.total + Decimal(self.spread)

    def due(self, at_least: float = 0.0) -> list[dict[str, Any]]:
        """What its owners expect within the days, of a stage with at least this set chance."""
        return [
            each
            for each in self.lines
            if each["due"] and each["amount"] is not None and each["set"] >= at_least
        ]

    def best(self, at_least: float = 0.0) -> Decimal:
        return sum((each["amount"] for each in self.due(at_least)), self.came)

    @property
    def plain(self) -> Decimal:
        return sum((times(each["amount"], each["set"]) for each in self.due()), self.came)


def times(amount: Decimal | None, chance: float) -> Decimal:
    return ((amount or Decimal(0)) * Decimal(f"{chance:.6f}")).quantize(CENT)


class Foreteller:
    """Makes forecasts of any span; what the company's past teaches it learns once a span."""

    def __init__(self, auditor: Auditor) -> None:
        self.auditor = auditor
        self._learnt: dict[tuple[float, float], Rates] = {}
        for statement in sql.COURSES.split(";\n"):
            auditor.warehouse.execute(statement)

    def rates(self, span: Span) -> Rates:
        key = span.at, span.left
        if key not in self._learnt:
            self._learnt[key] = self._learn(span)
        return self._learnt[key]

    def _learn(self, span: Span) -> Rates:
        ask = self.auditor.warehouse.execute
        last = {"last": span.at - span.left}
        names = ("at", "stage", *LEVELS, "looks", "wins")
        seen = [
            dict(zip(names, row, strict=True))
            for row in ask(sql.SEEN, {**last, "days": span.left}).fetchall()
        ]
        deals = dict(ask(sql.DEALS, last).fetchall())
        looks, wins = _sum(seen, "looks"), _sum(seen, "wins")
        row = ask(sql.WINS, {"at": span.at}).fetchone()
        found = Rates(deals.pop(None, 0), wins, row[0] if row else 0, wins / (looks or 1), {})
        for stage, many in deals.items():
            own = [each for each in seen if each["stage"] == stage]
            of, hits = _sum(own, "looks"), _sum(own, "wins")
            rate = (many * hits / of + 10 * found.rate) / (many + 10)
            found.stages[stage] = (of, many, hits, rate)
        _fit(found, seen, looks / max(found.deals, 1))
        return found

    def foretell(self, span: Span, viewer: Viewer) -> Foretold:
        """The forecast of what somebody sees."""
        given = {"at": span.at, "since": span.since, "until": span.until}
        rates, ask = self.rates(span), self.auditor.panel
        lines = []
        names = ("deal", "person", "unit", "stage", *LEVELS, "amount", "due", "set")
        for row in ask(sql.OPEN, viewer, **given):
            line = dict(zip(names, row, strict=True))
            line["chance"] = rates.chance(line) if span.left else 0.0
            line["share"] = times(line["amount"], line["chance"])
            lines.append(line)
        won = self.won(span, viewer)
        sums, apart = self._newcomers(span, viewer)
        mean = Decimal(0)
        scatter = 0.0
        if sums:
            mean = (sum(sums, Decimal(0)) / len(sums)).quantize(CENT)
            scatter = variance(map(float, sums)) * (1 + 1 / apart) if len(sums) > 1 else 0.0
        spread = NormalDist().inv_cdf(0.9) * sqrt(_variance(lines, rates) + scatter)
        return Foretold(rates, won, lines, mean, len(sums), spread)

    def won(self, span: Span, viewer: Viewer) -> list[tuple[Any, ...]]:
        """Deal, person, unit below one's top and amount of what was won, as it was known then."""
        given = {"at": span.at, "since": span.since, "until": span.until}
        return self.auditor.panel(sql.WON, viewer, **given)

    def begun(self, at: float, viewer: Viewer) -> float | None:
        """When the first of somebody's deals began."""
        found: float | None = self.auditor.panel(sql.BEGUN, viewer, at=at)[0][0]
        return found

    def _newcomers(self, span: Span, viewer: Viewer) -> tuple[list[Decimal], float]:
        begun = self.begun(span.at, viewer)
        if begun is None or not span.left:
            return [], 1.0
        first, after = floor(begun / 7) + 1, floor((span.at - span.left) / 7) + 1
        if after <= first:
            return [], 1.0
        given = {"at": span.at, "days": span.left, "first": first, "after": after}
        rows = self.auditor.panel(sql.NEWCOMERS, viewer, **given)
        return [amount for _, amount in rows], max(1.0, (span.at - 7 * first) / max(span.left, 7))


def _fit(found: Rates, seen: list[dict[str, Any]], per_deal: float) -> None:
    """One factor after the other, each against what those before it make expect."""
    per_deal = max(1.0, per_deal)
    for each in seen:
        each["p"] = found.stages[each["stage"]][3]
    for name in LEVELS:
        for level in {each[name] for each in seen}:
            own = [each for each in seen if each[name] == level]
            wins, expected = _sum(own, "wins"), sum(each["looks"] * each["p"] for each in own)
            taken = (wins / per_deal + 5) / (expected / per_deal + 5)
            found.factors[name, level] = (_sum(own, "looks"), wins, expected, taken)
            for each in own:
                each["p"] = min(each["p"] * taken, 0.97)
    weeks: defaultdict[float, list[dict[str, Any]]] = defaultdict(list)
    for each in seen:
        weeks[each["at"]].append(each)
    more = squares = 0.0
    for rows in weeks.values():
        expected = sum(each["looks"] * each["p"] for each in rows)
        chance = sum(each["looks"] * each["p"] * (1 - each["p"]) for each in rows)
        more += (_sum(rows, "wins") - expected) ** 2 - chance
        squares += expected**2
    found.excess = max(0.0, more / squares) if squares else 0.0


def _variance(lines: Iterable[Mapping[str, Any]], rates: Rates) -> float:
    """Of single deals, of each stage's rate, of whole weeks."""
    single, stages = 0.0, defaultdict(float)
    for line in lines:
        expected = float(line["amount"] or 0) * line["chance"]
        single += expected * float(line["amount"] or 0) * (1 - line["chance"])
        stages[line["stage"]] += expected
    of_rates = 0.0
    for stage, expected in stages.items():
        _, deals, _, rate = rates.stages.get(stage, (0, 0, 0, rates.rate))
        of_rates += expected**2 * (1 - rate) / (rate * (deals + 11)) if rate else 0.0
    return single + of_rates + rates.excess * sum(stages.values()) ** 2


def _sum(rows: Iterable[Mapping[str, Any]], key: str) -> int:
    return sum(each[key] for each in rows)


def first_days(kind: str, day: date, *, before: int = 0) -> tuple[date, date]:
    """First day of the month or quarter so many before a day's, and of the one after it."""
    months = NAMES[kind]
    number = (day.year * 12 + day.month - 1) // months * months - before * months
    return tuple(date(each // 12, each % 12 + 1, 1) for each in (number, number + months))  # type: ignore[return-value]


def span_of(kind: str, day: date, at: float, *, before: int = 0) -> Span:
    """The term of a day, or one before it when as many of its days were gone."""
    first, after = first_days(kind, day, before=before)
    since, until = float((first - EPOCH).days), float((after - EPOCH).days)
    gone = at - (first_days(kind, day)[0] - EPOCH).days
    return Span(since, until, since + min(gone, until - since - 1) if before else at)


def mean_error(pairs: Iterable[tuple[Decimal, Decimal]]) -> float | None:
    listed = list(pairs)
    return fmean(float(abs(told - came) / came) for told, came in listed) if listed else None


def day_of(at: float) -> date:
    return EPOCH + timedelta(days=int(at))
