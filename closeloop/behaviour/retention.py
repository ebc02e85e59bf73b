"""How long what comes from outside is kept: trails, and the bodies of what was sent."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime

from closeloop.behaviour.models import Retention

ONLY = 1
"""There is one row; none while nobody has changed anything."""


@dataclass(frozen=True)
class Periods:
    """In months. `strangers_months`: trails of visitors of whom nobody knows who they are (13: the
    life of their cookie). `known_months`: trails of people who are records, None as long as the
    record. `bodies_months`: what was sent, as it came; what still waits then is thrown away.
    """

    strangers_months: int = 13
    known_months: int | None = None
    bodies_months: int = 6


def current() -> Periods:
    """What holds now."""
    row = Retention.objects.filter(pk=ONLY).first()
    if row is None:
        return Periods()
    return Periods(row.strangers_months, row.known_months, row.bodies_months)


def months_before(now: datetime, months: int) -> datetime:
    """The same time on the same day so many months ago, or on the last day of a shorter month."""
    index = now.year * 12 + now.month - 1 - months
    year, month = index // 12, index % 12 + 1
    return now.replace(year=year, month=month, day=min(now.day, monthrange(year, month)[1]))
