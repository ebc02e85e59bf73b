"""Purposes, consent, retention and the access log; what is held about one contact over HTTP."""

from typing import Annotated, Any

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header
from ninja import Path, Query, Status

from closeloop.edge import problems
from closeloop.edge.problems import Problem
from closeloop.edge.router import SIGNED_IN, Router
from closeloop.identity.queries import actor_of
from closeloop.org.access import Capability
from closeloop.privacy import actions, jobs, presenting, queries, store
from closeloop.privacy.errors import FileGone
from closeloop.privacy.queries import AccessesWanted
from closeloop.privacy.schemas import (
    AccessPage,
    AccessQuery,
    ConsentIn,
    DaysQuery,
    Held,
    PageQuery,
    PrivacyPurposes,
    PurposeAnswers,
    PurposeIn,
    RetentionDaysIn,
    RetentionPreview,
    RetentionRow,
    SubjectRequestIn,
    SubjectRequestOut,
    SubjectRequestPage,
)

router = Router(tags=["privacy"])
MANAGE = f"admin:{Capability.MANAGE_PRIVACY}"
Key = Annotated[str, Path(max_length=64)]
Number = Annotated[int, Path(ge=1, lt=2**63)]
_BYTES = {"application/zip": {"schema": {"type": "string", "format": "binary"}}}


@router.get("/privacy/purposes", permission=SIGNED_IN, response=PrivacyPurposes)
def list_privacy_purposes(request: HttpRequest) -> Any:
    """What personal data is taken for, and what one answered to it."""
    return {"items": presenting.purposes_for(actor_of(request))}


@router.post("/privacy/consents", permission=SIGNED_IN, response=PrivacyPurposes)
def answer_privacy_purpose(request: HttpRequest, payload: ConsentIn) -> Any:
    """Agree to a purpose, or decline; the last answer holds. Gives every purpose anew."""
    actor = actor_of(request)
    actions.answer(
        payload.purpose,
        payload.version,
        is_agreed=payload.agreed,
        via=payload.via,
        actor=actor,
    )
    return {"items": presenting.purposes_for(actor)}


@router.get("/privacy/consents", permission=MANAGE, response=list[PurposeAnswers])
def count_privacy_answers(request: HttpRequest) -> Any:
    """How many people said what to each purpose as it stands."""
    return presenting.purposes_counted()


@router.put("/privacy/purposes/{key}", permission=MANAGE, response=list[PurposeAnswers])
def publish_privacy_purpose(request: HttpRequest, key: Key, payload: PurposeIn) -> Any:
    """Publish new words; everybody is asked again."""
    words = {"name": payload.name.as_data(), "text": payload.text.as_data()}
    actions.publish_purpose(key, words, actor=actor_of(request))
    return presenting.purposes_counted()


@router.get("/privacy/retention", permission=MANAGE, response=list[RetentionRow])
def list_retention(request: HttpRequest) -> Any:
    """How long each kind of personal data is kept, and how much is past it."""
    return presenting.periods(timezone.now())


@router.get("/privacy/retention/{key}/preview", permission=MANAGE, response=RetentionPreview)
def preview_retention(request: HttpRequest, key: Key, asked: Query[DaysQuery]) -> Any:
    """How much would go with another period."""
    past = queries.past(key, asked.days, now=timezone.now())
    return {"key": key, "days": asked.days, "past": past}


@router.put("/privacy/retention/{key}", permission=MANAGE, response=list[RetentionRow])
def change_retention(request: HttpRequest, key: Key, payload: RetentionDaysIn) -> Any:
    """Say for how many days a kind is kept; what is older goes in the next night."""
    actions.set_days(key, payload.days, actor=actor_of(request))
    return presenting.periods(timezone.now())


@router.get("/privacy/accesses", permission=MANAGE, response=AccessPage)
def list_privacy_accesses(request: HttpRequest, asked: Query[AccessQuery]) -> Any:
    """Who looked at recordings, chats, places, newest first."""
    wanted = AccessesWanted(asked.kind, asked.person, asked.record)
    page, more = queries.accesses(wanted, cursor=asked.cursor, limit=asked.limit)
    return {
        "items": presenting.looks(page, actor=actor_of(request)),
        "next_cursor": more,
        "kinds": presenting.look_kinds(),
    }


@router.get("/privacy/contacts/{contact_id}", permission=MANAGE, response=Held)
def read_held_about_contact(request: HttpRequest, contact_id: Number) -> Any:
    """How much of each kind is held about a contact: what an export holds, an erasure takes."""
    record = queries.subject(contact_id, actor=actor_of(request))
    return presenting.held(record, problems.language_of(request))


@router.get("/privacy/requests", permission=MANAGE, response=SubjectRequestPage)
def list_subject_requests(request: HttpRequest, asked: Query[PageQuery]) -> Any:
    """Exports and erasures, newest first."""
    page, more = queries.requests(actor_of(request), cursor=asked.cursor, limit=asked.limit)
    language = problems.language_of(request)
    return {"items": presenting.requests(page, language), "next_cursor": more}


@router.post("/privacy/requests", permission=MANAGE, response={201: SubjectRequestOut})
def open_subject_request(request: HttpRequest, payload: SubjectRequestIn) -> Any:
    """Export everything held about a contact, or erase it; the work runs by itself."""
    actor = actor_of(request)
    record = queries.subject(payload.contact_id, actor=actor)
    made = actions.open_request(
        record, payload.kind, reason=payload.reason, defer=jobs.run_later, actor=actor
    )
    shown = queries.request(made.pk, actor=actor)
    return Status(201, presenting.request(shown, problems.language_of(request)))


@router.get("/privacy/requests/{request_id}", permission=MANAGE, response=SubjectRequestOut)
def read_subject_request(request: HttpRequest, request_id: Number) -> Any:
    """One request and how far it is."""
    row = queries.request(request_id, actor=actor_of(request))
    return presenting.request(row, problems.language_of(request))


@router.get(
    "/privacy/requests/{request_id}/file",
    permission=MANAGE,
    response={404: Problem},
    openapi_extra={"responses": {200: {"description": "The file", "content": _BYTES}}},
)
def subject_request_file(request: HttpRequest, request_id: Number) -> HttpResponseBase:
    """Everything held about a contact as one ZIP, for seven days."""
    row = queries.written(request_id, actor=actor_of(request))
    try:
        response = FileResponse(store.opened(row.stored_as))
    except FileNotFoundError as error:
        raise FileGone({"id": request_id}) from error
    response["Content-Type"] = "application/zip"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    name = f"contact_{row.record_id}_{row.asked_at:%Y%m%d}.zip"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
