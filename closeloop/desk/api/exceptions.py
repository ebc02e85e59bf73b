"""Requests to pass a locked move, and their decisions."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Status

from closeloop.desk import details
from closeloop.desk.api.asking import RecordId
from closeloop.desk.api.routing import router
from closeloop.desk.queries import locked_row, visible_row
from closeloop.desk.reader import reader_of
from closeloop.desk.schemas import ExceptionDecision, ExceptionIn, ExceptionOut
from closeloop.edge.router import SIGNED_IN
from closeloop.identity.queries import actor_of
from closeloop.org.access import Verb
from closeloop.process import actions, queries
from closeloop.records.types import registry

ROOT = "/records/{record_type}/{record_id}/exceptions"


@router.post(ROOT, permission="record:move", response={201: ExceptionOut})
def request_exception(
    request: HttpRequest, record_type: str, record_id: RecordId, payload: ExceptionIn
) -> Any:
    """Ask one's superior to let a move pass without what is missing now."""
    actor = actor_of(request)
    kind = registry.get(record_type)
    locked_row(kind, record_id, actor=actor, verb=Verb.MOVE)
    asked = actions.request_exception(
        kind, record_id, to_stage=payload.to_stage, reason=payload.reason, actor=actor
    )
    return Status(201, details.exception_row(asked, reader_of(request)))


@router.get(ROOT, permission="record:read", response=list[ExceptionOut])
def list_record_exceptions(request: HttpRequest, record_type: str, record_id: RecordId) -> Any:
    """All requests about one record, newest first."""
    visible_row(registry.get(record_type), record_id, actor=actor_of(request))
    found = queries.exceptions_of(record_id)
    return [details.exception_row(each, reader_of(request)) for each in found]


@router.get("/exceptions", permission=SIGNED_IN, response=list[ExceptionOut])
def list_exceptions(
    request: HttpRequest,
    box: Annotated[Literal["to_decide", "mine", "all"], Query()] = "to_decide",
) -> Any:
    """Requests that one may decide, or has made."""
    found = queries.exceptions_box(box, actor=actor_of(request))
    return [details.exception_row(each, reader_of(request)) for each in found]


@router.post("/exceptions/{exception_id}/decision", permission=SIGNED_IN, response=ExceptionOut)
def decide_exception(
    request: HttpRequest, exception_id: RecordId, payload: ExceptionDecision
) -> Any:
    """Grant or refuse; only somebody above the person who asked."""
    decided = actions.decide_exception(
        exception_id, is_granted=payload.granted, note=payload.note, actor=actor_of(request)
    )
    return details.exception_row(decided, reader_of(request))
