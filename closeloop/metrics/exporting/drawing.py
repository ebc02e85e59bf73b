"""What the template draws of a printed figure: places between 0 and 1, words, tones (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from math import ceil, floor, log10
from typing import Any

from closeloop.engine.metrics import Figure, Level
from closeloop.metrics.exporting import words
from closeloop.metrics.exporting.printed import Cell, Line, Listed, Printed, change_of

MOST_BARS = 40
MOST_SERIES = 6
MOST_CELLS = 31
MOST_TICKS = 8
_TONES = {Level.GOOD: "good", Level.MIDDLE: "warning", Level.BAD: "bad", Level.NONE: "normal"}
_DEPTHS = 4


def drawn(made: Printed, language: str) -> dict[str, Any]:
    """The figure and its drawing as plain data."""
    return {
        "title": made.title,
        "period": made.period,
        "headline": _headline(made, language),
        "drawing": _drawing(made, language),
    }


def table_of(made: Printed, language: str, *, at_most: int) -> dict[str, Any]:
    """The rows as a table, with a plain sentence where there are more."""
    scale, is_compared = made.scale, made.is_compared
    head = [*made.head, words.say("value", language)]
    if scale.is_share:
        head += [words.say(each, language) for each in ("hits", "of", "interval")]
    if is_compared:
        head += [words.say("before", language), words.say("change", language)]
    rows = [_cells(made, line, language) for line in made.lines[:at_most]]
    tones = [_TONES[line.figure.level] for line in made.lines[:at_most]]
    cut = ""
    if len(made.lines) > at_most:
        cut = words.say("cut_rows", language, {"shown": at_most, "all": len(made.lines)})
    return {
        "kind": "table",
        "columns": head,
        "labels": len(made.head),
        "rows": rows,
        "tones": tones,
        "cut": cut,
    }


def listed(given: Listed) -> dict[str, Any]:
    """A table that is no figure."""
    return {
        "title": given.title,
        "period": "",
        "is_card": False,
        "headline": None,
        "table": None,
        "drawing": {
            "kind": "table",
            "columns": list(given.head),
            "labels": 1,
            "rows": [[_said(cell) for cell in row] for row in given.rows],
            "tones": ["normal"] * len(given.rows),
            "cut": given.cut,
        },
    }


def _said(cell: Cell) -> str:
    return words.count(cell) if isinstance(cell, Decimal) else str(cell)


def _cells(made: Printed, line: Line, language: str) -> list[str]:
    figure, scale = line.figure, made.scale
    cells = [*line.labels, words.value(scale, figure.value)]
    if scale.is_share:
        cells += [words.count(figure.numerator), words.count(figure.denominator), _within(figure)]
    if made.is_compared:
        before = None if line.before is None else line.before.value
        cells += [
            words.value(scale, before),
            words.change(scale, change_of(figure, line.before), language),
        ]
    return cells


def _headline(made: Printed, language: str) -> dict[str, Any]:
    figure, scale = made.total.figure, made.scale
    notes = []
    if figure.denominator is not None:
        data = {"hits": words.count(figure.numerator), "of": words.count(figure.denominator)}
        notes.append(words.say("parts", language, data))
    if figure.interval is not None:
        notes.append(words.say("within", language, {"interval": _within(figure)}))
    if scale.target is not None:
        code = "target_up" if scale.more_is_better else "target_down"
        notes.append(words.say(code, language, {"target": words.limit(scale)}))
    if made.total.before is not None:
        by = change_of(figure, made.total.before)
        data = {
            "beside": made.beside,
            "value": words.value(scale, made.total.before.value),
            "change": words.change(scale, by, language),
        }
        notes.append(words.say("changed", language, data))
    level = "" if figure.level is Level.NONE else words.say(f"level.{figure.level}", language)
    return {
        "value": words.value(scale, figure.value),
        "unit": scale.unit,
        "tone": _TONES[figure.level],
        "level": level,
        "notes": notes,
    }


def _drawing(made: Printed, language: str) -> dict[str, Any] | None:
    if made.chart == "card":
        return None
    if not any(_has(line.figure) for line in made.lines):
        return {"kind": "nothing", "text": words.say("nothing", language)}
    makers = {
        "bars": _bars, "funnel": _bars, "line": _line, "matrix": _matrix, "calendar": _calendar,
    }  # fmt: skip
    maker = makers.get(made.chart)
    if maker is None:
        return table_of(made, language, at_most=MOST_BARS)
    if made.chart == "calendar" and made.dimensions[0] != "day":
        maker = _bars
    if made.chart in ("matrix",) and len(made.dimensions) != 2:
        maker = _bars
    if made.chart in ("bars", "funnel") and len(made.dimensions) == 2:
        maker = _matrix
    return maker(made, language)


def _bars(made: Printed, language: str) -> dict[str, Any]:
    lines = [line for line in made.lines if _has(line.figure)]
    if made.chart != "funnel" and not (made.buckets and made.buckets[0]):
        direction = 1 if made.scale.more_is_better else -1
        lines = sorted(lines, key=lambda line: direction * _size(line.figure))
    shown, scale = lines[:MOST_BARS], made.scale
    most = max([*(_reaches(line.figure) for line in shown), scale.target or 0.0]) or 1.0
    items = [
        {
            "name": " · ".join(line.labels),
            "at": _size(line.figure) / most,
            "low": None if line.figure.interval is None else line.figure.interval[0] / most,
            "high": None if line.figure.interval is None else line.figure.interval[1] / most,
            "told": words.value(scale, line.figure.value),
            "parts": words.parts(line.figure),
            "tone": _TONES[line.figure.level],
        }
        for line in shown
    ]
    code = "mark_up" if scale.more_is_better else "mark_down"
    return {
        "kind": "funnel" if made.chart == "funnel" else "bars",
        "items": items,
        "limit": None if scale.target is None else scale.target / most,
        "limit_name": ""
        if scale.target is None
        else words.say(code, language, {"target": words.limit(scale)}),
        "cut": _cut(len(lines), MOST_BARS, language),
    }


def _line(made: Printed, language: str) -> dict[str, Any]:
    """A line for each second key over the buckets of time; without time it is bars."""
    if not made.buckets or not made.buckets[0]:
        if len(made.buckets) > 1 and made.buckets[1]:
            turned = [
                Line(each.keys[::-1], each.labels[::-1], each.figure, each.before)
                for each in made.lines
            ]
            return _lines(made, turned, made.buckets[1], language)
        return _bars(made, language)
    return _lines(made, made.lines, made.buckets[0], language)


def _lines(
    made: Printed, lines: Sequence[Line], days: Sequence[str], language: str
) -> dict[str, Any]:
    named: dict[str, dict[str, Line]] = {}
    for line in lines:
        named.setdefault(" · ".join(line.labels[1:]), {})[line.keys[0]] = line
    largest = sorted(
        named, key=lambda name: -sum(_size(each.figure) for each in named[name].values())
    )
    shown = largest[:MOST_SERIES]
    values = [_size(line.figure) for name in shown for line in named[name].values()]
    top, step = _axis(max([*values, made.scale.target or 0.0]))
    last = max(1, len(days) - 1)
    ticks = range(0, len(days), ceil(len(days) / MOST_TICKS))
    return {
        "kind": "line",
        "series": [
            {
                "name": name,
                "points": [
                    {"x": place / last, "y": _size(found.figure) / top}
                    if (found := named[name].get(day)) is not None
                    and found.figure.value is not None
                    else None
                    for place, day in enumerate(days)
                ],
            }
            for name in shown
        ],
        "across": [
            {"at": each / last, "name": words.short_day(date.fromisoformat(days[each]), language)}
            for each in ticks
        ],
        "up": [
            {"at": step * each / top, "name": words.value(made.scale, step * each)}
            for each in range(round(top / step) + 1)
        ],
        "limit": None if made.scale.target is None else made.scale.target / top,
        "limit_name": ""
        if made.scale.target is None
        else words.say(
            "target_up" if made.scale.more_is_better else "target_down",
            language,
            {"target": words.limit(made.scale)},
        ),
        "cut": _cut(len(named), MOST_SERIES, language),
    }


def _matrix(made: Printed, language: str) -> dict[str, Any]:
    across = made.buckets[1] or list(dict.fromkeys(line.keys[1] for line in made.lines))
    down = made.buckets[0] or list(dict.fromkeys(line.keys[0] for line in made.lines))
    is_time = bool(made.buckets[1])
    names = {line.keys[1]: line.labels[1] for line in made.lines}
    rows = {line.keys[0]: line.labels[0] for line in made.lines}
    cells = {line.keys: line.figure for line in made.lines}
    largest = max((_size(line.figure) for line in made.lines), default=0.0)
    columns = across[-MOST_CELLS:] if is_time else across[:MOST_CELLS]
    return {
        "kind": "matrix",
        "corner": made.head[0],
        "columns": [
            _column(each, names, is_time, made.dimensions[1], language) for each in columns
        ],
        "rows": [
            {
                "name": rows.get(each) or words.short_day(date.fromisoformat(each), language),
                "cells": [_cell(made, cells.get((each, other)), largest) for other in columns],
            }
            for each in down[:MOST_BARS]
        ],
        "legend": _legend(made, language),
        "cut": _cut(len(across), MOST_CELLS, language) or _cut(len(down), MOST_BARS, language),
    }


def _column(
    key: str, names: Mapping[str, str], is_time: bool, dimension: str, language: str
) -> dict[str, str]:
    if not is_time:
        return {"over": names[key], "under": ""}
    day = date.fromisoformat(key)
    under = words.weekday(day, language) if dimension == "day" else ""
    if dimension == "month":
        return {"over": f"{day:%Y-%m}", "under": ""}
    return {"over": f"{day:%m-%d}", "under": under}


def _cell(made: Printed, figure: Figure | None, largest: float) -> dict[str, Any]:
    if figure is None or not _has(figure):
        return {"told": "", "tone": "blank", "depth": 0}
    size = _size(figure)
    depth = 0 if largest <= 0 or size <= 0 else max(1, ceil(size / largest * _DEPTHS))
    return {
        "told": words.value(made.scale, figure.value, decimals=0),
        "tone": _TONES[figure.level],
        "depth": depth,
    }


def _calendar(made: Printed, language: str) -> dict[str, Any]:
    """Months side by side, a line for each week, a cell for each day."""
    found: dict[str, Figure] = {line.keys[0]: line.figure for line in made.lines}
    largest = max((_size(each) for each in found.values()), default=0.0)
    days = [date.fromisoformat(each) for each in made.buckets[0]]
    months: dict[tuple[int, int], list[date]] = {}
    for day in days:
        months.setdefault((day.year, day.month), []).append(day)
    shown = list(months.items())[-12:]
    return {
        "kind": "calendar",
        "weekdays": [
            each[:2] if language == "en-US" else each for each in words.weekdays(language)
        ],
        "months": [
            {
                "name": words.say("month", language, {"year": year, "month": month}),
                "weeks": _weeks(made, own, found, largest),
            }
            for (year, month), own in shown
        ],
        "legend": _legend(made, language),
        "cut": _cut(len(months), 12, language),
    }


def _weeks(
    made: Printed, days: Sequence[date], found: Mapping[str, Figure], largest: float
) -> list[list[dict[str, Any] | None]]:
    monday = days[0] - timedelta(days=days[0].weekday())
    own = set(days)
    weeks = []
    while monday <= days[-1]:
        week: list[dict[str, Any] | None] = []
        for at in range(7):
            day = monday + timedelta(days=at)
            if day not in own:
                week.append(None)
                continue
            week.append({"day": str(day.day), **_cell(made, found.get(day.isoformat()), largest)})
        weeks.append(week)
        monday += timedelta(days=7)
    return weeks


def _legend(made: Printed, language: str) -> list[dict[str, str]]:
    if made.scale.target is None:
        return []
    return [
        {"tone": _TONES[each], "name": words.say(f"level.{each}", language)}
        for each in (Level.GOOD, Level.MIDDLE, Level.BAD)
    ]


def _axis(largest: float) -> tuple[float, float]:
    """The end of an axis and its step: a round number with two to five steps."""
    if largest <= 0:
        return 1.0, 1.0
    unit = 10 ** floor(log10(largest))
    step = next(each * unit for each in (0.2, 0.5, 1, 2) if largest / (each * unit) <= 5)
    return ceil(largest / step - 1e-9) * step, step


def _cut(there: int, shown: int, language: str) -> str:
    if there <= shown:
        return ""
    return words.say("cut_drawn", language, {"shown": shown, "all": there})


def _within(figure: Figure) -> str:
    if figure.interval is None:
        return words.NOTHING
    low, high = (f"{each * 100:.1f}%" for each in figure.interval)
    return f"{low} – {high}"


def _size(figure: Figure) -> float:
    return float(figure.value or 0)


def _reaches(figure: Figure) -> float:
    return max(_size(figure), 0 if figure.interval is None else figure.interval[1])


def _has(figure: Figure) -> bool:
    return figure.value is not None or figure.numerator > 0
