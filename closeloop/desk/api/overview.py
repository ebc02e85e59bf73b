"""Meta, Today, search, duplicates, fill rates and the audit log."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Schema
from pydantic import Field

from closeloop.desk import audit, duplicates, fillrates, meta, stage_log, today
from closeloop.desk.api.routing import router
from closeloop.desk.reader import reader_of
from closeloop.desk.schemas import AuditPage, DuplicateOut, FillRate, Meta, Today
from closeloop.edge import problems
from closeloop.edge.moments import Day
from closeloop.edge.problems import Problem
from closeloop.edge.router import SIGNED_IN
from closeloop.identity.queries import actor_of


class TypedQuery(Schema):
    """What somebody has typed so far of a new record."""

    name: str = Field("", max_length=200)
    company: str = Field("", max_length=200)
    phone: str = Field("", max_length=200)
    email: str = Field("", max_length=200)
    credit_code: str = Field("", max_length=200)


class AuditQuery(Schema):
    """Which entries of the log."""

    record: int | None = Field(None, ge=1, lt=2**63)
    actor: int | None = Field(None, ge=1, lt=2**63)
    verb: str = Field("", max_length=200)
    cursor: str | None = Field(None, max_length=1000)
    limit: int = Field(50, ge=1, le=100)


class StageLogQuery(Schema):
    """Which stage changes: two days, both counted; the last 30 days where none are named."""

    since: Day | None = Field(None, alias="from")
    until: Day | None = Field(None, alias="to")
    record_type: str = Field("", max_length=100)
    moves: Literal["all", "back"] = "all"


SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BINARY = {SHEET: {"schema": {"type": "string", "format": "binary"}}}
_BYTES = {"responses": {200: {"description": "The workbook", "content": _BINARY}}}


@router.get("/meta", permission=SIGNED_IN, response=Meta)
def read_meta(request: HttpRequest) -> Any:
    """Record types with fields, stages and permissions: what screens are drawn from."""
    return meta.meta_of(actor_of(request))


@router.get("/today", permission=SIGNED_IN, response=Today)
def read_today(request: HttpRequest) -> Any:
    """What to do now."""
    return today.today_of(actor_of(request), reader_of(request))


@router.get(
    "/duplicates/{record_type}",
    permission="record:create",
    response=list[DuplicateOut],
)
def find_duplicates(
    request: HttpRequest, record_type: str, typed: Annotated[TypedQuery, Query()]
) -> Any:
    """Records that may be the same as the one being typed."""
    found = duplicates.find_twins(record_type, typed.dict(), actor=actor_of(request))
    return [vars(twin) for twin in found]


@router.get("/fill-rates/{record_type}", permission="record:read", response=list[FillRate])
def read_fill_rates(request: HttpRequest, record_type: str) -> Any:
    """How many of the records in reach have a value in each field."""
    return fillrates.fill_rates(record_type, actor=actor_of(request))


@router.get("/audit", permission="admin:audit.read", response=AuditPage)
def read_audit(request: HttpRequest, given: Annotated[AuditQuery, Query()]) -> Any:
    """Everything that was recorded, newest first."""
    wanted = audit.Wanted(record_id=given.record, actor_id=given.actor, verb=given.verb)
    items, more = audit.page_of(
        wanted, cursor=given.cursor, limit=given.limit, reader=reader_of(request)
    )
    return {"items": items, "next_cursor": more}


@router.get(
    "/audit/stage-changes",
    permission="admin:audit.read",
    response={413: Problem},
    openapi_extra=_BYTES,
)
def stage_change_file(
    request: HttpRequest, given: Annotated[StageLogQuery, Query()]
) -> HttpResponse:
    """Every stage change of a period as a workbook: who, when, why, from, to."""
    asked = stage_log.Asked(given.since, given.until, given.record_type, given.moves == "back")
    found = stage_log.workbook(asked, problems.language_of(request))
    response = HttpResponse(found, content_type=SHEET)
    response["Content-Disposition"] = 'attachment; filename="stage-changes.xlsx"'
    return response
