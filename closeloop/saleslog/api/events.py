"""Events over HTTP: reporting, taking back, screenshots, what may help."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from ninja import File, Query, Status, UploadedFile

from closeloop.edge.problems import Problem
from closeloop.edge.router import SIGNED_IN
from closeloop.files import answers
from closeloop.files.api import bytes_answer
from closeloop.files.models import Attachment
from closeloop.identity.queries import actor_of
from closeloop.records import queries as records
from closeloop.saleslog import actions, errors, presenting, queries, setups
from closeloop.saleslog.actions import NewEvent
from closeloop.saleslog.api.routes import router
from closeloop.saleslog.schemas import (
    Id,
    LogEventIn,
    LogEventOut,
    LogFactsIn,
    LogSuggestionQuery,
    LogSuggestions,
)


@router.post(
    "/saleslog/events", permission=SIGNED_IN, response={200: LogEventOut, 201: LogEventOut}
)
def report_log_event(request: HttpRequest, payload: LogEventIn) -> Status[dict[str, Any]]:
    """Report an event; 200 where this client id has reported it already."""
    actor = actor_of(request)
    for about in (payload.customer_id, payload.record_id):
        if about is not None:
            records.visible_record(about, actor=actor)
    new = NewEvent(**payload.dict())
    event, is_new = actions.report_event(new, actor=actor)
    return Status(201 if is_new else 200, _shown(event.pk, request))


@router.delete("/saleslog/events/{log_event_id}", permission=SIGNED_IN, response={204: None})
def take_back_log_event(request: HttpRequest, log_event_id: Id) -> Status[None]:
    """Take one's own event back before the day's log is sent."""
    actor = actor_of(request)
    actions.take_back(queries.own_event(log_event_id, actor=actor), actor=actor)
    return Status(204, None)


@router.post(
    "/saleslog/events/{log_event_id}/picture", permission=SIGNED_IN, response={201: LogEventOut}
)
def add_log_picture(
    request: HttpRequest, log_event_id: Id, file: File[UploadedFile]
) -> Status[dict[str, Any]]:
    """Add a screenshot; its text is read, and proposes facts."""
    actor = actor_of(request)
    actions.add_picture(queries.own_event(log_event_id, actor=actor), file, actor=actor)
    return Status(201, _shown(log_event_id, request))


@router.post("/saleslog/events/{log_event_id}/facts", permission=SIGNED_IN, response=LogEventOut)
def file_log_facts(request: HttpRequest, log_event_id: Id, payload: LogFactsIn) -> dict[str, Any]:
    """File facts that were read from the screenshot to the customer."""
    actor = actor_of(request)
    actions.file_facts(queries.own_event(log_event_id, actor=actor), payload.facts, actor=actor)
    return _shown(log_event_id, request)


@router.get(
    "/saleslog/events/{log_event_id}/picture",
    permission=SIGNED_IN,
    response={404: Problem},
    openapi_extra=bytes_answer(200, 206),
)
def log_picture(request: HttpRequest, log_event_id: Id) -> HttpResponseBase:
    """The screenshot of an event."""
    return answers.content(_picture(log_event_id, request), request=request)


@router.get(
    "/saleslog/events/{log_event_id}/picture/thumbnail",
    permission=SIGNED_IN,
    response={404: Problem},
    openapi_extra=bytes_answer(200),
)
def log_picture_thumbnail(request: HttpRequest, log_event_id: Id) -> HttpResponseBase:
    """The screenshot's small form."""
    return answers.thumbnail(_picture(log_event_id, request))


@router.get("/saleslog/suggestions", permission=SIGNED_IN, response=LogSuggestions)
def read_log_suggestions(request: HttpRequest, asked: Query[LogSuggestionQuery]) -> dict[str, Any]:
    """What may help with an event: its own advice and alternatives, and playbooks."""
    actor = actor_of(request)
    for about in (asked.customer_id, asked.record_id):
        if about is not None:
            records.visible_record(about, actor=actor)
    known = setups.current().types.get(asked.type)
    if known is None:
        raise errors.EventInvalid({"errors": [{"field": "type", "code": "unknown_choice"}]})
    found = queries.suggestions(
        asked.type,
        text=asked.text,
        customer_id=asked.customer_id,
        record_id=asked.record_id,
        actor=actor,
    )
    return {
        "advice": dict(known.advice),
        "alternatives": presenting.alternatives(known),
        "playbooks": [
            {
                "id": each.id,
                "title": each.title,
                "text": each.text,
                "why": each.why,
                "link": each.link,
            }
            for each in found
        ],
    }


def _picture(event_id: int, request: HttpRequest) -> Attachment:
    found = queries.visible_event(event_id, actor=actor_of(request)).picture
    if found is None or found.deleted_at is not None or not found.thumbnail_as:
        raise errors.LogNotFound({"id": event_id})
    return found


def _shown(event_id: int, request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    return presenting.events([queries.visible_event(event_id, actor=actor)], actor=actor)[0]
