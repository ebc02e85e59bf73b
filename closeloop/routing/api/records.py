"""Giving records out by hand, why one went where it went, and fairness."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query

from closeloop.edge import cursors, problems
from closeloop.identity import queries as identity
from closeloop.identity.queries import actor_of
from closeloop.org import queries as org
from closeloop.org.access import Verb
from closeloop.records import queries as records
from closeloop.routing import actions
from closeloop.routing.actions import Kind
from closeloop.routing.api.routes import MANAGE, router
from closeloop.routing.queries import explaining, reporting
from closeloop.routing.queries.counting import Cell, Period
from closeloop.routing.schemas import (
    Fairness,
    FairnessQuery,
    FigurePage,
    FigureQuery,
    RouteIn,
    RouteOut,
    RoutingDecision,
)

RecordId = Annotated[int, Path(ge=1, lt=2**63)]
TypeKey = Annotated[str, Path(max_length=60)]


@router.get(
    "/records/{record_type}/{record_id}/routing",
    permission="record:read",
    response=list[RoutingDecision],
)
def read_record_routing(request: HttpRequest, record_type: TypeKey, record_id: RecordId) -> Any:
    """Why a record went where it went: every decision about it, newest first."""
    return explaining.decisions_about(
        record_type,
        record_id,
        actor=actor_of(request),
        language=problems.language_of(request),
    )


@router.post("/routing/{record_type}/route", permission="record:assign", response=RouteOut)
def route_records(request: HttpRequest, record_type: TypeKey, payload: RouteIn) -> Any:
    """Give records without an owner to whom the rules say, now."""
    actor = actor_of(request)
    reach = org.access_of(actor).reach(record_type, Verb.ASSIGN)
    readable = records.visible_among(set(payload.ids), actor=actor)
    ids = [
        key
        for key, each in readable.items()
        if each.type == record_type and reach.covers(owner_id=each.owner_id, unit_id=each.unit_id)
    ]
    done = actions.route_batch(ids, record_type=record_type, kind=Kind.BY_HAND, actor=actor)
    people = {each.decision.person for each in done.given}
    names = identity.names_of({person for person in people if person is not None})
    unknown = [{"id": each, "why": "not_found"} for each in payload.ids if each not in ids]
    return {
        "given": [
            {
                "id": each.standing.record_id,
                "person": (
                    {"id": each.decision.person, "name": names.get(each.decision.person, "—")}
                    if each.decision.person is not None
                    else None
                ),
            }
            for each in done.given
        ],
        "left": [{"id": each.record_id, "why": each.why} for each in done.left] + unknown,
    }


@router.get("/routing/report", permission=MANAGE, response=Fairness)
def read_routing_report(request: HttpRequest, asked: Annotated[FairnessQuery, Query()]) -> Any:
    """Who was given how much in a period, who was passed over and why, how fast they were."""
    access = org.access_of(actor_of(request))
    return reporting.fairness(_period(asked), access, language=problems.language_of(request))


@router.get("/routing/report/leads", permission=MANAGE, response=FigurePage)
def list_leads_of_report(request: HttpRequest, asked: Annotated[FigureQuery, Query()]) -> Any:
    """The very leads that a figure of the report counts, newest first."""
    page = reporting.leads_behind(
        Cell(asked.figure, asked.person, asked.detail),
        _period(asked),
        org.access_of(actor_of(request)),
        before=cursors.decode(asked.cursor, "bigint")[0] if asked.cursor else None,
        limit=asked.limit,
    )
    last = page.pop("last")
    return {**page, "next_cursor": None if last is None else cursors.encode(last)}


def _period(asked: FairnessQuery) -> Period:
    return Period(asked.record_type, asked.since, asked.until)
