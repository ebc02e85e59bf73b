"""Meta, Today, search, duplicates, fill rates and the audit log."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query
from pydantic import Field

from closeloop.desk import audit, duplicates, fillrates, meta, today
from closeloop.desk.api.asking import answers, language
from closeloop.desk.schemas import AuditPage, DuplicateOut, FillRate, Meta, Today
from closeloop.edge.router import SIGNED_IN, Router
from closeloop.identity.queries import actor_of

router = Router(tags=["desk"])
Typed = Annotated[str, Query(max_length=200)]


@router.get("/meta", permission=SIGNED_IN, response=answers(Meta))
def read_meta(request: HttpRequest) -> Any:
    """Record types with fields, stages and permissions: what screens are drawn from."""
    return meta.meta_of(actor_of(request))


@router.get("/today", permission=SIGNED_IN, response=answers(Today))
def read_today(request: HttpRequest) -> Any:
    """What to do now."""
    return today.today_of(actor_of(request), language(request))


@router.get(
    "/duplicates/{record_type}",
    permission="record:create",
    response=answers(list[DuplicateOut]),
)
def find_duplicates(
    request: HttpRequest,
    record_type: str,
    name: Typed = "",
    company: Typed = "",
    phone: Typed = "",
    email: Typed = "",
    credit_code: Typed = "",
) -> Any:
    """Records that may be the same as the one being typed."""
    typed = {
        "name": name, "company": company, "phone": phone, "email": email,
        "credit_code": credit_code,
    }  # fmt: skip
    found = duplicates.find_twins(record_type, typed, actor=actor_of(request))
    return [vars(twin) for twin in found]


@router.get(
    "/fill-rates/{record_type}", permission="record:read", response=answers(list[FillRate])
)
def read_fill_rates(request: HttpRequest, record_type: str) -> Any:
    """How many of the records in reach have a value in each field."""
    return fillrates.fill_rates(record_type, actor=actor_of(request))


@router.get("/audit", permission="admin:audit.read", response=answers(AuditPage))
def read_audit(
    request: HttpRequest,
    record: Annotated[int | None, Query(ge=1, lt=2**63)] = None,
    actor: Annotated[int | None, Query(ge=1, lt=2**63)] = None,
    verb: Typed = "",
    cursor: Annotated[str | None, Query(max_length=1000)] = None,
    limit: Annotated[int, Field(ge=1, le=100)] = 50,
) -> Any:
    """Everything that was recorded, newest first."""
    wanted = audit.Wanted(record_id=record, actor_id=actor, verb=verb)
    items, more = audit.page_of(wanted, cursor=cursor, limit=limit, language=language(request))
    return {"items": items, "next_cursor": more}
