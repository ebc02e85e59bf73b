"""How much working time somebody took to answer: counted once, when the answer is given."""

from datetime import datetime

from closeloop.sla import calendars


def worked_s(unit_id: int | None, asked_at: datetime | None, ended_at: datetime) -> float | None:
    """Working seconds between being asked and the end of it, by the calendar of the case's unit."""
    if asked_at is None:
        return None
    return calendars.for_unit(unit_id).calendar.working_between(asked_at, ended_at)
