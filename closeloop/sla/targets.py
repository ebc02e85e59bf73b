"""How long a clock has, from the policy and from what opened it."""

from collections.abc import Mapping
from datetime import date, datetime, time, tzinfo
from typing import Any

from closeloop.engine.sla import Basis, Duration, Policy
from closeloop.sla import facts
from closeloop.sla.calendars import Held
from closeloop.sla.subjects import subjects

_STAGE = "stage.expected_days"
_END_OF_DAY = time(18)


def target_s(
    policy: Policy,
    *,
    at: datetime,
    record_type: str,
    record_id: int | None,
    data: Mapping[str, Any],
    held: Held | None,
    zone: tzinfo,
) -> float | None:
    """The seconds in the policy's time, or None where there is nothing to count to.

    A stage without expected days and a record without the date open no clock. A date is due at
    18:00 of that day in the company's zone, at once when that is over.
    """
    calendar = held.calendar if held else None
    target = policy.target
    if target.duration is not None:
        return target.duration.seconds_by(target.basis, calendar)
    if target.source == _STAGE:
        days = subjects.stage_days(record_type, str(data.get("to") or data.get("stage") or ""))
        if not days:
            return None
        return Duration(days=days).seconds_by(target.basis, calendar)
    due = _moment(_given(target.source, record_type, record_id, data), zone)
    if due is None:
        return None
    if target.basis is Basis.WORKING and calendar is not None:
        return max(calendar.working_between(at, due), 0)
    return max((due - at).total_seconds(), 0)


def _given(source: str, record_type: str, record_id: int | None, data: Mapping[str, Any]) -> object:
    """The value as the entry tells it, else as the record holds it now."""
    kind, _, key = source.partition(".")
    if kind == "data":
        return data.get(key)
    changes, values = data.get("changes"), data.get("values")
    if isinstance(changes, Mapping) and key in changes:
        return changes[key][1]
    if isinstance(values, Mapping):
        return values.get(key)
    if record_id is None:
        return None
    return facts.facts_of(record_type, [record_id], [source]).get(record_id, {}).get(source)


def _moment(value: object, zone: tzinfo) -> datetime | None:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime):
        is_day = value.tzinfo is None
        return datetime.combine(value, _END_OF_DAY, tzinfo=zone) if is_day else value
    if isinstance(value, date):
        return datetime.combine(value, _END_OF_DAY, tzinfo=zone)
    return None
