"""A person's calendar: its secret address, and what is read there."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Schema, Status

from closeloop.desk import feed
from closeloop.desk.actions import feeds as actions
from closeloop.desk.api.routing import router
from closeloop.edge.problems import Problem
from closeloop.edge.router import PUBLIC, SIGNED_IN
from closeloop.identity.queries import actor_of

CALENDAR = "text/calendar"
_TEXT = {CALENDAR: {"schema": {"type": "string"}}}
_BYTES = {"responses": {200: {"description": "The calendar", "content": _TEXT}}}


class FeedState(Schema):
    """Since when there is an address; none, if there is not."""

    made_at: datetime | None


class FeedMade(FeedState):
    """The address, which is told this once."""

    address: str


@router.get("/me/calendar", permission=SIGNED_IN, response=FeedState)
def read_calendar_feed(request: HttpRequest) -> Any:
    """Whether what is due for one can be read by a calendar program."""
    found = feed.feed_of(actor_of(request).person_id)
    return {"made_at": found.made_at if found else None}


@router.post("/me/calendar", permission=SIGNED_IN, response={201: FeedMade})
def make_calendar_feed(request: HttpRequest) -> Any:
    """Make a secret address, or a new one in place of the one before."""
    actor = actor_of(request)
    address = actions.make_feed(actor=actor)
    found = feed.feed_of(actor.person_id)
    return Status(201, {"address": address, "made_at": found.made_at if found else None})


@router.delete("/me/calendar", permission=SIGNED_IN, response={204: None})
def end_calendar_feed(request: HttpRequest) -> Any:
    """Let the address lead nowhere."""
    actions.end_feed(actor=actor_of(request))
    return Status(204, None)


@router.get("/calendar.ics", permission=PUBLIC, response={404: Problem}, openapi_extra=_BYTES)
def read_calendar(request: HttpRequest, key: Annotated[str, Query(max_length=100)]) -> HttpResponse:
    """What is due for the person whose secret address this is."""
    found = feed.calendar_for(key)
    tag = f'"{found.tag}"'
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(found.content, content_type=f"{CALENDAR}; charset=utf-8")
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response
