"""What a recorded thing counts for, and the sum of many: the meaning that SQL must share.

A correction is an entry that names the one it corrects. What was corrected no longer counts; the
correction itself counts as what it is. So a sum does not depend on the order in which things come.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from typing import Any, Protocol

from closeloop.engine.metrics.definition import ACTOR, AT, Measure

DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})?"
)
PERSON = re.compile(r"[1-9][0-9]{0,17}")
AMOUNT = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,6})?")
"""What is read as a day, a person and an amount; SQL uses the same patterns."""
NOBODY = 0
NOWHERE = 0
Key = tuple[str, date, int, int, str]
"""Measure, day, person, unit, kind."""


class Recorded(Protocol):
    """What is read of an entry of the record."""

    id: int
    at: datetime
    verb: str
    actor_id: int | None
    unit_id: int | None
    data: Mapping[str, Any]
    corrects_id: int | None


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing as it counts. `unit` is that of the moment: a person who changes units takes no
    history along.
    """

    measure: str
    day: date
    person: int
    unit: int
    kind: str
    value: Decimal

    @property
    def key(self) -> Key:
        """Under what it is added up."""
        return (self.measure, self.day, self.person, self.unit, self.kind)


def counted(measure: Measure, entry: Recorded, *, zone: tzinfo) -> Counted | None:
    """What the entry counts for in this measure, None for nothing.

    Days are those of `zone`. An entry whose day cannot be read counts for nothing.
    """
    if not any(event.fits(entry.verb, entry.data) for event in measure.events):
        return None
    day = _day(entry.at if measure.day == AT else entry.data.get(measure.day), zone)
    if day is None:
        return None
    person = entry.actor_id if measure.person == ACTOR else entry.data.get(measure.person)
    kind = entry.data.get(measure.kind) if measure.kind else ""
    return Counted(
        measure=measure.key,
        day=day,
        person=_person(person),
        unit=entry.unit_id or NOWHERE,
        kind=kind if isinstance(kind, str) else "",
        value=_amount(entry.data.get(measure.value)) if measure.value else Decimal(0),
    )


def fold(
    measures: Iterable[Measure], entries: Iterable[Recorded], *, zone: tzinfo
) -> dict[Key, tuple[int, Decimal]]:
    """How many and how much under each key, from scratch."""
    held = list(entries)
    corrected = {entry.corrects_id for entry in held if entry.corrects_id is not None}
    totals: dict[Key, tuple[int, Decimal]] = defaultdict(lambda: (0, Decimal(0)))
    for measure in measures:
        for entry in held:
            found = counted(measure, entry, zone=zone) if entry.id not in corrected else None
            if found is not None:
                n, value = totals[found.key]
                totals[found.key] = (n + 1, value + found.value)
    return dict(totals)


def _day(value: object, zone: tzinfo) -> date | None:
    if isinstance(value, str):
        value = _moment(value)
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(zone).date()
    return value if isinstance(value, date) else None


def _moment(text: str) -> date | datetime | None:
    try:
        if DATE.fullmatch(text):
            return date.fromisoformat(text)
        return datetime.fromisoformat(text) if MOMENT.fullmatch(text) else None
    except ValueError:
        return None


def _person(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not PERSON.fullmatch(str(value)):
        return NOBODY
    return value


def _amount(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return Decimal(0)
    text = f"{Decimal(str(value)):f}" if isinstance(value, float) else str(value)
    return Decimal(text) if AMOUNT.fullmatch(text) else Decimal(0)
