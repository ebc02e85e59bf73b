"""The facts that documents give to rules: how many of a kind a record has, in which formats."""

from typing import Any

from closeloop.engine import facts
from closeloop.records.types import FactSource, Tally

PREFIX = "document.count:"
_GROUPS = {
    "jpg": "image", "jpeg": "image", "png": "image", "webp": "image", "gif": "image",
    "doc": "docx", "xls": "xlsx", "ppt": "pptx", "csv": "text", "txt": "text", "zip": "archive",
    "mp3": "audio", "m4a": "audio", "wav": "audio", "amr": "audio", "ogg": "audio",
    "mp4": "video", "webm": "video",
}  # fmt: skip
"""Endings that a process may name for a group of formats."""
_FILES = "FROM files_attachment a WHERE a.record_id = r.id AND a.deleted_at IS NULL"


def fact_source(key: str) -> FactSource | None:
    """`document.count:<kind>` or `document.count:<kind>:<format,format>` as SQL; None otherwise."""
    if not key.startswith(PREFIX) or key == PREFIX:
        return None
    kind, types = facts.split_document_key(key)
    wanted = "a.kind = %s"
    params: list[Any] = [kind]
    if types:
        wanted += " AND a.format = ANY(%s)"
        params.append(sorted({_GROUPS.get(each, each) for each in types}))
    tally = Tally(_FILES, f"count(*) FILTER (WHERE {wanted})", tuple(params))
    return FactSource(f"(SELECT count(*) {_FILES} AND {wanted})", tuple(params), tally)
