"""Files that follow-ups take, and the customers that a phone offers."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from ninja import File, Form, Path, Query, Status, UploadedFile

from closeloop.edge.moments import Moment
from closeloop.edge.problems import Problem
from closeloop.edge.router import SIGNED_IN
from closeloop.engine import evidence
from closeloop.fieldwork import actions, presenting, queries
from closeloop.fieldwork.api.routing import router
from closeloop.fieldwork.models import KnownPlace
from closeloop.fieldwork.queries.customers import Nearby
from closeloop.fieldwork.reports import Where
from closeloop.fieldwork.schemas import (
    CustomerChoices,
    CustomersQuery,
    FileOut,
    Id,
    KnownPlaceIn,
    KnownPlaceOut,
    Slug,
)
from closeloop.files import answers
from closeloop.files.api import bytes_answer
from closeloop.files.errors import AttachmentNotFound
from closeloop.identity.queries import actor_of
from closeloop.org.access import Verb
from closeloop.records import queries as records

PathId = Annotated[Id, Path()]


@router.get("/followups/customers", permission=SIGNED_IN, response=CustomerChoices)
def list_followup_customers(request: HttpRequest, asked: Query[CustomersQuery]) -> dict[str, Any]:
    """Customers to follow up: nearby first, found by two characters or pinyin initials."""
    here = None
    if asked.latitude is not None and asked.longitude is not None:
        here = evidence.in_wgs84(asked.latitude, asked.longitude, asked.system)
    wanted = Nearby(
        q=asked.q, here=here, is_mine=asked.mine, limit=asked.limit, system=asked.system
    )
    return {"items": queries.nearby_customers(wanted, actor=actor_of(request))}


@router.put(
    "/followups/customers/{customer_id}/place", permission=SIGNED_IN, response=KnownPlaceOut
)
def set_followup_place(
    request: HttpRequest, customer_id: PathId, payload: KnownPlaceIn
) -> KnownPlace:
    """Say where a customer is; whoever may change the customer may."""
    actor = actor_of(request)
    customer = records.visible_record(
        customer_id, record_type="customer", verb=Verb.EDIT, actor=actor
    )
    where = Where(payload.latitude, payload.longitude, system=payload.system)
    return actions.set_place(customer, where, radius_m=payload.radius_m, actor=actor)


@router.post(
    "/followups/uploads",
    permission=SIGNED_IN,
    response={200: FileOut, 201: FileOut, 413: Problem, 422: Problem},
)
def send_followup_file(
    request: HttpRequest,
    file: File[UploadedFile],
    client_id: Form[UUID],
    kind: Form[Slug],
    taken_at: Form[Moment | None] = None,
) -> Status[dict[str, Any]]:
    """Take a photo, recording or document; the same client id again gives what is there."""
    arrived = actions.upload(
        file, client_id=client_id, kind=kind, taken_at=taken_at, actor=actor_of(request)
    )
    return Status(201 if arrived.is_new else 200, presenting.file(arrived.upload))


@router.get(
    "/followups/uploads/{upload_id}/content",
    permission=SIGNED_IN,
    response={404: Problem},
    openapi_extra=bytes_answer(200, 206),
)
def followup_file_content(request: HttpRequest, upload_id: PathId) -> HttpResponseBase:
    """The file itself, whole or the range asked for."""
    found = queries.visible_upload(upload_id, actor=actor_of(request))
    return answers.content(found.attachment, request=request)


@router.get(
    "/followups/uploads/{upload_id}/thumbnail",
    permission=SIGNED_IN,
    response={404: Problem},
    openapi_extra=bytes_answer(200),
)
def followup_file_thumbnail(request: HttpRequest, upload_id: PathId) -> HttpResponseBase:
    """A photo's small form."""
    found = queries.visible_upload(upload_id, actor=actor_of(request))
    if not found.attachment.thumbnail_as:
        raise AttachmentNotFound({"id": upload_id})
    return answers.thumbnail(found.attachment)
