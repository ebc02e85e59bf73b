"""Values of the engine as JSON data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum

from closeloop.engine.facts import Unknown


def to_data(value: object) -> object:
    """Give `value` as JSON data: decimals and dates as strings, sets sorted, unknown as None."""
    if isinstance(value, Mapping):
        return {str(key): to_data(each) for key, each in value.items()}
    if isinstance(value, set | frozenset):
        return [to_data(each) for each in sorted(value, key=str)]
    if isinstance(value, list | tuple):
        return [to_data(each) for each in value]
    return _scalar(value)


def _scalar(value: object) -> object:
    if value is None or isinstance(value, Unknown):
        return None
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)
