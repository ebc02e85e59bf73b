"""Values of a condition row, read into the type of the fact that they are compared with."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from closeloop.engine.facts import NOW, Fact, FactType

_RELATIVE = re.compile(r"^(now|today)(?:([+-])(\d{1,5})([dhm]))?$")
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}
_MAX_DIGITS = 38
"""More digits than any amount has; keeps a hostile exponent from filling the memory."""


class ValueInvalid(Exception):
    """A value does not fit its fact; `args[0]` is the problem code."""


@dataclass(frozen=True, slots=True)
class Relative:
    """A point in time told from the time of the decision: `now-48h`, `today+7d`.

    `today` is the day of `now` in the zone that `now` carries.
    """

    whole_day: bool
    offset: timedelta

    def resolve(self, now: datetime) -> date | datetime:
        """Give the date (of a `today` form) or the UTC time (of a `now` form)."""
        if self.whole_day:
            return now.date() + self.offset
        return now.astimezone(UTC) + self.offset

    def resolve_from(self, facts: Mapping[str, object]) -> date | datetime | None:
        """Give the same from the reserved fact `now`; None when the caller gave none."""
        now = facts.get(NOW)
        return self.resolve(now) if isinstance(now, datetime) else None


def read_value(fact: Fact, raw: object) -> object:
    """Give one constant in the type of `fact`. Raises ValueInvalid."""
    if raw is None or raw == "":
        raise ValueInvalid("value_missing")
    return _READERS[fact.type](fact, raw)


def read_values(fact: Fact, raw: object) -> tuple[object, ...]:
    """Give many constants, from a list or from the comma form of the query builder."""
    if isinstance(raw, str):
        raw = [part.strip() for part in raw.split(",")]
    if not isinstance(raw, list | tuple):
        raise ValueInvalid("value_not_list")
    if not raw:
        raise ValueInvalid("value_missing")
    return tuple(read_value(fact, each) for each in raw)


def resolved(value: object, now: datetime) -> object:
    """Give the constant of a row with its relative dates counted from `now`."""
    if isinstance(value, Relative):
        return value.resolve(now)
    if isinstance(value, tuple):
        return tuple(resolved(each, now) for each in value)
    return value


def has_relative(value: object) -> bool:
    """Tell whether the constant of a row counts from the time of the decision."""
    if isinstance(value, tuple):
        return any(isinstance(each, Relative) for each in value)
    return isinstance(value, Relative)


def _text(_fact: Fact, raw: object) -> str:
    if not isinstance(raw, str):
        raise ValueInvalid("value_type")
    if "\x00" in raw or any("\ud800" <= letter <= "\udfff" for letter in raw):
        raise ValueInvalid("value_type")
    return raw


def _choice(fact: Fact, raw: object) -> str:
    text = _text(fact, raw)
    if fact.choices is not None and text not in fact.choices:
        raise ValueInvalid("choice_unknown")
    return text


def _person(fact: Fact, raw: object) -> str:
    if isinstance(raw, bool) or not isinstance(raw, int | str):
        raise ValueInvalid("value_type")
    return _text(fact, str(raw))


def _boolean(_fact: Fact, raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    if raw in ("true", "false"):
        return raw == "true"
    raise ValueInvalid("value_type")


def _number(_fact: Fact, raw: object) -> int | Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        raise ValueInvalid("value_type")
    try:
        number = Decimal(str(raw))
    except InvalidOperation:
        raise ValueInvalid("value_type") from None
    if not number.is_finite():
        raise ValueInvalid("value_type")
    if number.adjusted() >= _MAX_DIGITS or len(number.as_tuple().digits) > _MAX_DIGITS:
        raise ValueInvalid("value_too_large")
    if number.adjusted() < -_MAX_DIGITS and number != 0:
        raise ValueInvalid("value_too_large")
    # A whole number compares faster as an int, with int and Decimal facts alike.
    return int(number) if number == number.to_integral_value() else number


def _relative(raw: object) -> Relative | None:
    found = _RELATIVE.match(raw) if isinstance(raw, str) else None
    if found is None:
        return None
    anchor, sign, amount, unit = found.groups()
    if anchor == "today" and unit not in (None, "d"):
        raise ValueInvalid("value_type")
    offset = timedelta(**{_UNITS[unit]: int(amount)}) if unit else timedelta()
    return Relative(whole_day=anchor == "today", offset=-offset if sign == "-" else offset)


def _date(fact: Fact, raw: object) -> date | Relative:
    relative = _relative(raw)
    if relative is not None:
        if not relative.whole_day:
            raise ValueInvalid("value_type")
        return relative
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    try:
        return date.fromisoformat(_text(fact, raw))
    except ValueError:
        raise ValueInvalid("value_type") from None


def _datetime(fact: Fact, raw: object) -> datetime | Relative:
    relative = _relative(raw)
    if relative is not None:
        if relative.whole_day:
            raise ValueInvalid("value_type")
        return relative
    if isinstance(raw, datetime):
        moment = raw
    else:
        try:
            moment = datetime.fromisoformat(_text(fact, raw))
        except ValueError:
            raise ValueInvalid("value_type") from None
    if moment.tzinfo is None:
        raise ValueInvalid("datetime_without_zone")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueInvalid("value_type") from None


_READERS: Mapping[FactType, Callable[[Fact, object], object]] = {
    FactType.TEXT: _text,
    FactType.NUMBER: _number,
    FactType.MONEY: _number,
    FactType.DATE: _date,
    FactType.DATETIME: _datetime,
    FactType.BOOLEAN: _boolean,
    FactType.CHOICE: _choice,
    FactType.CHOICES: _choice,
    FactType.PERSON: _person,
}
