import json
from datetime import date
from pathlib import Path

import pytest

from closeloop.engine.metrics import MetricInvalid, Span, View, read_view, span_of
from closeloop.engine.metrics.view import PRESETS

METRICS = {"won": ("day", "week", "month", "unit", "person", "kind"), "plain": ("day", "unit")}
ROOT = Path(__file__).resolve().parents[2]
SPANS = json.loads((ROOT / "web/src/features/metrics/spans.json").read_text())
TABLE = {"metric": "won", "period": "month", "chart": "table"}


def view(**changes):
    return read_view({**TABLE, **changes}, metrics=METRICS)


def faults(**changes):
    with pytest.raises(MetricInvalid) as refused:
        view(**changes)
    return [(each["code"], each["path"]) for each in refused.value.data["problems"]]


def test_a_view_is_read_and_written_alike():
    fixed = {"since": "2026-11-01", "until": "2026-11-30"}
    whole = view(by="day", and_by="unit", period=fixed, unit=3, kind="won", compare="year")
    assert whole.period == Span(date(2026, 11, 1), date(2026, 11, 30))
    assert whole.dimensions == ("day", "unit")
    assert read_view(whole.document(), metrics=METRICS) == whole
    assert view() == View(metric="won", period="month", chart="table")


def test_every_fault_of_a_view_is_told_at_once():
    assert faults(
        metric="gone",
        period="decade",
        chart="pie",
        unit=True,
        person=-1,
        kind="",
        compare="no",
        x=1,
    ) == [
        ("metric.key_unknown", "/x"),
        ("view.metric_unknown", "/metric"),
        ("view.period_unknown", "/period"),
        ("view.id_needed", "/unit"),
        ("view.id_needed", "/person"),
        ("view.word_needed", "/kind"),
        ("view.compare_unknown", "/compare"),
        ("view.chart_unknown", "/chart"),
    ]
    assert faults(and_by="unit") == [("view.first_dimension_missing", "/by")]
    assert faults(by="unit", and_by="unit") == [("view.dimensions_same", "/and_by")]
    assert faults(metric="plain", by="kind") == [("view.dimension_unknown", "/by")]


@pytest.mark.parametrize(
    "days",
    [
        {"since": "2026-11-30", "until": "2026-11-01"},
        {"since": "2020-01-01", "until": "2026-01-01"},
        {"since": "2026-02-30", "until": "2026-03-01"},
        {"since": 20260201, "until": "2026-03-01"},
    ],
)
def test_days_that_are_no_period_are_refused(days):
    assert faults(period=days) == [("view.days_wrong", "/period")]


@pytest.mark.parametrize(
    ("chart", "fits", "fails"),
    [
        ("table", [(), ("unit",), ("unit", "day")], []),
        ("line", [("day",), ("month", "unit")], [(), ("unit",), ("day", "week")]),
        ("bars", [(), ("person",), ("unit", "kind")], []),
        ("funnel", [("kind",)], [(), ("unit",), ("kind", "unit")]),
        ("matrix", [("unit", "day")], [(), ("unit",)]),
        ("calendar", [("day",)], [(), ("week",), ("day", "unit")]),
    ],
)
def test_a_chart_draws_only_what_is_broken_down_for_it(chart, fits, fails):
    for by in fits:
        assert view(chart=chart, **dict(zip(("by", "and_by"), by, strict=False))).dimensions == by
    for by in fails:
        named = dict(zip(("by", "and_by"), by, strict=False))
        assert faults(chart=chart, **named) == [(f"view.{chart}_needs", "/chart")]


@pytest.mark.parametrize("case", SPANS, ids=lambda case: f"{case['preset']} on {case['today']}")
def test_a_preset_means_the_days_that_screens_mean(case):
    found = span_of(case["preset"], today=date.fromisoformat(case["today"]))
    assert (found.since.isoformat(), found.until.isoformat()) == (case["since"], case["until"])


def test_every_preset_has_a_case():
    assert {case["preset"] for case in SPANS} == set(PRESETS)
