"""The team's day and the surges over HTTP."""

from typing import Any

from django.http import HttpRequest
from ninja import Query

from closeloop.edge.router import SIGNED_IN
from closeloop.identity.queries import actor_of
from closeloop.saleslog import clock, presenting, queries
from closeloop.saleslog.api.routes import router
from closeloop.saleslog.schemas import Id, LogSurge, LogSurgeOut, LogTeam, LogTeamQuery

MOST_SURGES = 100


@router.get("/saleslog/team", permission=SIGNED_IN, response=LogTeam)
def read_log_team(request: HttpRequest, asked: Query[LogTeamQuery]) -> dict[str, Any]:
    """The day of everybody below: who has sent, who has not, and what happened."""
    actor = actor_of(request)
    day = asked.day or clock.today()
    lines, events = queries.team_of(day, actor=actor, unit_id=asked.unit)
    return presenting.team(lines, events, day, actor=actor)


@router.get("/saleslog/surges", permission=SIGNED_IN, response=list[LogSurge])
def list_log_surges(request: HttpRequest) -> list[dict[str, Any]]:
    """Surges of the units that one leads, the latest first."""
    found = queries.surges_for(actor_of(request))[:MOST_SURGES]
    return [presenting.surge(each) for each in found]


@router.get("/saleslog/surges/{surge_id}", permission=SIGNED_IN, response=LogSurgeOut)
def read_log_surge(request: HttpRequest, surge_id: Id) -> dict[str, Any]:
    """A surge with the events behind it."""
    actor = actor_of(request)
    found = queries.surge_by_id(surge_id, actor=actor)
    return {
        **presenting.surge(found),
        "events": presenting.events(queries.events_behind(found), actor=actor),
    }
