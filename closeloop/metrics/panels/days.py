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
