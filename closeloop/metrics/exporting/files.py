"""An exported figure or board as a file: who may have it, its form and its name."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from closeloop.engine.metrics import Board, Span, View, read_view, span_of
from closeloop.metrics import definitions, errors, presenting
from closeloop.metrics.exporting import building, paper, workbook
from closeloop.metrics.exporting.behind import things_behind
from closeloop.metrics.exporting.printed import Sheet
from closeloop.metrics.exporting.reading import Reader
from closeloop.metrics.panels import days
from closeloop.metrics.periods import Period
from closeloop.metrics.queries import Asked
from closeloop.org import queries as org
from closeloop.org.access import Verb

Form = Literal["xlsx", "png", "pdf"]
CONTENT_TYPES: dict[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "pdf": "application/pdf",
}
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@dataclass(frozen=True)
class Made:
    """A file, and what is noted of it."""

    name: str
    content_type: str
    content: bytes
    noted: Mapping[str, Any]


def read(document: Mapping[str, Any]) -> View:
    """A view from its document. Raises MetricNotFound, MetricInvalid."""
    definitions.held(str(document["metric"]))
    book = definitions.book()
    known = {key: presenting.dimensions_of(each, book) for key, each in book.metrics.items()}
    return read_view(document, metrics=known)


def held_board(key: str) -> Board:
    """A board by its key. Raises BoardNotFound."""
    found = definitions.book().boards.get(key)
    if found is None:
        raise errors.BoardNotFound({"key": key})
    return found


def of_view(view: View, form: Form, *, reader: Reader) -> Made:
    """A figure as a file. Raises NotAllowed, MetricNotFound, PeriodWrong."""
    require([view.metric], reader)
    asked, sheet = sheet_of(view, reader)
    things = things_behind(asked, reader=reader) if form == "xlsx" else None
    content = workbook.workbook(sheet, things) if form == "xlsx" else _drawn(sheet, form)
    return _made(sheet, form, content, asked.period, {"view": view.document()})


def of_board(
    board: Board, form: Form, *, preset: str | None, unit: int | None, reader: Reader
) -> Made:
    """A board with all its panels as a file. Raises NotAllowed."""
    require({each.metric for each in board.panels if each.metric}, reader)
    sheet, period = board_sheet_of(board, preset, unit, reader)
    content = workbook.workbook(sheet, None) if form == "xlsx" else _drawn(sheet, form)
    about = {"board": board.key, "period": preset or board.periods[0], "unit": unit}
    return _made(sheet, form, content, period, about)


def sheet_of(view: View, reader: Reader) -> tuple[Asked, Sheet]:
    """What a view asks for on the reader's day, and it printed."""
    span = view.span(reader.today)
    asked = Asked(
        metric=view.metric, period=Period(span.since, span.until), by=view.dimensions,
        unit=view.unit, person=view.person, kind=view.kind, compare=view.compare,
    )  # fmt: skip
    preset = None if isinstance(view.period, Span) else view.period
    return asked, building.sheet(asked, view.chart, preset, reader=reader)


def board_sheet_of(
    board: Board, preset: str | None, unit: int | None, reader: Reader
) -> tuple[Sheet, Period]:
    """A board printed over one of its periods as it lies on the reader's day."""
    wanted = preset or board.periods[0]
    span = board_span(board, wanted, reader)
    period = Period(span.since, span.until)
    named = "workday" if wanted == "yesterday" else wanted
    made = building.board_sheet(board, period=period, preset=named, unit=unit, reader=reader)
    return made, period


def board_span(board: Board, preset: str | None, reader: Reader) -> Span:
    """The days of one of a board's periods; yesterday is the last working day."""
    wanted = preset or board.periods[0]
    if wanted == "yesterday":
        day = days.last_workday(reader.today)
        return Span(day, day)
    return span_of(wanted, today=reader.today)


def require(metrics: Collection[str], reader: Reader) -> None:
    """Whoever takes figures along may export the records that they count. Raises NotAllowed."""
    access, book = org.access_of(reader.actor), definitions.book()
    about = {
        measure.about for key in metrics for measure in book.measured(definitions.held(key).metric)
    }
    for each in sorted(about):
        access.require(each, Verb.EXPORT)


def _drawn(sheet: Sheet, form: Form) -> bytes:
    return paper.pdf(sheet) if form == "pdf" else paper.picture(sheet)


def _made(
    sheet: Sheet, form: Form, content: bytes, period: Period, about: Mapping[str, Any]
) -> Made:
    title = " ".join(_UNFIT.sub(" ", sheet.title).split())[:80]
    return Made(
        name=f"{title}_{period.since:%Y%m%d}-{period.until:%Y%m%d}.{form}",
        content_type=CONTENT_TYPES[form],
        content=content,
        noted={
            **about,
            "name": sheet.title,
            "format": form,
            "rows": sum(len(each.lines) for each in sheet.panels),
        },
    )
