"""Documents as a viewer sees them."""

from collections.abc import Sequence
from typing import Any

from closeloop.documents.kinds import kinds
from closeloop.documents.models import Document
from closeloop.identity.actor import Actor
from closeloop.records import queries as records


def rows(documents: Sequence[Document], *, actor: Actor) -> list[dict[str, Any]]:
    """Documents for a list; the number of queries does not grow with them."""
    ids = {document.record_id for document in documents if document.record_id is not None}
    readable = records.visible_among(ids, actor=actor)
    return [_row(document, readable.get(document.record_id or 0)) for document in documents]


def whole(document: Document, *, actor: Actor) -> dict[str, Any]:
    """A document with its blocks."""
    content = document.content
    row = rows([document], actor=actor)[0]
    return {**row, "subtitle": content["subtitle"], "blocks": content["blocks"]}


def _row(document: Document, record: Any) -> dict[str, Any]:
    writer = document.written_by
    return {
        "id": document.pk,
        "kind": document.kind,
        "kind_name": dict(kinds.name_of(document.kind)),
        "title": document.title,
        "record": None
        if record is None
        else {"id": record.pk, "type": record.type, "title": record.title},
        "written_at": document.written_at,
        "written_by": None if writer is None else {"id": writer.pk, "name": writer.name},
        "pdf_url": f"/api/documents/{document.pk}/pdf",
    }
