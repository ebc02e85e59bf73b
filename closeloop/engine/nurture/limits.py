"""Whether a message may leave now: somebody to reach, no suppression, caps, allowed hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from closeloop.engine.calendars import Calendar

DAYS_OF_WEEK = 7
FARTHEST_DAYS = 400
"""How far ahead an allowed hour is looked for."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When a channel is used, in seconds since midnight of the calendar's zone."""

    from_s: int = 0
    to_s: int = 86_400
    only_working_days: bool = False


@dataclass(frozen=True, slots=True)
class Caps:
    """How many messages one person gets on a channel, over all paths.

    A day is one of the calendar's zone; a week the seven days that end with today.
    """

    per_day: int = 1
    per_week: int = 3


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds for a channel."""

    caps: Caps = Caps()
    hours: Hours = Hours()


@dataclass(frozen=True, slots=True)
class Addressee:
    """How somebody stands on one channel.

    `obstacle` says why nothing reaches them (a code); `days` are the ordinals of the days on which
    they were sent something there, one for each message.
    """

    obstacle: str = ""
    days: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Admission:
    """Send (both empty), skip with a reason, or come again at a moment."""

    skip: str = ""
    until: datetime | None = None


def admit(limits: Limits, addressee: Addressee, *, now: datetime, calendar: Calendar) -> Admission:
    """Whether a message may leave now.

    A night puts off, and what is put off is asked again: so hours come after everything else.
    """
    if addressee.obstacle:
        return Admission(skip=addressee.obstacle)
    free_at = allowed_from(limits.hours, now=now, calendar=calendar)
    if is_capped(limits.caps, addressee.days, today=_day(now, calendar)):
        return Admission(skip="capped")
    return Admission(until=free_at) if free_at > now else Admission()


def is_capped(caps: Caps, days: Sequence[int], *, today: int) -> bool:
    """Whether one more message today would be one too many."""
    of_today = sum(day == today for day in days)
    of_week = sum(today - DAYS_OF_WEEK < day <= today for day in days)
    return of_today >= caps.per_day or of_week >= caps.per_week


def allowed_from(hours: Hours, *, now: datetime, calendar: Calendar) -> datetime:
    """The first moment from `now` on at which the channel may be used.

    Raises ValueError where no day of more than a year allows any.
    """
    local = now.astimezone(calendar.zone)
    for ahead in range(FARTHEST_DAYS):
        day = local.date() + timedelta(days=ahead)
        if hours.only_working_days and not calendar.spans_of(day):
            continue
        midnight = datetime.combine(day, time(0), tzinfo=calendar.zone)
        opens = _at(midnight, hours.from_s)
        closes = _at(midnight, hours.to_s)
        found = max(opens, local)
        if found < closes:
            return found.astimezone(now.tzinfo)
    raise ValueError("no hour is allowed")


def _at(midnight: datetime, seconds: int) -> datetime:
    """A wall-clock time of a day; 24:00 is the next midnight."""
    day, rest = divmod(seconds, 86_400)
    wall = midnight + timedelta(days=day)
    return wall.replace(hour=rest // 3600, minute=rest % 3600 // 60, second=rest % 60)


def _day(now: datetime, calendar: Calendar) -> int:
    return now.astimezone(calendar.zone).date().toordinal()
