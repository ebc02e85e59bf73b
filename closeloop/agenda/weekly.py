"""Which week a list is about, and whether it is time to send it (pure but for `current`)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from closeloop.agenda.models import Weekly

ONLY = 1
MONDAY, WEDNESDAY = 0, 2
AT = time(8, 0)


@dataclass(frozen=True)
class Sending:
    """On which weekday and from which time of day; `sent_for` is the week that was told last."""

    is_on: bool = True
    weekday: int = MONDAY
    at: time = AT
    sent_for: date | None = None


def current() -> Sending:
    """What holds now; without a row Monday at eight."""
    row = Weekly.objects.filter(pk=ONLY).first()
    return Sending() if row is None else Sending(row.is_on, row.weekday, row.at, row.sent_for)


def week_of(day: date) -> date:
    """The Monday of the week that a list sent on a day is about: until Wednesday the week itself,
    later the next one.
    """
    monday = day - timedelta(days=day.weekday())
    return monday if day.weekday() <= WEDNESDAY else monday + timedelta(days=7)


def due_week(sending: Sending, now: datetime, zone: ZoneInfo) -> date | None:
    """The week whose list is to be sent now, or None: not the day, too early, or sent already."""
    local = now.astimezone(zone)
    if not sending.is_on or local.weekday() != sending.weekday or local.time() < sending.at:
        return None
    week = week_of(local.date())
    return None if sending.sent_for == week else week
