"""A record's row as values by field key, and values as columns and user fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from closeloop.fields import queries as fields
from closeloop.fields import values as canonical
from closeloop.fields.specs import FieldSpec
from closeloop.records.models import RecordRow
from closeloop.records.types import RecordType


@dataclass
class Split:
    """Values by where they lie."""

    columns: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)


def split(record_type: str, values: Mapping[str, Any]) -> Split:
    """Values by column name and by user-field key."""
    specs = fields.specs_of(record_type)
    found = Split()
    for key, value in values.items():
        column = specs[key].column
        if column is None:
            found.extra[key] = canonical.stored(value)
        else:
            found.columns[column] = value
    return found


def values_of(record_type: RecordType, row: RecordRow) -> dict[str, Any]:
    """A row's values by field key, in canonical form (user fields as stored in JSON)."""
    return {key: value_in(spec, row) for key, spec in fields.specs_of(record_type.key).items()}


def value_in(spec: FieldSpec, row: RecordRow) -> Any:
    """One field's value in a row."""
    if spec.column is None:
        return row.extra.get(spec.key)
    return getattr(row, spec.column)


def title_of(record_type: RecordType, values: Mapping[str, Any]) -> str:
    """What the record is called in search and references."""
    return str(values.get(record_type.title_field) or "—")


def searched_in(record_type: RecordType, values: Mapping[str, Any]) -> tuple[str, ...]:
    """The other texts by which it is found."""
    return tuple(str(values[key]) for key in record_type.search_fields if values.get(key))
