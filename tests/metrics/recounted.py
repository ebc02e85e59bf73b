"""One thing as the second count tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Thing:
    """One thing that counts: of which measure, when, whose, where, as what; whether it was met.

    No `day`: it is told of now. `value` is what it adds to a mean, `asker` somebody else whose own
    it is.
    """

    measure: str
    day: date | None
    person: int
    unit: int
    kind: str
    is_met: bool | None
    value: Fraction = Fraction(0)
    asker: int | None = None


def day_of(moment: datetime) -> date:
    """The company's day of a moment."""
    return moment.astimezone(ZONE).date()
