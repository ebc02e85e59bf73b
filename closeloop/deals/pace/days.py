"""When updates are demanded, and by when they are due: by the working calendar."""

from datetime import date, datetime, time, timedelta

from closeloop.engine.calendars import Calendar
from closeloop.sla import calendars

FROM, UNTIL = time(8, 30), time(12)
"""The morning in which updates are demanded (C15); later the same day it is left to next week."""
_LOOK_AHEAD_DAYS = 60


def is_time(now: datetime) -> bool:
    """Whether it is the morning of the company's first working day in this week."""
    calendar = calendars.for_unit(None).calendar
    local = now.astimezone(calendar.zone)
    monday = local.date() - timedelta(days=local.weekday())
    days = (monday + timedelta(days=number) for number in range(local.weekday() + 1))
    first = next((day for day in days if calendar.spans_of(day)), None)
    return first == local.date() and FROM <= local.time() < UNTIL


def end_of_next_working_day(now: datetime, *, unit_id: int | None) -> datetime:
    """When the unit's next working day after today is over."""
    calendar = calendars.for_unit(unit_id).calendar
    day = _next(calendar, now.astimezone(calendar.zone).date())
    spans = calendar.spans_of(day)
    midnight = datetime.combine(day, time.min, calendar.zone)
    return midnight + timedelta(seconds=spans[-1].to_s if spans else 0)


def _next(calendar: Calendar, today: date) -> date:
    """The next working day; tomorrow where the calendar has none within two months."""
    days = (today + timedelta(days=number) for number in range(1, _LOOK_AHEAD_DAYS))
    return next((day for day in days if calendar.spans_of(day)), today + timedelta(days=1))
