"""What a mail of figures brings: the table and the picture as its reader may see them (M05).

They are read when the mail leaves, with the reader's own scope; the days are those of the day on
which it was due.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.utils import timezone

from closeloop.engine.metrics import Span
from closeloop.engine.refusals import Refusal
from closeloop.identity.models import User
from closeloop.identity.queries import actor_of_user
from closeloop.metrics.exporting import drawing, files, paper, words
from closeloop.metrics.exporting.printed import Printed, Sheet
from closeloop.metrics.exporting.reading import Reader
from closeloop.metrics.mailing import plans
from closeloop.metrics.mailing.plans import About
from closeloop.notices.channels.outcomes import GiveUp
from closeloop.notices.channels.protocol import Attached, Enclosed

ROWS = 30
LANGUAGES = ("zh-CN", "en-US")


def enclosed(data: Mapping[str, Any], person: User) -> Enclosed:
    """The table and the picture for one person. Raises GiveUp where what was planned is gone."""
    language = words.language_of(person.locale)
    reader = Reader(
        actor=actor_of_user(person), language=language, at=timezone.now(), how="mailed",
        day=date.fromisoformat(data["today"]),
    )  # fmt: skip
    try:
        sheet = sheet_of(plans.read_about(data["about"]), reader)
    except Refusal as refusal:
        raise GiveUp("figure_gone", str(refusal)) from refusal
    picture = paper.picture(sheet)
    told = _told(sheet, language)
    return Enclosed(
        html=render_to_string("metrics/figures.html", told),
        text=render_to_string("metrics/figures.txt", told),
        pictures=(Attached("figures.png", "image/png", picture),),
    )


def sheet_of(about: About, reader: Reader) -> Sheet:
    """What is mailed, printed for a reader."""
    if about.view is not None:
        return files.sheet_of(about.view, reader)[1]
    assert about.board is not None
    return files.board_sheet_of(about.board, about.period, about.unit, reader)[0]


def span_of(about: About, reader: Reader) -> Span:
    """The days that it is about on the reader's day."""
    if about.view is not None:
        return about.view.span(reader.today)
    assert about.board is not None
    return files.board_span(about.board, about.period, reader)


def days_in_words(span: Span) -> dict[str, str]:
    """The days in every language."""
    found = {}
    for language in LANGUAGES:
        since, until = words.day(span.since, language), words.day(span.until, language)
        data = {"since": since, "until": until}
        found[language] = since if since == until else words.say("span", language, data)
    return found


def link_to(about: About) -> str:
    """Where the web client shows the same, of what its reader may see."""
    if about.view is None:
        assert about.board is not None
        given = {"period": about.period, "unit": about.unit}
        return _address(f"/boards/{about.board.key}", given)
    given = about.view.document()
    period = given.pop("period")
    return _address(
        "/figures", {**given, **(period if isinstance(period, dict) else {"period": period})}
    )


def _address(path: str, given: Mapping[str, Any]) -> str:
    query = urlencode({key: value for key, value in given.items() if value is not None})
    return f"{path}?{query}" if query else path


def _told(sheet: Sheet, language: str) -> dict[str, Any]:
    is_single = not sheet.is_board
    panels = [_panel(each, language, with_rows=is_single) for each in sheet.panels]
    return {"sheet": sheet, "panels": panels, "is_single": is_single}


def _panel(made: Printed, language: str, *, with_rows: bool) -> dict[str, Any]:
    told = drawing.drawn(made, language)
    table = drawing.table_of(made, language, at_most=ROWS) if with_rows and made.lines else None
    if table is not None:
        table["rows"] = list(zip(table["rows"], table["tones"], strict=True))
    return {"title": made.title, "headline": told["headline"], "table": table}
