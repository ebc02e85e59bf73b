"""Clocks of a record, and boxes of them."""

from datetime import datetime, time, timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query

from closeloop.edge import problems
from closeloop.edge.router import SIGNED_IN
from closeloop.identity.queries import actor_of
from closeloop.records import queries as records
from closeloop.sla import presenting, queries
from closeloop.sla.api.routes import router
from closeloop.sla.queries import punctuality
from closeloop.sla.queries.punctuality import Period
from closeloop.sla.schemas import (
    ClockOut,
    ClockPage,
    ClockQuery,
    PunctualClockQuery,
    PunctualityQuery,
    PunctualityRow,
)

RecordId = Annotated[int, Path(ge=1, lt=2**63)]
_DAYS = 30
ClockId = Annotated[int, Path(ge=1, lt=2**63)]


@router.get(
    "/records/{record_type}/{record_id}/clocks",
    permission="record:read",
    response=list[ClockOut],
)
def list_record_clocks(request: HttpRequest, record_type: str, record_id: RecordId) -> Any:
    """The clocks of a record: open ones first, each with its steps, what resets it, and why."""
    actor = actor_of(request)
    records.visible_record(record_id, actor=actor, record_type=record_type, with_deleted=True)
    clocks = queries.clocks_of([record_id])[record_id]
    return presenting.clock_rows(clocks, actor=actor, language=problems.language_of(request))


@router.get("/clocks", permission=SIGNED_IN, response=ClockPage)
def list_clocks(request: HttpRequest, asked: Annotated[ClockQuery, Query()]) -> Any:
    """Open clocks: one's own, those of the team, or the red ones; the soonest due first."""
    actor = actor_of(request)
    wanted = asked.dict(include={"policy", "owner_id", "under", "cursor", "limit"})
    page = queries.page_of(asked.box, actor=actor, **wanted)
    language = problems.language_of(request)
    return {
        "items": presenting.clock_rows(page.clocks, actor=actor, language=language),
        "next_cursor": page.next_cursor,
    }


@router.get("/clocks/punctuality", permission=SIGNED_IN, response=list[PunctualityRow])
def read_punctuality(request: HttpRequest, asked: Annotated[PunctualityQuery, Query()]) -> Any:
    """By policy: what fell due in the period, and how much of it was done in time."""
    rows = punctuality.by_policy(_period(asked), actor=actor_of(request), under=asked.under)
    return [
        {
            "policy": dict(row.name),
            "key": row.key,
            "due": row.due,
            "met": row.met,
            "missed": row.missed,
            "rate": row.rate,
        }
        for row in rows
    ]


@router.get("/clocks/punctuality/clocks", permission=SIGNED_IN, response=ClockPage)
def list_punctual_clocks(
    request: HttpRequest, asked: Annotated[PunctualClockQuery, Query()]
) -> Any:
    """The clocks behind a figure of punctuality, closed ones too."""
    actor = actor_of(request)
    page = punctuality.behind(
        _period(asked),
        policy=asked.policy,
        outcome=asked.outcome,
        under=asked.under,
        cursor=asked.cursor,
        limit=asked.limit,
        actor=actor,
    )
    language = problems.language_of(request)
    return {
        "items": presenting.clock_rows(page.clocks, actor=actor, language=language),
        "next_cursor": page.next_cursor,
    }


@router.get("/clocks/{clock_id}", permission=SIGNED_IN, response=ClockOut)
def read_clock(request: HttpRequest, clock_id: ClockId) -> Any:
    """One clock."""
    actor = actor_of(request)
    clock = queries.visible_clock(clock_id, actor=actor)
    return presenting.clock_rows([clock], actor=actor, language=problems.language_of(request))[0]


def _period(asked: PunctualityQuery) -> Period:
    """From the first day's beginning to the last day's end, in the company's zone."""
    zone = timezone.get_default_timezone()
    last = asked.until or timezone.localdate()
    first = asked.since or last - timedelta(days=_DAYS - 1)
    end = datetime.combine(last, time.max, zone)
    return Period(datetime.combine(first, time.min, zone), end)
