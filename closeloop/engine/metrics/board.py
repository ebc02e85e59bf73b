"""Which figures stand together on a screen, broken down by what, drawn how."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from closeloop.engine.metrics.definition import Name
from closeloop.engine.metrics.reading import LANGUAGES, MetricInvalid
from closeloop.engine.problems import ProblemList

CHARTS: Mapping[str, int] = {
    "card": 0, "bars": 1, "matrix": 2, "coverage": 0, "list": 0, "blockers": 0, "ranking": 0,
    "stages": 0, "targets": 0,
}  # fmt: skip
"""How a panel can be drawn, and by how many things its figure is broken down for that."""
FED = ("list", "ranking")
"""Charts that are read from a source by its key; `with` says how."""
PLAIN = (*FED, "blockers", "stages", "targets")
"""Charts that may show no metric of their own."""
NAMED: Mapping[str, Sequence[str]] = {"stages": ("stay", "conversion", "overstaying")}
"""Charts that show several metrics, each by its name in `with`."""
DIMENSIONS = ("day", "week", "month", "unit", "person", "kind", "flow")
PERIODS = ("yesterday", "week", "last_week", "month", "last_month", "quarter", "year")
LONGEST = 366
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
_BOARD_KEYS = frozenset({"key", "name", "about", "page", "periods", "panels"})
_PATH = re.compile(r"(/[a-z0-9_-]+)+")
_PANEL_KEYS = frozenset({"name", "metric", "chart", "by", "and_by", "days", "source", "with"})


@dataclass(frozen=True, slots=True)
class Panel:
    """One figure on a board. `days`: it looks back over as many at least, up to the period's end.

    So a share by region and day has its days even where the board shows yesterday alone. `metric`
    is empty where none is shown; `options` are the numbers and words that a source goes by.
    """

    metric: str
    chart: str
    name: Name
    by: str | None = None
    and_by: str | None = None
    days: int | None = None
    source: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the product that tells more of the same."""

    path: str
    name: Name


@dataclass(frozen=True, slots=True)
class Board:
    """A screen of figures; the first of `periods` is the one that it opens with."""

    key: str
    name: Name
    about: Name
    periods: tuple[str, ...]
    panels: tuple[Panel, ...]
    page: Page | None = None


def read_board(
    document: Mapping[str, Any],
    *,
    metrics: Mapping[str, Name],
    feeds: Mapping[str, Collection[str]] | None = None,
) -> Board:
    """The board of a document that shows only these metrics; a panel is called as its metric.

    `feeds`: the sources that a chart can be read from. Raises MetricInvalid with every problem.
    """
    problems = ProblemList()
    _no_other_keys(document, _BOARD_KEYS, "", problems)
    key = document.get("key")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        problems.add("metric.key_wrong", "/key", given=key)
        key = ""
    periods = document.get("periods")
    if not isinstance(periods, list) or not periods or not set(periods) <= set(PERIODS):
        problems.add("board.period_unknown", "/periods", given=periods, known=PERIODS)
        periods = []
    panels = document.get("panels")
    if not isinstance(panels, list) or not panels:
        problems.add("metric.not_a_list", "/panels")
        panels = []
    board = Board(
        key=key,
        name=_name(document.get("name"), "/name", problems),
        about=_name(document.get("about"), "/about", problems),
        periods=tuple(periods),
        panels=tuple(
            _panel(each, f"/panels/{at}", metrics, feeds or {}, problems)
            for at, each in enumerate(panels)
        ),
        page=_page(document["page"], problems) if "page" in document else None,
    )
    if problems.found:
        raise MetricInvalid(problems.found)
    return board


def _page(raw: object, problems: ProblemList) -> Page | None:
    if not isinstance(raw, Mapping):
        problems.add("metric.not_an_object", "/page")
        return None
    _no_other_keys(raw, frozenset({"path", "name"}), "/page", problems)
    path = str(raw.get("path", ""))
    if not _PATH.fullmatch(path):
        problems.add("board.page_wrong", "/page/path", given=path)
    return Page(path, _name(raw.get("name"), "/page/name", problems))


def _panel(
    raw: object,
    path: str,
    metrics: Mapping[str, Name],
    feeds: Mapping[str, Collection[str]],
    problems: ProblemList,
) -> Panel:
    if not isinstance(raw, Mapping):
        problems.add("metric.not_an_object", path)
        return Panel("", "card", {})
    _no_other_keys(raw, _PANEL_KEYS, path, problems)
    metric, chart, days = str(raw.get("metric", "")), str(raw.get("chart")), raw.get("days")
    if (metric or chart not in PLAIN) and metric not in metrics:
        problems.add("board.metric_unknown", f"{path}/metric", given=metric)
    by = [raw[each] for each in ("by", "and_by") if raw.get(each) is not None]
    if chart not in CHARTS:
        problems.add("board.chart_unknown", f"{path}/chart", given=chart, known=list(CHARTS))
    elif len(by) != CHARTS[chart] or not _differ(by):
        problems.add("board.dimensions_wrong", f"{path}/by", chart=chart, known=DIMENSIONS)
    source = str(raw.get("source", ""))
    if chart in FED and source not in feeds.get(chart, ()):
        problems.add("board.source_unknown", f"{path}/source", given=source)
    if days is not None and (
        isinstance(days, bool) or not isinstance(days, int) or not 0 < days <= LONGEST
    ):
        problems.add("metric.number_needed", f"{path}/days")
        days = None
    name = metrics.get(metric, {})
    if "name" in raw or not metric:
        name = _name(raw.get("name"), f"{path}/name", problems)
    options = _options(raw.get("with", {}), f"{path}/with", problems)
    for each in NAMED.get(chart, ()):
        if options.get(each) not in metrics:
            problems.add("board.metric_unknown", f"{path}/with/{each}", given=options.get(each))
    return Panel(metric, chart, name, raw.get("by"), raw.get("and_by"), days, source, options)


def _options(raw: object, path: str, problems: ProblemList) -> Mapping[str, Any]:
    """Whole numbers, words, and lists of words by key."""
    if not isinstance(raw, Mapping):
        problems.add("metric.not_an_object", path)
        return {}
    for key, value in raw.items():
        words = value if isinstance(value, list) else [value]
        if not all(isinstance(each, int | str) for each in words):
            problems.add("board.option_wrong", f"{path}/{key}")
    return dict(raw)


def _differ(by: Sequence[object]) -> bool:
    return set(by) <= set(DIMENSIONS) and len(set(by)) == len(by)


def _no_other_keys(
    raw: Mapping[str, Any], known: Collection[str], path: str, problems: ProblemList
) -> None:
    for key in sorted(set(map(str, raw)) - set(known)):
        problems.add("metric.key_unknown", f"{path}/{key}", given=key)


def _name(raw: object, path: str, problems: ProblemList) -> Name:
    if isinstance(raw, Mapping) and all(isinstance(raw.get(each), str) for each in LANGUAGES):
        return {each: raw[each] for each in LANGUAGES}
    problems.add("metric.name_needed", path)
    return {}
