"""Somebody's days ahead over HTTP, and when the list of the week is sent."""

from datetime import time
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query

from closeloop.agenda import actions, presenting, queries, weekly
from closeloop.agenda.schemas import AgendaOut, AgendaQuery, WeeklyIn, WeeklyOut
from closeloop.agenda.weekly import Sending
from closeloop.edge import problems
from closeloop.edge.router import SIGNED_IN, Router
from closeloop.identity.queries import actor_of
from closeloop.org.access import Capability

router = Router(tags=["agenda"])
MANAGE = f"admin:{Capability.MANAGE_NOTICES}"


@router.get("/agenda", permission=SIGNED_IN, response=AgendaOut)
def read_agenda(request: HttpRequest, asked: Query[AgendaQuery]) -> Any:
    """What is to be done, day by day: one's own, one of one's people's, or the team's."""
    actor, now = actor_of(request), timezone.now()
    people = queries.people_of(actor, person=asked.person, is_team=asked.team)
    if people == [actor.person_id]:
        people += queries.stood_in_for(actor, now)
    span = queries.span_of(asked.since, asked.days, now)
    language = problems.language_of(request)
    found = queries.agenda_of(people, span, now=now, language=language)
    return presenting.agenda(found, actor=actor)


@router.get("/agenda/weekly", permission=MANAGE, response=WeeklyOut)
def read_weekly_list(request: HttpRequest) -> Any:
    """When the list of the week is sent."""
    return _sending(weekly.current())


@router.put("/agenda/weekly", permission=MANAGE, response=WeeklyOut)
def set_weekly_list(request: HttpRequest, payload: WeeklyIn) -> Any:
    """Say on which weekday and from which time it is sent."""
    wanted = Sending(payload.is_on, payload.weekday, time.fromisoformat(payload.at))
    return _sending(actions.set_weekly(wanted, actor=actor_of(request)))


def _sending(held: Sending) -> dict[str, Any]:
    return {"is_on": held.is_on, "weekday": held.weekday, "at": f"{held.at:%H:%M}"}
