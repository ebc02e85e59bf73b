"""Working calendars: made, changed, and their own days."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.db.models import QuerySet

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import revisions
from closeloop.edge.etags import EditConflict
from closeloop.identity.actor import Actor
from closeloop.sla import calendars, errors
from closeloop.sla.models import Calendar, CalendarDay


def create_calendar(values: Mapping[str, Any], *, actor: Actor) -> Calendar:
    """A calendar of a unit, or of the company. Raises CalendarTaken, CalendarInvalid."""
    _check(values)
    if _of_unit(values.get("unit_id")).exists():
        raise errors.CalendarTaken
    calendar = Calendar.objects.create(**values)
    _record(calendar, actor, {"what": "created"})
    return calendar


def change_calendar(
    calendar_id: int, values: Mapping[str, Any], *, expected_version: int | None, actor: Actor
) -> Calendar:
    """Change name, unit, zone or hours; clocks that run keep the times they have.

    Raises CalendarNotFound, CalendarTaken, CalendarInvalid, EditConflict.
    """
    calendar = _locked(calendar_id)
    if expected_version not in (None, calendar.version):
        raise EditConflict({"version": calendar.version, "conflict": []})
    _check(values)
    taken = _of_unit(values.get("unit_id")).exclude(pk=calendar.pk)
    if "unit_id" in values and taken.exists():
        raise errors.CalendarTaken
    for key, value in values.items():
        setattr(calendar, key, value)
    calendar.version += 1
    calendar.save()
    _record(calendar, actor, {"what": "changed"})
    return calendar


def set_day(
    calendar_id: int,
    day: date,
    *,
    kind: str,
    name: Mapping[str, str],
    hours: Sequence[Mapping[str, str]] | None,
    actor: Actor,
) -> None:
    """Say what a day is, whatever the published list says. Raises CalendarInvalid."""
    calendar = _locked(calendar_id)
    try:
        calendars.spans_of(hours)
    except ValueError as error:
        raise errors.CalendarInvalid({"why": str(error)}) from error
    CalendarDay.objects.update_or_create(
        calendar=calendar,
        date=day,
        defaults={"kind": kind, "name": dict(name), "hours": hours},
    )
    _record(calendar, actor, {"what": "day_set", "day": day.isoformat(), "kind": kind})


def clear_day(calendar_id: int, day: date, *, actor: Actor) -> None:
    """Let a day be again what the week and the published list say."""
    calendar = _locked(calendar_id)
    if CalendarDay.objects.filter(calendar=calendar, date=day).delete()[0]:
        _record(calendar, actor, {"what": "day_cleared", "day": day.isoformat()})


def install_calendar(values: Mapping[str, Any], *, actor: Actor) -> None:
    """The company's calendar, unless there is one already."""
    if not Calendar.objects.filter(unit=None).exists():
        create_calendar(values, actor=actor)


def _of_unit(unit_id: int | None) -> QuerySet[Calendar]:
    found = Calendar.objects.all()
    return found.filter(unit=None) if unit_id is None else found.filter(unit_id=unit_id)


def _locked(calendar_id: int) -> Calendar:
    calendar = Calendar.objects.select_for_update(of=("self",)).filter(pk=calendar_id).first()
    if calendar is None:
        raise errors.CalendarNotFound({"id": calendar_id})
    return calendar


def _check(values: Mapping[str, Any]) -> None:
    zone = values.get("time_zone")
    if zone is not None and zone not in available_timezones():
        raise errors.ZoneUnknown({"given": zone})
    if zone is not None:
        ZoneInfo(zone)
    if "hours" in values:
        try:
            week = calendars.week_of(values["hours"])
        except ValueError as error:
            raise errors.CalendarInvalid({"why": str(error)}) from error
        if not week.seconds:
            raise errors.CalendarInvalid({"why": "no working time"})


def _record(calendar: Calendar, actor: Actor, data: Mapping[str, Any]) -> None:
    revisions.bump(calendars.REVISION)
    told = {"calendar_id": calendar.pk, "name": calendar.name, **data}
    activity.record(Happening(verb="calendar.changed", data=told), actor=actor)
