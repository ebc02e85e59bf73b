"""Working calendars: hours, years, and days of one's own."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Status

from closeloop.edge import etags
from closeloop.edge.router import SIGNED_IN
from closeloop.engine.calendars import Spans
from closeloop.identity.queries import actor_of
from closeloop.sla import actions, calendars, errors, models, workdays
from closeloop.sla.api.routes import MANAGE, router
from closeloop.sla.calendar_schemas import (
    CalendarChange,
    CalendarDayIn,
    CalendarIn,
    CalendarOut,
    CalendarYear,
)

CalendarId = Annotated[int, Path(ge=1, lt=2**63)]
Year = Annotated[int, Path(ge=2004, le=2100)]


@router.get("/calendars", permission=SIGNED_IN, response=list[CalendarOut])
def list_calendars(request: HttpRequest) -> Any:
    """The company's calendar, and those of units."""
    return [_row(each) for each in models.Calendar.objects.order_by("unit_id", "pk")]


@router.post("/calendars", permission=MANAGE, response={201: CalendarOut})
def create_calendar(request: HttpRequest, response: HttpResponse, payload: CalendarIn) -> Any:
    """A calendar of a unit."""
    values = {**payload.dict(exclude={"name", "hours"}), "name": payload.name.as_data()}
    values["hours"] = [each.model_dump(by_alias=True) for each in payload.hours]
    calendar = actions.create_calendar(values, actor=actor_of(request))
    response["ETag"] = etags.etag(calendar.version)
    return Status(201, _row(calendar))


@router.patch("/calendars/{calendar_id}", permission=MANAGE, response=CalendarOut)
def change_calendar(
    request: HttpRequest, response: HttpResponse, calendar_id: CalendarId, payload: CalendarChange
) -> Any:
    """Change a calendar; clocks that run keep the times they have."""
    values: dict[str, Any] = payload.dict(exclude_unset=True, exclude={"name", "hours"})
    if payload.name is not None:
        values["name"] = payload.name.as_data()
    if payload.hours is not None:
        values["hours"] = [each.model_dump(by_alias=True) for each in payload.hours]
    calendar = actions.change_calendar(
        calendar_id,
        {key: value for key, value in values.items() if value is not None or key == "unit_id"},
        expected_version=etags.given_version(request),
        actor=actor_of(request),
    )
    response["ETag"] = etags.etag(calendar.version)
    return _row(calendar)


@router.get("/calendars/{calendar_id}/years/{year}", permission=SIGNED_IN, response=CalendarYear)
def read_calendar_year(request: HttpRequest, calendar_id: CalendarId, year: Year) -> Any:
    """Every day of a year."""
    held = calendars.by_id(calendar_id)
    if held.id != calendar_id:
        raise errors.CalendarNotFound({"id": calendar_id})
    return {
        "year": year,
        "is_provisional": workdays.is_provisional(year, held.holidays),
        "days": [_day(each) for each in calendars.days_of(held, year)],
    }


@router.put("/calendars/{calendar_id}/days/{date}", permission=MANAGE, response={204: None})
def set_calendar_day(
    request: HttpRequest,
    calendar_id: CalendarId,
    date: Annotated[date, Path()],
    payload: CalendarDayIn,
) -> Any:
    """Say what a day is, whatever the published list says."""
    hours = payload.hours
    actions.set_day(
        calendar_id,
        date,
        kind=payload.kind,
        name={str(key): name for key, name in payload.name.items()},
        hours=None if hours is None else [each.model_dump(by_alias=True) for each in hours],
        actor=actor_of(request),
    )
    return Status(204, None)


@router.delete("/calendars/{calendar_id}/days/{date}", permission=MANAGE, response={204: None})
def clear_calendar_day(
    request: HttpRequest, calendar_id: CalendarId, date: Annotated[date, Path()]
) -> Any:
    """Let a day be again what the week and the published list say."""
    actions.clear_day(calendar_id, date, actor=actor_of(request))
    return Status(204, None)


def _row(calendar: models.Calendar) -> dict[str, Any]:
    return {
        "id": calendar.pk,
        "name": calendar.name,
        "unit_id": calendar.unit_id,
        "time_zone": calendar.time_zone,
        "holidays": calendar.holidays,
        "hours": calendar.hours,
        "version": calendar.version,
        "years": list(range(workdays.FIRST_YEAR, workdays.LAST_YEAR + 1)),
    }


def _day(shown: calendars.DayShown) -> Mapping[str, Any]:
    return {
        "date": shown.date,
        "kind": shown.kind,
        "name": shown.name,
        "is_override": shown.is_override,
        "hours": _hours(shown.spans),
    }


def _hours(spans: Spans) -> list[dict[str, str]]:
    return [{"from": _time(each.from_s), "to": _time(each.to_s)} for each in spans]


def _time(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"
