"""Measures and metrics from their documents, with every fault told at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from closeloop.engine.metrics.definition import ENTRIES, Format, Measure, Metric, Threshold
from closeloop.engine.problems import ProblemList
from closeloop.engine.refusals import Faulty, RefusalKind
from closeloop.engine.sla import Event, read_events

LANGUAGES = ("zh-CN", "en-US")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
_DATA_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
PERIODS = ("day", "week", "month", "quarter")
_MEASURE_KEYS = frozenset(
    {"key", "name", "events", "day", "person", "kind", "value", "source", "of", "names", "about"}
)
ADDED_UP = (Format.COUNT, Format.SUM)
_OF_ENTRIES = ("events", "day", "person", "kind", "value")
_METRIC_KEYS = frozenset(
    {"key", "name", "format", "numerator", "denominator", "parts", "source", "exclusions", "unit"}
    | {"threshold", "period", "per", "norm", "target"}
)


class MetricInvalid(Faulty):
    """Mend the listed places of the metric, then check it again.

    `data`: problems (code, path, data), `path` is a JSON Pointer into the document.
    """

    code = "metric_invalid"
    kind = RefusalKind.INVALID


def read_measure(document: Mapping[str, Any], *, sources: Collection[str] | None = None) -> Measure:
    """The measure of a document, of one of these sources where they are given.

    Raises MetricInvalid with every problem.
    """
    problems = ProblemList()
    _no_other_keys(document, _MEASURE_KEYS, problems)
    source = document.get("source", ENTRIES)
    if sources is not None and source != ENTRIES and source not in sources:
        problems.add("metric.source_unknown", "/source", given=source)
    events: tuple[Event, ...] = ()
    if source == ENTRIES:
        events = _events(document, problems)
    else:
        for key in _OF_ENTRIES:
            if document.get(key):
                problems.add("metric.only_of_entries", f"/{key}")
    measure = Measure(
        key=_key(document.get("key"), "/key", problems),
        name=_name(document.get("name"), "/name", problems),
        events=events,
        day=_data_key(document.get("day", "at"), "/day", problems),
        person=_data_key(document.get("person", "actor"), "/person", problems),
        kind=_data_key(document.get("kind", ""), "/kind", problems),
        value=_data_key(document.get("value", ""), "/value", problems),
        source=str(source),
        of=_words(document.get("of", []), "/of", problems),
        names=_word(document.get("names", ""), "/names", problems),
        about=_data_key(document.get("about", "customer"), "/about", problems),
    )
    _refuse(problems)
    return measure


def read_metric(document: Mapping[str, Any], *, measures: Collection[str]) -> Metric:
    """The metric of a document that names only these measures.

    Raises MetricInvalid with every problem.
    """
    problems = ProblemList()
    _no_other_keys(document, _METRIC_KEYS, problems)
    shape = _format(document.get("format"), problems)
    numerator = _parts(document.get("numerator"), "/numerator", measures, problems)
    denominator = _parts(document.get("denominator", []), "/denominator", measures, problems)
    if not numerator:
        problems.add("metric.part_needed", "/numerator")
    if (shape is Format.SHARE) != bool(denominator):
        problems.add("metric.denominator_is_of_a_share", "/denominator")
    period = document.get("period", "week")
    if period not in PERIODS:
        problems.add("metric.period_unknown", "/period", given=period, known=PERIODS)
    per = document.get("per", 1)
    if isinstance(per, bool) or not isinstance(per, int) or per < 1:
        problems.add("metric.number_needed", "/per")
        per = 1
    target = document.get("target", False)
    if not isinstance(target, bool) or (target and shape not in ADDED_UP):
        problems.add("metric.target_is_of_what_adds_up", "/target")
    metric = Metric(
        key=_key(document.get("key"), "/key", problems),
        name=_name(document.get("name"), "/name", problems),
        format=shape,
        numerator=numerator,
        denominator=denominator,
        parts=_both(document.get("parts"), problems),
        source=_name(document.get("source"), "/source", problems),
        exclusions=_name(document.get("exclusions"), "/exclusions", problems),
        unit=_name(document["unit"], "/unit", problems) if "unit" in document else {},
        threshold=_threshold(document.get("threshold"), problems),
        period=str(period),
        per=per,
        norm=_word(document.get("norm", ""), "/norm", problems),
        can_target=target is True,
    )
    _refuse(problems)
    return metric


def _refuse(problems: ProblemList) -> None:
    if problems.found:
        raise MetricInvalid(problems.found)


def _no_other_keys(raw: Mapping[str, Any], known: frozenset[str], problems: ProblemList) -> None:
    for key in sorted(set(map(str, raw)) - known):
        problems.add("metric.key_unknown", f"/{key}", given=key)


def _events(document: Mapping[str, Any], problems: ProblemList) -> tuple[Event, ...]:
    events: tuple[Event, ...] = read_events(document.get("events"), "/events", problems)
    if not events:
        problems.add("metric.event_needed", "/events")
    if any(event.when is not None for event in events):
        problems.add("metric.condition_not_for_entries", "/events")
    return events


def _key(raw: object, path: str, problems: ProblemList) -> str:
    if not isinstance(raw, str) or not _KEY.fullmatch(raw):
        problems.add("metric.key_wrong", path, given=raw)
        return ""
    return raw


def _data_key(raw: object, path: str, problems: ProblemList) -> str:
    if raw == "" or (isinstance(raw, str) and _DATA_KEY.fullmatch(raw)):
        return raw
    problems.add("metric.key_wrong", path, given=raw)
    return ""


def _name(raw: object, path: str, problems: ProblemList) -> Mapping[str, str]:
    if isinstance(raw, Mapping) and all(isinstance(raw.get(each), str) for each in LANGUAGES):
        return {each: raw[each] for each in LANGUAGES}
    problems.add("metric.name_needed", path)
    return {}


def _both(raw: object, problems: ProblemList) -> tuple[Mapping[str, str], Mapping[str, str]]:
    if isinstance(raw, list | tuple) and 1 <= len(raw) <= 2:
        told = [_name(each, f"/parts/{at}", problems) for at, each in enumerate(raw)]
        return told[0], told[1] if len(told) > 1 else {}
    problems.add("metric.parts_needed", "/parts")
    return {}, {}


def _words(raw: object, path: str, problems: ProblemList) -> tuple[str, ...]:
    if isinstance(raw, list | tuple) and all(isinstance(each, str) for each in raw):
        return tuple(raw)
    problems.add("metric.not_a_list", path)
    return ()


def _word(raw: object, path: str, problems: ProblemList) -> str:
    if isinstance(raw, str):
        return raw
    problems.add("metric.key_wrong", path, given=raw)
    return ""


def _format(raw: object, problems: ProblemList) -> Format:
    try:
        return Format(str(raw))
    except ValueError:
        problems.add("metric.format_unknown", "/format", given=raw)
        return Format.COUNT


def _parts(
    raw: object, path: str, measures: Collection[str], problems: ProblemList
) -> tuple[str, ...]:
    if not isinstance(raw, list | tuple):
        problems.add("metric.not_a_list", path)
        return ()
    for index, each in enumerate(raw):
        if each not in measures:
            problems.add("metric.measure_unknown", f"{path}/{index}", given=each)
    return tuple(map(str, raw))


def _threshold(raw: object, problems: ProblemList) -> Threshold | None:
    if raw is None:
        return None
    if not isinstance(raw, Mapping):
        problems.add("metric.not_an_object", "/threshold")
        return None
    limits = {}
    for key in ("good", "bad"):
        value = raw.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            problems.add("metric.number_needed", f"/threshold/{key}")
            value = 0
        limits[key] = float(value)
    return Threshold(**limits, source=_name(raw.get("source"), "/threshold/source", problems))
