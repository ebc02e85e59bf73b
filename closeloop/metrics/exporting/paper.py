"""Printed figures as PDF and PNG, drawn by typst from data: no text in them is read as markup."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import typst

from closeloop.documents.paper import AUTHOR, FONTS
from closeloop.metrics.exporting import drawing, words
from closeloop.metrics.exporting.printed import Printed, Sheet

HERE = Path(__file__).parent
TEMPLATE = HERE / "templates" / "figures.typ"
ROWS_ON_PAPER = 500
ROWS_IN_PICTURE = 40
PICTURE_PPI = 144
_DRAWN_WHOLE = frozenset({"card", "matrix", "calendar", "table"})
"""What shows every number already, so that no table follows."""


def pdf(sheet: Sheet) -> bytes:
    """The sheet on A4, with tables and definitions."""
    return _compiled(data_of(sheet, is_picture=False), "pdf")


def picture(sheet: Sheet) -> bytes:
    """The sheet as one picture, as tall as it must be."""
    return _compiled(data_of(sheet, is_picture=True), "png")


def data_of(sheet: Sheet, *, is_picture: bool) -> dict[str, Any]:
    """What the template reads."""
    language = sheet.language
    is_single = not sheet.is_board
    blocks = []
    for each in sheet.panels:
        block = drawing.drawn(each, language)
        at_most = ROWS_IN_PICTURE if is_picture else ROWS_ON_PAPER
        block["is_card"] = each.chart == "card"
        if each.chart == "table":
            block["drawing"] = drawing.table_of(each, language, at_most=at_most)
        has_table = is_single and not is_picture and each.lines
        block["table"] = (
            drawing.table_of(each, language, at_most=at_most)
            if has_table and each.chart not in _DRAWN_WHOLE
            else None
        )
        blocks.append(block)
    blocks += [drawing.listed(each) for each in sheet.lists]
    return {
        "title": sheet.title,
        "subtitle": sheet.about,
        "whose": "" if is_single else sheet.whose,
        "is_single": is_single,
        "is_wide": any(_is_wide(each) for each in sheet.panels),
        "author": AUTHOR,
        "footer": list(sheet.footer),
        "page-of": sheet.page,
        "language": language.partition("-")[0],
        "region": language.partition("-")[2].lower(),
        "blocks": blocks,
        "definitions_title": words.say("definitions", language),
        "definitions": [] if is_picture else _definitions(sheet.panels),
    }


def _definitions(panels: Any) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for each in panels:
        terms = [[term.name, term.text] for term in each.definition]
        found.setdefault(each.key, {"name": each.about, "terms": terms})
    return list(found.values())


def _is_wide(made: Printed) -> bool:
    if made.chart != "matrix" or len(made.buckets) < 2:
        return False
    return len(made.buckets[1] or {line.keys[1] for line in made.lines}) > 8


def _compiled(data: dict[str, Any], form: Literal["pdf", "png"]) -> bytes:
    paper = json.dumps(data, ensure_ascii=False, sort_keys=True)
    made: bytes = typst.compile(
        TEMPLATE,
        root=HERE,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format=form,
        ppi=PICTURE_PPI if form == "png" else None,
        sys_inputs={"paper": paper, "form": form},
    )
    return made
