"""A day over HTTP: what it holds, and sending it."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Query, Status

from closeloop.edge import problems
from closeloop.edge.moments import Day
from closeloop.edge.router import SIGNED_IN
from closeloop.identity.queries import actor_of, user_of
from closeloop.org import queries as org
from closeloop.saleslog import actions, clock, errors, presenting, queries, setups
from closeloop.saleslog.actions.reporting import LONGEST
from closeloop.saleslog.api.routes import router
from closeloop.saleslog.schemas import LogDay, LogDayQuery, LogOptions, LogSendIn


@router.get("/saleslog/options", permission=SIGNED_IN, response=LogOptions)
def read_log_options(request: HttpRequest) -> dict[str, Any]:
    """The types of events, and today's date in the company."""
    live = setups.current()
    return {
        "version": live.number,
        "types": [presenting.event_type(each) for each in live.types.values()],
        "text_max": LONGEST,
        "due": f"{live.due:%H:%M}",
        "today": clock.today(),
    }


@router.get("/saleslog/days/{day}", permission=SIGNED_IN, response=LogDay)
def read_log_day(request: HttpRequest, day: Day, asked: Query[LogDayQuery]) -> dict[str, Any]:
    """A day, put together from what the record holds; one's own, or that of somebody below."""
    actor = actor_of(request)
    author = user_of(request)
    if asked.author is not None and asked.author != author.pk:
        if not queries.may_read(asked.author, actor=actor):
            raise errors.LogNotFound({"author": asked.author})
        author = org.user(asked.author)
    return presenting.day_of(author, day, actor=actor, language=problems.language_of(request))


@router.post("/saleslog/send", permission=SIGNED_IN, response={200: LogDay, 201: LogDay})
def send_log(request: HttpRequest, payload: LogSendIn) -> Status[dict[str, Any]]:
    """Send one's day; 200 where this client id has sent it already."""
    log, is_new = actions.send_log(
        payload.day, client_id=payload.client_id, note=payload.note, actor=actor_of(request)
    )
    return Status(201 if is_new else 200, _shown(request, log.day))


def _shown(request: HttpRequest, day: date) -> dict[str, Any]:
    return presenting.day_of(
        user_of(request), day, actor=actor_of(request), language=problems.language_of(request)
    )
