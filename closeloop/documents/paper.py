"""A document as PDF: made when first read, kept as a file, made anew when the form changes."""

import hashlib
import io
import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils import timezone

from closeloop.documents.kinds import kinds
from closeloop.documents.models import Document
from closeloop.edge import messages

HERE = Path(__file__).parent
TEMPLATE = HERE / "templates" / "paper.typ"
FONTS = HERE / "fonts"
FOLDER = "documents"
AUTHOR = "Closeloop"
_WHOLE = b"%%EOF"
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def pdf_of(document: Document, *, language: str) -> bytes:
    """The document on paper in a language; from its file, where one of this form is there."""
    paper = paper_of(document, language)
    stored_as = f"{FOLDER}/{document.pk}-{_fingerprint(paper)}.pdf"
    kept = _kept(stored_as)
    if kept is not None:
        return kept
    made = print_paper(paper)
    default_storage.save(stored_as, File(io.BytesIO(made)))
    return made


def paper_of(document: Document, language: str) -> str:
    """What the template reads: the document in one language, as JSON."""
    content = document.content
    at = _moment(document.written_at.isoformat())
    written = messages.say("document.written_at", language, {"at": at})
    note = messages.say("document.written_by_product", language)
    paper = {
        "title": _in(document.title, language),
        "subtitle": _in(content["subtitle"], language),
        "kind": f"{_in(kinds.name_of(document.kind), language)} · {written}",
        "author": AUTHOR,
        "footer": note,
        # The template fills the places in, for it knows the pages.
        "page-of": messages.catalogue()["document.page"][language],
        "language": language.partition("-")[0],
        "region": language.partition("-")[2].lower(),
        "blocks": [_block(each, language) for each in content["blocks"]],
    }
    return json.dumps(paper, ensure_ascii=False, sort_keys=True)


def print_paper(paper: str, *, form: Literal["pdf", "png"] = "pdf", resolution: int = 110) -> bytes:
    """A paper from its data as JSON; `form` png gives the first page as a picture.

    The data go in as a value that the template reads: no text in them is taken for markup. Only the
    shipped fonts are used, so that a document looks the same on every machine.
    """
    made: bytes = typst.compile(
        TEMPLATE,
        root=HERE,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format=form,
        ppi=resolution if form == "png" else None,
        sys_inputs={"paper": paper},
    )
    return made


def file_name(document: Document, *, language: str) -> str:
    """What the file is called when somebody saves it."""
    words = _UNFIT.sub(" ", _in(document.title, language)).split()
    return f"{' '.join(words)[:120]}.pdf"


def _block(block: Mapping[str, Any], language: str) -> dict[str, Any]:
    told: dict[str, Any] = _told(block, language)
    if block["kind"] == "bars":
        for item in told["items"]:
            item["told"] = f"{item['value']:g} {told['unit']}"
    if block["kind"] == "timeline":
        for item in told["items"]:
            item["at"] = _moment(item["at"])
    if block["kind"] == "table":
        told["widths"] = _widths(told)
    return told


def _told(value: Any, language: str) -> Any:
    """The value with every text in one language."""
    if isinstance(value, Mapping):
        if set(value) & {messages.DEFAULT, messages.ENGLISH}:
            return _in(value, language)
        return {key: _told(each, language) for key, each in value.items()}
    if isinstance(value, list):
        return [_told(each, language) for each in value]
    return value


def _in(name: Mapping[str, str] | None, language: str) -> Any:
    if name is None:
        return None
    return name.get(language) or next((text for text in name.values() if text), "")


def _widths(table: Mapping[str, Any]) -> list[int]:
    """How wide each column is against the others: by its longest cell, within bounds."""
    columns = [
        [column["name"], *(row[place] for row in table["rows"])]
        for place, column in enumerate(table["columns"])
    ]
    return [min(max(5, *(len(cell) for cell in cells)), 26) for cells in columns]


def _moment(at: str) -> str:
    return f"{timezone.localtime(datetime.fromisoformat(at)):%Y-%m-%d %H:%M}"


def _fingerprint(paper: str) -> str:
    return hashlib.sha256(f"{_form()}{paper}".encode()).hexdigest()[:16]


@cache
def _form() -> str:
    return TEMPLATE.read_text(encoding="utf-8")


def _kept(stored_as: str) -> bytes | None:
    """What was stored, unless another process is still writing it."""
    if not default_storage.exists(stored_as):
        return None
    with default_storage.open(stored_as, "rb") as source:
        kept: bytes = source.read()
    return kept if kept.rstrip().endswith(_WHOLE) else None
