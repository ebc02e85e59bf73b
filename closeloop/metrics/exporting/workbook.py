"""Printed figures as a workbook: the numbers, what they mean, and the things behind them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils import timezone

from closeloop.engine.metrics import Figure, Level
from closeloop.metrics.exporting import words
from closeloop.metrics.exporting.behind import Things
from closeloop.metrics.exporting.printed import Line, Listed, Printed, Sheet, change_of
from closeloop.transfer.sheets import safe_text

MOST_ROWS = 100_000
_OPTIONS = {
    "in_memory": True,
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_UNFIT = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
"""Excel takes no longer name of a sheet, and none with these signs."""


@dataclass(frozen=True)
class Styles:
    """The formats that the sheets share."""

    title: Any
    soft: Any
    head: Any
    quoted: Any
    wrapped: Any
    share: Any
    whole: Any
    decimal: Any
    points: Any
    day: Any
    moment: Any
    levels: dict[Level, Any]


def workbook(sheet: Sheet, things: Things | None) -> bytes:
    """The sheet as XLSX in constant memory; a board has one sheet for each panel."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, _OPTIONS)
    styles = _styles(book)
    language, names = sheet.language, set[str]()
    is_single = not sheet.is_board
    for made in sheet.panels:
        name = words.say("sheet.figures", language) if is_single else made.title
        _Page(book.add_worksheet(_named(name, names)), styles).figures(sheet, made)
    for given in sheet.lists:
        _Page(book.add_worksheet(_named(given.title, names)), styles).listed(sheet, given)
    page = _Page(book.add_worksheet(_named(words.say("sheet.definition", language), names)), styles)
    page.definitions(sheet.panels)
    if things is not None:
        name = _named(words.say("sheet.things", language), names)
        _Page(book.add_worksheet(name), styles).things(things)
    book.close()
    return held.getvalue()


class _Page:
    """One sheet, written from its first row to its last."""

    def __init__(self, sheet: Any, styles: Styles) -> None:
        self._sheet, self._styles, self._line = sheet, styles, 0

    def figures(self, sheet: Sheet, made: Printed) -> None:
        """What was asked for, the total, and a row for each key."""
        language = sheet.language
        labels = max(1, len(made.head))
        self._sheet.set_column(0, labels - 1, 24)
        self._sheet.set_column(labels, labels + 9, 14)
        self._text(made.title, self._styles.title)
        for text in (f"{made.period}  ·  {made.whose}", *sheet.footer):
            self._text(text, self._styles.soft)
        if len(made.lines) > MOST_ROWS:
            data = {"shown": MOST_ROWS, "all": len(made.lines)}
            self._text(words.say("cut_sheet", language, data), self._styles.soft)
        self._line += 1
        head = _head(made, language)
        for column, text in enumerate(head):
            self._sheet.write_string(self._line, column, text, self._styles.head)
        self._line += 1
        self._sheet.freeze_panes(self._line, labels)
        for line in made.lines[:MOST_ROWS]:
            self._row(made, line, language)
        self._row(made, made.total, language)

    def listed(self, sheet: Sheet, given: Listed) -> None:
        """A table that is no figure."""
        self._sheet.set_column(0, 0, 40)
        self._sheet.set_column(1, len(given.head), 16)
        self._text(given.title, self._styles.title)
        for text in (sheet.whose, *sheet.footer, *([given.cut] if given.cut else [])):
            self._text(text, self._styles.soft)
        self._line += 1
        for column, name in enumerate(given.head):
            self._sheet.write_string(self._line, column, name, self._styles.head)
        self._line += 1
        self._sheet.freeze_panes(self._line, 1)
        for row in given.rows:
            for column, cell in enumerate(row):
                self._cell(column, cell, None)
            self._line += 1

    def definitions(self, panels: Sequence[Printed]) -> None:
        """What each metric means, once."""
        self._sheet.set_column(0, 0, 18)
        self._sheet.set_column(1, 1, 90)
        for made in {each.key: each for each in panels}.values():
            self._text(made.about, self._styles.title)
            for term in made.definition:
                self._sheet.write_string(self._line, 0, term.name, self._styles.soft)
                self._cell(1, term.text, self._styles.wrapped)
                self._line += 1
            self._line += 1

    def things(self, things: Things) -> None:
        """What was counted, a row each."""
        self._sheet.set_column(0, len(things.head) - 1, 18)
        if things.cut:
            self._text(things.cut, self._styles.soft)
        for column, text in enumerate(things.head):
            self._sheet.write_string(self._line, column, text, self._styles.head)
        self._line += 1
        self._sheet.freeze_panes(self._line, 1)
        for row in things.rows:
            for column, cell in enumerate(row):
                self._cell(column, cell, None)
            self._line += 1

    def _row(self, made: Printed, line: Line, language: str) -> None:
        labels = _labels(made, line)
        for column, label in enumerate(labels):
            self._cell(column, label, self._styles.day if isinstance(label, date) else None)
        cells = _numbers(made, line, self._styles, language)
        for column, (value, style) in enumerate(cells, start=len(labels)):
            if value is not None:
                self._cell(column, value, style)
        self._line += 1

    def _text(self, text: str, style: Any) -> None:
        self._sheet.write_string(self._line, 0, text, style)
        self._line += 1

    def _cell(self, column: int, value: Any, style: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, datetime):
            moment = timezone.localtime(value).replace(tzinfo=None)
            self._sheet.write_datetime(self._line, column, moment, style or self._styles.moment)
        elif isinstance(value, date):
            self._sheet.write_datetime(self._line, column, value, style or self._styles.day)
        elif isinstance(value, int | float | Decimal):
            self._sheet.write_number(self._line, column, value, style)
        else:
            text = str(value)
            given = style or (self._styles.quoted if safe_text(text) != text else None)
            self._sheet.write_string(self._line, column, text, given)


def _head(made: Printed, language: str) -> list[str]:
    keys = ["value"]
    if made.scale.is_share:
        keys += ["hits", "of", "low", "high"]
    keys.append("level")
    if made.is_compared:
        keys += ["before", "change"]
    told = [words.say(key, language) for key in keys]
    unit = made.scale.unit
    told[0] = f"{told[0]} ({unit})" if unit else told[0]
    return [*(made.head or (words.say("metric", language),)), *told]


def _labels(made: Printed, line: Line) -> list[Any]:
    if not line.keys:
        return [*line.labels, *[""] * (max(1, len(made.head)) - 1)]
    found: list[Any] = []
    for key, label, buckets in zip(line.keys, line.labels, made.buckets, strict=True):
        found.append(date.fromisoformat(key) if buckets else label)
    return found


def _numbers(made: Printed, line: Line, styles: Styles, language: str) -> Iterable[tuple[Any, Any]]:
    figure, scale = line.figure, made.scale
    style = styles.share if scale.is_share else styles.whole
    if not scale.is_share and (scale.decimals > 1 or (figure.value or 0) % 1):
        style = styles.decimal
    yield figure.value, style
    if scale.is_share:
        low, high = figure.interval or (None, None)
        yield figure.numerator, styles.whole
        yield figure.denominator, styles.whole
        yield low, styles.share
        yield high, styles.share
    yield _level(figure, language), styles.levels.get(figure.level)
    if made.is_compared:
        yield None if line.before is None else line.before.value, style
        by = change_of(figure, line.before)
        yield None if by is None else by * (100 if scale.is_share else 1), styles.points


def _level(figure: Figure, language: str) -> str | None:
    return None if figure.level is Level.NONE else words.say(f"level.{figure.level}", language)


def _named(name: str, taken: set[str]) -> str:
    """A name that Excel takes, and no sheet has yet."""
    plain = _UNFIT.sub(" ", name).strip("' ")[:_LONGEST_NAME] or "-"
    found, number = plain, 2
    while found.casefold() in taken:
        found = f"{plain[: _LONGEST_NAME - 4]} {number}"
        number += 1
    taken.add(found.casefold())
    return found


def _styles(book: Any) -> Styles:
    colours = {Level.GOOD: "#1a7f37", Level.MIDDLE: "#9a6700", Level.BAD: "#cf222e"}
    return Styles(
        title=book.add_format({"bold": True, "font_size": 14}),
        soft=book.add_format({"font_color": "#656d76"}),
        head=book.add_format({"bold": True, "bg_color": "#f0f3f6", "bottom": 1}),
        quoted=book.add_format({"quote_prefix": True}),
        wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
        share=book.add_format({"num_format": "0.0%"}),
        whole=book.add_format({"num_format": "#,##0"}),
        decimal=book.add_format({"num_format": "#,##0.00"}),
        points=book.add_format({"num_format": "+0.0;-0.0;0"}),
        day=book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        moment=book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"}),
        levels={
            level: book.add_format({"font_color": colour, "bold": True})
            for level, colour in colours.items()
        },
    )
