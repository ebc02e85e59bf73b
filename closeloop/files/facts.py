"""The facts that documents give to rules: how many of a kind a record has, in which formats."""

from closeloop.engine import facts
from closeloop.records.types import FactSource

PREFIX = "document.count:"
_GROUPS = {
    "jpg": "image", "jpeg": "image", "png": "image", "webp": "image", "gif": "image",
    "doc": "docx", "xls": "xlsx", "ppt": "pptx", "csv": "text", "txt": "text", "zip": "archive",
    "mp3": "audio", "m4a": "audio", "wav": "audio", "amr": "audio", "ogg": "audio",
    "mp4": "video", "webm": "video",
}  # fmt: skip
"""Endings that a process may name for a group of formats."""


def fact_source(key: str) -> FactSource | None:
    """`document.count:<kind>` or `document.count:<kind>:<format,format>` as SQL; None otherwise."""
    if not key.startswith(PREFIX) or key == PREFIX:
        return None
    kind, types = facts.split_document_key(key)
    sql = (
        "(SELECT count(*) FROM files_attachment a WHERE a.record_id = r.id"
        " AND a.deleted_at IS NULL AND a.kind = %s"
    )
    if not types:
        return FactSource(f"{sql})", (kind,))
    groups = sorted({_GROUPS.get(each, each) for each in types})
    return FactSource(f"{sql} AND a.format = ANY(%s))", (kind, groups))
