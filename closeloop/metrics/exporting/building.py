"""A figure as it is printed for somebody: read within his scope, told in his language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from closeloop.engine.metrics import Board, Format, Metric, Panel
from closeloop.engine.metrics.figure import SHARES
from closeloop.identity.queries import names_of
from closeloop.metrics import definitions, presenting, queries
from closeloop.metrics.definitions import Held
from closeloop.metrics.exporting import live, words
from closeloop.metrics.exporting.printed import Line, Printed, Scale, Sheet, Term
from closeloop.metrics.exporting.reading import Reader
from closeloop.metrics.periods import Period
from closeloop.metrics.queries import Answer, Asked
from closeloop.metrics.queries.counts import TIMES
from closeloop.org import queries as org

Name = Mapping[str, str]


def sheet(asked: Asked, chart: str, preset: str | None, *, reader: Reader) -> Sheet:
    """One figure on a sheet of its own. Raises MetricNotFound, DimensionWrong, PeriodWrong."""
    made, answer = _printed(asked, chart, preset, "", reader)
    return Sheet(
        title=made.title,
        about=f"{made.period}  ·  {made.whose}",
        whose=made.whose,
        language=reader.language,
        panels=[made],
        footer=_footer(answer.as_of, reader),
        page=words.page_of(reader.language),
    )


def board_sheet(
    board: Board, *, period: Period, preset: str, unit: int | None, reader: Reader
) -> Sheet:
    """A board with all its panels over one period."""
    panels, as_of = [], None
    for each in board.panels:
        if live.is_live(each) or each.metric not in definitions.book().metrics:
            continue
        made, answer = _panel(each, period, preset, unit, reader)
        panels.append(made)
        as_of = answer.as_of
    footer = _footer(as_of if panels else reader.at, reader)
    if any(each.chart in live.ON_SCREEN_ONLY for each in board.panels):
        footer.insert(0, words.say("on_screen_only", reader.language))
    return Sheet(
        title=_in(board.name, reader.language),
        about=f"{_in(board.about, reader.language)}  ·  {_period(period, preset, reader.language)}",
        whose=_whose(Asked("", period, unit=unit), None, reader.language),
        language=reader.language,
        panels=panels,
        footer=footer,
        lists=live.lists_of(board, period=period, unit=unit, reader=reader),
        is_board=True,
        page=words.page_of(reader.language),
    )


def _panel(
    panel: Panel, period: Period, preset: str, unit: int | None, reader: Reader
) -> tuple[Printed, Answer]:
    span = period.at_least(panel.days)
    by = tuple(each for each in (panel.by, panel.and_by) if each is not None)
    asked = Asked(
        metric=panel.metric, period=span, by=by, unit=unit,
        compare="previous" if panel.chart == "card" else None,
    )  # fmt: skip
    name = _in(panel.name, reader.language)
    return _printed(asked, panel.chart, preset if span == period else None, name, reader)


def _printed(
    asked: Asked, chart: str, preset: str | None, title: str, reader: Reader
) -> tuple[Printed, Answer]:
    answer = queries.figures(asked, actor=reader.actor)
    held = definitions.held(asked.metric)
    metric, language = held.metric, reader.language
    told = presenting.rows(answer.rows, asked.by, metric)
    lines = [
        Line(
            keys=tuple(map(str, row.keys)),
            labels=_labels(row.keys, each, asked.by, language),
            figure=row.figure,
            before=row.before,
        )
        for row, each in zip(answer.rows, told, strict=True)
    ]
    if chart == "funnel":
        place = {key: at for at, key in enumerate(presenting.kinds_of(metric, definitions.book()))}
        lines.sort(key=lambda line: place.get(line.keys[0], len(place)))
    made = Printed(
        key=metric.key,
        title=title or _in(metric.name, language),
        about=_in(metric.name, language),
        period=_period(asked.period, preset, language),
        whose=_whose(asked, held, language),
        scale=scale_of(metric, language),
        total=Line((), (words.say("total", language),), answer.total, answer.before),
        beside="" if asked.compare is None else _beside(asked, language),
        dimensions=tuple(asked.by),
        head=tuple(words.say(f"by.{each}", language) for each in asked.by),
        lines=lines,
        chart=chart if asked.by else "card",
        definition=definition_of(held, language),
        buckets=[
            [str(day) for day in asked.period.buckets(each)] if each in TIMES else []
            for each in asked.by
        ],
    )
    return made, answer


def scale_of(metric: Metric, language: str) -> Scale:
    """How the metric's numbers are read."""
    better = None if metric.threshold is None else metric.threshold.more_is_better
    if better is None and metric.format in (Format.MET, Format.MISSED):
        better = metric.format is Format.MET
    return Scale(
        is_share=metric.format in SHARES,
        unit=_in(metric.unit, language),
        target=None if metric.threshold is None else metric.threshold.good,
        more_is_better=better,
        decimals=2 if metric.format is Format.SUM else 1,
    )


def definition_of(held: Held, language: str) -> list[Term]:
    """Everything that is said about a metric."""
    metric = held.metric
    counted = "numerator" if metric.parts[1] else "counted"
    found = [
        ("how", words.say(f"format.{metric.format.value}", language)),
        (counted, _in(metric.parts[0], language)),
        ("denominator", _in(metric.parts[1], language)),
        ("source", _in(metric.source, language)),
        ("exclusions", _in(metric.exclusions, language)),
        ("thresholds", _thresholds(metric, language)),
        ("version", _version(held, language)),
    ]
    return [Term(words.say(f"term.{key}", language), text) for key, text in found if text]


def _thresholds(metric: Metric, language: str) -> str:
    limits = metric.threshold
    if limits is None:
        return words.say("no_threshold", language)
    scale = scale_of(metric, language)
    data = {
        "good": words.value(scale, limits.good),
        "bad": words.value(scale, limits.bad),
        "source": _in(limits.source, language),
    }
    return words.say("threshold_up" if limits.more_is_better else "threshold_down", language, data)


def _version(held: Held, language: str) -> str:
    by = held.published_by or words.say("system", language)
    data = {"version": held.number, "at": words.moment(held.published_at), "by": by}
    return words.say("version", language, data)


def _labels(
    keys: Sequence[object], told: Mapping[str, Name | None], by: Sequence[str], language: str
) -> tuple[str, ...]:
    names = (told["label"], told["and_label"])
    return tuple(
        words.day(key, language) if isinstance(key, date) else _in(name, language)
        for key, name, _ in zip(keys, names, by, strict=False)
    )


def _period(period: Period, preset: str | None, language: str) -> str:
    since, until = words.day(period.since, language), words.day(period.until, language)
    if period.since == period.until:
        span = since
    else:
        span = words.say("span", language, {"since": since, "until": until})
    if not preset:
        return span
    name = words.say(f"preset.{preset}", language)
    return words.say("named_span", language, {"name": name, "span": span})


def _beside(asked: Asked, language: str) -> str:
    if asked.compare is None:
        return ""
    earlier = asked.period.before(asked.compare)
    return words.say("beside", language, {"span": _period(earlier, None, language)})


def _whose(asked: Asked, held: Held | None, language: str) -> str:
    found = []
    if asked.unit is not None:
        unit = org.unit_names().get(asked.unit, "")
        found.append(words.say("of_unit", language, {"unit": unit}))
    if asked.person is not None:
        found.append(names_of({asked.person}).get(asked.person, ""))
    if asked.kind is not None and held is not None:
        kinds = presenting.kinds_of(held.metric, definitions.book())
        found.append(_in(kinds.get(asked.kind, presenting.OTHER), language))
    return "  ·  ".join(filter(None, found)) or words.say("everything", language)


def _footer(as_of: datetime | None, reader: Reader) -> list[str]:
    language = reader.language
    newest = queries.newest_correction(actor=reader.actor)
    told = presenting.corrected(newest, language)
    return [
        words.say("as_of", language, {"at": words.moment(as_of)})
        if as_of
        else words.say("counting", language),
        words.say("never_corrected", language)
        if told is None
        else words.say(
            "corrected_why" if told["reason"] else "corrected",
            language,
            {
                **told,
                "at": words.moment(told["at"]),
                "by": told["by"] or words.say("system", language),
            },
        ),
        words.say(reader.how, language, {"by": reader.actor.name, "at": words.moment(reader.at)}),
    ]


def _in(name: Name | None, language: str) -> str:
    if not name:
        return ""
    return name.get(language) or next((text for text in name.values() if text), "")
