"""Days as the company's calendar knows them, and what time a log is due."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from closeloop.sla import calendars

REACH = timedelta(days=7)
"""How long after its day a log can still be sent."""


def today(at: datetime | None = None) -> date:
    """The company's day at a moment."""
    return timezone.localtime(at or timezone.now()).date()


def moment(day: date, at: time) -> datetime:
    """A time of a day in the company's zone."""
    return datetime.combine(day, at, tzinfo=timezone.get_default_timezone())


def span(day: date) -> tuple[datetime, datetime]:
    """From when until when a day lasts."""
    return moment(day, time()), moment(day + timedelta(days=1), time())


def is_workday(day: date, unit_id: int | None) -> bool:
    """Whether anybody works on a day in a unit."""
    return bool(calendars.for_unit(unit_id).calendar.spans_of(day))


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())
