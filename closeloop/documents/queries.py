"""Reading documents for a viewer: whoever may read the record, and whom they were sent to."""

from django.db.models import Q, QuerySet

from closeloop.documents.errors import DocumentNotFound
from closeloop.documents.models import Document
from closeloop.edge import cursors
from closeloop.identity.actor import Actor
from closeloop.records import queries as records
from closeloop.records.queries import RecordNotFound


def visible_document(document_id: int, *, actor: Actor) -> Document:
    """A document that the actor may read; raises DocumentNotFound."""
    document = _whole().filter(pk=document_id).first()
    if document is None or not _may_read(document, actor=actor):
        raise DocumentNotFound({"id": document_id})
    return document


def visible_documents(*, actor: Actor) -> QuerySet[Document]:
    """Every document that the actor may read, the latest first."""
    found = _whole().defer("content")
    if actor.user_id is None:
        return found.order_by("-pk")
    mine = Q(addressed_to__contains=[actor.user_id]) | Q(written_by_id=actor.user_id)
    return found.filter(mine | records.within_reach(actor=actor, prefix="record__")).order_by("-pk")


def documents_of_record(record_id: int, *, limit: int) -> list[Document]:
    """A record's documents, the latest first, for somebody who may read the record."""
    return list(_whole().defer("content").filter(record_id=record_id).order_by("-pk")[:limit])


def addressed_to(user_id: int, *, limit: int) -> list[Document]:
    """The latest documents that were sent to somebody."""
    found = _whole().defer("content").filter(addressed_to__contains=[user_id])
    return list(found.order_by("-pk")[:limit])


def page(
    found: QuerySet[Document], *, cursor: str | None, limit: int
) -> tuple[list[Document], str | None]:
    """A page of documents and the cursor of the next."""
    if cursor:
        found = found.filter(pk__lt=cursors.decode(cursor, "bigint")[0])
    rows = list(found[: limit + 1])
    return rows[:limit], cursors.encode(rows[limit - 1].pk) if len(rows) > limit else None


def _may_read(document: Document, *, actor: Actor) -> bool:
    if actor.user_id is None or document.written_by_id == actor.user_id:
        return True
    if actor.user_id in document.addressed_to:
        return True
    if document.record_id is None:
        return False
    try:
        records.visible_record(document.record_id, actor=actor)
    except RecordNotFound:
        return False
    return True


def _whole() -> QuerySet[Document]:
    return Document.objects.select_related("record", "written_by")
