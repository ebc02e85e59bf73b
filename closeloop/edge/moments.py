"""Moments and days as bodies and queries may name them: within reach of every time zone."""

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime

FIRST, LAST = date(1970, 1, 1), date(2199, 12, 31)
"""Further away, arithmetic with zones and durations runs out of the calendar."""


def _in_reach(given: date) -> date:
    if not FIRST <= given <= LAST:
        raise ValueError(f"a day from {FIRST} to {LAST} is expected")
    return given


def _in_utc(given: datetime) -> datetime:
    """The same moment in UTC: PostgreSQL knows no offset beyond sixteen hours."""
    _in_reach(given.date())
    return given.astimezone(UTC)


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
Day = Annotated[date, AfterValidator(_in_reach)]
