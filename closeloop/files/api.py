"""Documents of records over HTTP: list, send, fetch, remove."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from ninja import File, Form, Schema, Status, UploadedFile

from closeloop.edge.problems import Problem
from closeloop.edge.router import SIGNED_IN, Router
from closeloop.files import actions, answers, queries
from closeloop.files.errors import AttachmentNotFound
from closeloop.files.models import Attachment
from closeloop.identity import queries as identity
from closeloop.org.access import Verb
from closeloop.records import queries as records

router = Router(tags=["files"])


class Uploader(Schema):
    """Who sent a document."""

    id: int
    name: str


class Document(Schema):
    """A document of a record. `taken`: what the camera wrote (time, offset, place, make, model)."""

    id: int
    name: str
    kind: str
    format: str
    content_type: str
    size: int
    width: int | None
    height: int | None
    taken: dict[str, Any]
    uploaded_by: Uploader | None
    uploaded_at: datetime
    url: str
    thumbnail_url: str | None


def document(attachment: Attachment) -> Document:
    """A document as the API shows it."""
    sender = attachment.uploaded_by
    has_thumbnail = bool(attachment.thumbnail_as)
    return Document(
        id=attachment.pk,
        name=attachment.name,
        kind=attachment.kind,
        format=attachment.format,
        content_type=attachment.content_type,
        size=attachment.size,
        width=attachment.width,
        height=attachment.height,
        taken=attachment.taken,
        uploaded_by=None if sender is None else Uploader(id=sender.pk, name=sender.name),
        uploaded_at=attachment.uploaded_at,
        url=f"/api/files/{attachment.pk}/content",
        thumbnail_url=f"/api/files/{attachment.pk}/thumbnail" if has_thumbnail else None,
    )


def bytes_answer(*statuses: int) -> dict[str, Any]:
    """How answers that are no JSON are described."""
    content = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
    answers = {status: {"description": "The bytes", "content": content} for status in statuses}
    return {"responses": answers}


@router.get(
    "/records/{record_type}/{record_id}/files",
    permission="record:read",
    response={200: list[Document], 404: Problem},
)
def list_files(request: HttpRequest, record_type: str, record_id: int) -> list[Document]:
    """A record's documents, newest first."""
    actor = identity.actor_of(request)
    record = records.visible_record(record_id, record_type=record_type, actor=actor)
    return [document(each) for each in queries.documents_of(record.pk)]


@router.post(
    "/records/{record_type}/{record_id}/files",
    permission="record:edit",
    response={201: Document, 404: Problem, 413: Problem, 422: Problem},
)
def attach_file(
    request: HttpRequest,
    record_type: str,
    record_id: int,
    file: File[UploadedFile],
    kind: Form[str] = "other",
) -> Status[Document]:
    """Add a document; the same content sent twice under one kind stays one document."""
    actor = identity.actor_of(request)
    record = records.visible_record(record_id, record_type=record_type, verb=Verb.EDIT, actor=actor)
    return Status(201, document(actions.attach(record, file, kind=kind, actor=actor)))


@router.get(
    "/files/{file_id}/content",
    permission=SIGNED_IN,
    response={404: Problem},
    openapi_extra=bytes_answer(200, 206),
)
def file_content(request: HttpRequest, file_id: int) -> HttpResponseBase:
    """The document itself, whole or the range asked for; never anything a browser would run."""
    found = queries.visible_document(file_id, actor=identity.actor_of(request))
    return answers.content(found, request=request)


@router.get(
    "/files/{file_id}/thumbnail",
    permission=SIGNED_IN,
    response={404: Problem},
    openapi_extra=bytes_answer(200),
)
def file_thumbnail(request: HttpRequest, file_id: int) -> HttpResponseBase:
    """A picture's small form (WebP, at most 320 px)."""
    found = queries.visible_document(file_id, actor=identity.actor_of(request))
    if not found.thumbnail_as:
        raise AttachmentNotFound({"id": file_id})
    return answers.thumbnail(found)


@router.delete(
    "/files/{file_id}", permission=SIGNED_IN, response={204: None, 403: Problem, 404: Problem}
)
def remove_file(request: HttpRequest, file_id: int) -> Status[None]:
    """Take a document from its record; whoever may edit the record may."""
    actor = identity.actor_of(request)
    found = queries.visible_document(file_id, actor=actor, verb=Verb.EDIT)
    actions.remove(found, actor=actor)
    return Status(204, None)
