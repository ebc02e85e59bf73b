"""Documents that go with what people do with a case: send one, fetch one."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from ninja import File, Status, UploadedFile

from closeloop.approvals import actions, queries
from closeloop.approvals.api.routing import CaseId, router
from closeloop.edge.problems import Problem
from closeloop.edge.router import SIGNED_IN
from closeloop.files import answers
from closeloop.files.api import Document, bytes_answer, document
from closeloop.identity.queries import actor_of


@router.post("/approvals/files", permission=SIGNED_IN, response={201: Document})
def add_request_file(request: HttpRequest, file: File[UploadedFile]) -> Any:
    """Send a document for a request that is about to be made, to name it there."""
    return Status(201, document(actions.add_request_file(file, actor=actor_of(request))))


@router.post("/approvals/{case_id}/files", permission=SIGNED_IN, response={201: Document})
def add_approval_file(request: HttpRequest, case_id: CaseId, file: File[UploadedFile]) -> Any:
    """Send a document for a case, to name it in an answer or another step; for who takes part."""
    return Status(201, document(actions.add_file(case_id, file, actor=actor_of(request))))


@router.get(
    "/approvals/{case_id}/files/{file_id}/content",
    permission=SIGNED_IN,
    response={404: Problem},
    openapi_extra=bytes_answer(200, 206),
)
def approval_file_content(
    request: HttpRequest, case_id: CaseId, file_id: CaseId
) -> HttpResponseBase:
    """A document named in a case, for whoever may see the case."""
    found = queries.visible_document(case_id, file_id, actor=actor_of(request))
    return answers.content(found, request=request)
