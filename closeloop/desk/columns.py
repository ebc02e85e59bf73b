"""The columns of records' rows, as lists, boards and pages read them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from closeloop.edge import statements
from closeloop.records.types import RecordType

_OF_ANY = (
    "id", "owner_id", "unit_id", "stage", "stage_entered_at", "is_opening", "version", "extra",
    "created_at", "updated_at", "last_activity_at", "deleted_at",
)  # fmt: skip


def names_of(record_type: RecordType) -> list[str]:
    """The names of the columns, those that every type has first."""
    return list(dict.fromkeys([*_OF_ANY, *record_type.columns.values()]))


def selected(record_type: RecordType) -> str:
    """The columns as a SELECT list over the alias `r`."""
    return ", ".join(f"r.{name}" for name in names_of(record_type))


def as_row(names: Sequence[str], values: Sequence[Any]) -> dict[str, Any]:
    """A row by column name; user fields as a mapping."""
    return with_extra(dict(zip(names, values, strict=True)))


def with_extra(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row whose user fields are a mapping; Django's cursors give them as text."""
    extra = row["extra"]
    return {**row, "extra": json.loads(extra) if isinstance(extra, str) else extra}


def read_row(record_type: RecordType, record_id: int) -> dict[str, Any] | None:
    """One record's row, removed ones too, or None."""
    its_type = " AND r.type_key = %s" if record_type.is_user_defined else ""
    values = statements.row(
        f"SELECT {selected(record_type)} FROM {record_type.table} r WHERE r.id = %s{its_type}",
        [record_id, *([record_type.key] if record_type.is_user_defined else [])],
    )
    return None if values is None else as_row(names_of(record_type), values)


def read_rows(record_type: RecordType, record_ids: Sequence[int]) -> list[dict[str, Any]]:
    """The rows of these records, in this order; whoever asks has looked at their reach."""
    found = statements.rows(
        f"SELECT {selected(record_type)} FROM {record_type.table} r WHERE r.id = ANY(%s)"
        " ORDER BY array_position(%s, r.id)",
        [list(record_ids), list(record_ids)],
    )
    return [as_row(names_of(record_type), values) for values in found]
