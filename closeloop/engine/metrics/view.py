"""How somebody looks at one figure: over which days, of whom, broken down by what, drawn how."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from closeloop.engine.metrics.board import PERIODS
from closeloop.engine.metrics.reading import MetricInvalid
from closeloop.engine.problems import ProblemList

Compare = Literal["previous", "year"]

TIMES = ("day", "week", "month")
PRESETS = (*PERIODS, "days14", "days30", "days90")
"""The days that a view looks back over, told as a word: they move on with the calendar."""
LONGEST_DAYS = 1100
_KEYS = frozenset(
    {"metric", "by", "and_by", "period", "unit", "person", "kind", "compare", "chart"}
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
LONGEST_WORD = 130
"""A kind may name a flow and one of its steps."""
_LARGEST_ID = 2**63


@dataclass(frozen=True, slots=True)
class Drawing:
    """By how many things a chart is broken down; `first` by one of these where they are given."""

    fewest: int
    most: int
    first: tuple[str, ...] = ()
    not_second: tuple[str, ...] = ()


VIEW_CHARTS: Mapping[str, Drawing] = {
    "table": Drawing(0, 2),
    "line": Drawing(1, 2, first=TIMES, not_second=TIMES),
    "bars": Drawing(0, 2),
    "funnel": Drawing(1, 1, first=("kind",)),
    "matrix": Drawing(2, 2),
    "calendar": Drawing(1, 1, first=("day",)),
}
"""What each chart needs. A line runs over time, a funnel over kinds, a calendar over days."""


@dataclass(frozen=True, slots=True)
class Span:
    """From the first to the last day, both in it."""

    since: date
    until: date


@dataclass(frozen=True, slots=True)
class View:
    """A figure as somebody wants to see it. `period` is one of PRESETS or two fixed days."""

    metric: str
    period: str | Span
    chart: str
    by: str | None = None
    and_by: str | None = None
    unit: int | None = None
    person: int | None = None
    kind: str | None = None
    compare: Compare | None = None

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What it is broken down by, in order."""
        return tuple(each for each in (self.by, self.and_by) if each is not None)

    def span(self, today: date, *, workday: date | None = None) -> Span:
        """The days that it looks at on a day."""
        if isinstance(self.period, Span):
            return self.period
        return span_of(self.period, today=today, workday=workday)

    def document(self) -> dict[str, Any]:
        """The view as a document that `read_view` reads."""
        period: Any = self.period
        if isinstance(period, Span):
            period = {"since": period.since.isoformat(), "until": period.until.isoformat()}
        return {
            "metric": self.metric, "by": self.by, "and_by": self.and_by, "period": period,
            "unit": self.unit, "person": self.person, "kind": self.kind,
            "compare": self.compare, "chart": self.chart,
        }  # fmt: skip


def read_view(document: Mapping[str, Any], *, metrics: Mapping[str, Collection[str]]) -> View:
    """The view of a document; `metrics` are the keys of all metrics with their dimensions.

    Raises MetricInvalid with every problem.
    """
    problems = ProblemList()
    for key in sorted(set(map(str, document)) - _KEYS):
        problems.add("metric.key_unknown", f"/{key}", given=key)
    metric = document.get("metric")
    if not isinstance(metric, str) or metric not in metrics:
        problems.add("view.metric_unknown", "/metric", given=metric)
        metric = ""
    view = View(
        metric=metric,
        period=_period(document.get("period"), problems),
        chart=str(document.get("chart")),
        by=_text(document, "by", problems),
        and_by=_text(document, "and_by", problems),
        unit=_id(document, "unit", problems),
        person=_id(document, "person", problems),
        kind=_text(document, "kind", problems),
        compare=_compare(document.get("compare"), problems),
    )
    _check_dimensions(view, metrics.get(metric, ()), problems)
    if problems.found:
        raise MetricInvalid(problems.found)
    return view


def misfit(chart: str, by: str | None, and_by: str | None) -> str | None:
    """Why a chart cannot draw what is broken down so, as the code of a problem; None: it can."""
    drawing = VIEW_CHARTS[chart]
    given = [each for each in (by, and_by) if each is not None]
    if not drawing.fewest <= len(given) <= drawing.most:
        return f"view.{chart}_needs"
    if drawing.first and given[0] not in drawing.first:
        return f"view.{chart}_needs"
    if len(given) > 1 and given[1] in drawing.not_second:
        return f"view.{chart}_needs"
    return None


def span_of(preset: str, *, today: date, workday: date | None = None) -> Span:
    """What a preset means on a day; what still runs ends on that day. Weeks begin on Mondays.

    Yesterday is the last working day where one is told.
    """
    if preset.startswith("days"):
        return Span(_earlier(today, int(preset.removeprefix("days")) - 1), today)
    yesterday, monday = workday or _earlier(today, 1), _earlier(today, today.weekday())
    month = today.replace(day=1)
    last_month = _earlier(month, 1)
    spans = {
        "yesterday": Span(yesterday, yesterday),
        "week": Span(monday, today),
        "last_week": Span(_earlier(monday, 7), _earlier(monday, 1)),
        "month": Span(month, today),
        "last_month": Span(last_month.replace(day=1), last_month),
        "quarter": Span(month.replace(month=month.month - (month.month - 1) % 3), today),
        "year": Span(today.replace(month=1, day=1), today),
    }
    return spans[preset]


def _earlier(day: date, days: int) -> date:
    return day - timedelta(days=days)


def _check_dimensions(view: View, known: Collection[str], problems: ProblemList) -> None:
    if view.by is None and view.and_by is not None:
        problems.add("view.first_dimension_missing", "/by")
        return
    for key, given in (("by", view.by), ("and_by", view.and_by)):
        if view.metric and given is not None and given not in known:
            problems.add("view.dimension_unknown", f"/{key}", given=given, known=sorted(known))
            return
    if view.by is not None and view.by == view.and_by:
        problems.add("view.dimensions_same", "/and_by", given=view.by)
    if view.chart not in VIEW_CHARTS:
        problems.add("view.chart_unknown", "/chart", given=view.chart, known=list(VIEW_CHARTS))
    elif (code := misfit(view.chart, view.by, view.and_by)) is not None:
        problems.add(code, "/chart")


def _period(raw: object, problems: ProblemList) -> str | Span:
    if isinstance(raw, str) and raw in PRESETS:
        return raw
    if isinstance(raw, Mapping) and set(raw) == {"since", "until"}:
        since, until = _day(raw["since"]), _day(raw["until"])
        if since is not None and until is not None and 0 <= (until - since).days < LONGEST_DAYS:
            return Span(since, until)
        problems.add("view.days_wrong", "/period", given=dict(raw))
    else:
        problems.add("view.period_unknown", "/period", given=raw, known=list(PRESETS))
    return PRESETS[0]


def _day(raw: object) -> date | None:
    if not isinstance(raw, str) or not _DAY.fullmatch(raw):
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return None


def _compare(raw: object, problems: ProblemList) -> Compare | None:
    if raw == "previous":
        return "previous"
    if raw == "year":
        return "year"
    if raw is not None:
        problems.add("view.compare_unknown", "/compare", given=raw)
    return None


def _text(document: Mapping[str, Any], key: str, problems: ProblemList) -> str | None:
    raw = document.get(key)
    if raw is None or (isinstance(raw, str) and 0 < len(raw) <= LONGEST_WORD):
        return raw
    problems.add("view.word_needed", f"/{key}", given=raw)
    return None


def _id(document: Mapping[str, Any], key: str, problems: ProblemList) -> int | None:
    raw = document.get(key)
    if raw is None:
        return None
    if isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw < _LARGEST_ID:
        return raw
    problems.add("view.id_needed", f"/{key}", given=raw)
    return None
