"""Working days of the company, as the morning meeting counts them."""

from datetime import date, timedelta

from closeloop.engine.calendars import NoWorkingTime
from closeloop.sla import calendars


def last_workday(today: date) -> date:
    """The last working day before today: on a Monday the Friday, after a holiday the day before."""
    return workdays_before(today, 1)


def workdays_before(today: date, count: int) -> date:
    """The working day that lies so many back; days as they come where nobody ever works."""
    try:
        return calendars.for_unit(None).calendar.working_days_before(today, count)[-1]
    except NoWorkingTime:
        return today - timedelta(days=count)


def workdays_in(since: date, until: date) -> int:
    """How many working days lie from one day to another, both in it; 0 where it ends before."""
    calendar = calendars.for_unit(None).calendar
    span = (until - since).days + 1
    return sum(bool(calendar.spans_of(since + timedelta(days=each))) for each in range(span))
