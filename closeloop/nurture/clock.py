"""The company's calendar and day."""

from datetime import date, datetime

from django.utils import timezone

from closeloop.engine.calendars import Calendar
from closeloop.sla import calendars


def calendar_of(unit_id: int | None) -> Calendar:
    """The working calendar of a unit, or the company's."""
    return calendars.for_unit(unit_id).calendar


def day_of(moment: datetime) -> date:
    """The day of a moment, as caps count it."""
    return moment.astimezone(calendar_of(None).zone).date()


def today() -> date:
    """Today, as caps count it."""
    return day_of(timezone.now())
