"""How wrong the forecast was: made for each past period as it could be made then, against what
came, beside two plain ways.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import inf

from closeloop.engine.forecast.chances import learn
from closeloop.engine.forecast.courses import Course, Ladder, Past
from closeloop.engine.forecast.expecting import Span, expect, won_in


@dataclass(frozen=True, slots=True)
class Proof:
    """A past period: what was expected on its day, what came, and what plain ways would have said.

    `configured`: open deals by their stage's set chance where their owners expected them within
    the period. `previous`: as much as in the period before. None: nothing could be known.
    """

    span: Span
    expected: Decimal
    low: Decimal
    high: Decimal
    came: Decimal
    configured: Decimal
    previous: Decimal | None

    @property
    def is_within(self) -> bool:
        """Whether what came lies within the interval."""
        return self.low <= self.came <= self.high


@dataclass(frozen=True, slots=True)
class Proved:
    """All past periods; each error is the mean of absolute errors over what came (MAPE), over the
    same periods for all three ways. None where nothing came in any.
    """

    periods: Sequence[Proof]
    error: float | None
    configured_error: float | None
    previous_error: float | None
    compared: int
    within: int


def prove(
    courses: Sequence[Course],
    past: Past,
    ladder: Ladder,
    *,
    spans: Sequence[Span],
) -> Proved:
    """The forecasts of past spans, in order of time; left out are those without enough history."""
    periods = []
    before: dict[float, Decimal] = {}
    first = min((course.begun for course in courses), default=inf)
    for span in spans:
        came = won_in(courses, span, ladder)
        if first <= span.since:
            before[span.until] = came
        chances = learn(past, ladder, at=span.at, days=span.days)
        if not chances.is_learnt:
            continue
        made = expect(courses, span, chances, ladder)
        periods.append(
            Proof(
                span=span,
                expected=made.total,
                low=made.low,
                high=made.high,
                came=came,
                configured=made.configured,
                previous=before.get(span.since),
            )
        )
    compared = [each for each in periods if each.came > 0 and each.previous is not None]
    return Proved(
        periods=periods,
        error=_error([(each.expected, each.came) for each in compared]),
        configured_error=_error([(each.configured, each.came) for each in compared]),
        previous_error=_error([(each.previous or Decimal(0), each.came) for each in compared]),
        compared=len(compared),
        within=sum(each.is_within for each in compared),
    )


def _error(pairs: Sequence[tuple[Decimal, Decimal]]) -> float | None:
    if not pairs:
        return None
    return sum(float(abs(told - came) / came) for told, came in pairs) / len(pairs)
