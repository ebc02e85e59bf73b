"""Documents over HTTP: lists, one as data, one as PDF."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from ninja import Query

from closeloop.documents import paper, presenting, queries
from closeloop.documents.schemas import DocumentOut, DocumentPage, DocumentQuery, Id
from closeloop.edge import problems
from closeloop.edge.problems import Problem
from closeloop.edge.router import SIGNED_IN, Router
from closeloop.identity.queries import actor_of
from closeloop.records import queries as records

router = Router(tags=["documents"])
_PDF = {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}


@router.get("/documents", permission=SIGNED_IN, response=DocumentPage)
def list_documents(request: HttpRequest, asked: Query[DocumentQuery]) -> dict[str, Any]:
    """Documents that one may read, the latest first."""
    actor = actor_of(request)
    found = queries.visible_documents(actor=actor)
    if asked.record_id is not None:
        records.visible_record(asked.record_id, actor=actor)
        found = found.filter(record_id=asked.record_id)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.addressed:
        found = found.filter(addressed_to__contains=[actor.person_id])
    page, more = queries.page(found, cursor=asked.cursor, limit=asked.limit)
    return {"items": presenting.rows(page, actor=actor), "next_cursor": more}


@router.get("/documents/{document_id}", permission=SIGNED_IN, response=DocumentOut)
def read_document(request: HttpRequest, document_id: Id) -> dict[str, Any]:
    """One document as data, in both languages."""
    actor = actor_of(request)
    return presenting.whole(queries.visible_document(document_id, actor=actor), actor=actor)


@router.get(
    "/documents/{document_id}/pdf",
    permission=SIGNED_IN,
    response={404: Problem},
    openapi_extra={"responses": {200: {"description": "The paper", "content": _PDF}}},
)
def document_pdf(request: HttpRequest, document_id: Id, inline: bool = True) -> HttpResponse:
    """One document as PDF, in the reader's language."""
    document = queries.visible_document(document_id, actor=actor_of(request))
    language = problems.language_of(request)
    response = HttpResponse(paper.pdf_of(document, language=language), "application/pdf")
    name = paper.file_name(document, language=language)
    response["Content-Disposition"] = content_disposition_header(not inline, name) or "inline"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-cache"
    return response
