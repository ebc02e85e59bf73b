"""Rows as a viewer sees them: values, masks, the names behind ids, what may be done."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from closeloop.desk import naming
from closeloop.desk.naming import Names
from closeloop.fields import queries as fields
from closeloop.fields import values as canonical
from closeloop.fields.models import FieldAccess
from closeloop.fields.specs import FieldSpec
from closeloop.org.access import Access, Verb
from closeloop.pool import rights as pool
from closeloop.records.models import RecordRow
from closeloop.records.types import RecordType
from closeloop.sla import presenting as badges
from closeloop.sla import queries as sla

Clocks = Mapping[int, sla.ClockBrief]
_ROW_VERBS = tuple(verb.value for verb in (Verb.EDIT, Verb.DELETE, Verb.MOVE, Verb.ASSIGN))
_HIDDEN, _MASKED = FieldAccess.HIDDEN.value, FieldAccess.MASKED.value


def as_dict(record_type: RecordType, row: RecordRow) -> dict[str, Any]:
    """A model row in the form in which lists give rows."""
    columns = {field.column for field in row._meta.concrete_fields if field.column}
    return {name: getattr(row, _attribute(row, name)) for name in columns}


def present(
    record_type: RecordType,
    rows: Sequence[Mapping[str, Any]],
    access: Access,
    *,
    names: Names | None = None,
    clocks: Clocks | None = None,
) -> list[dict[str, Any]]:
    """Rows as the API gives them; names and clocks that are not given are read in one query each.

    `clocks` are the nearest of the rows' clocks, by record.
    """
    specs = fields.specs_of(record_type.key)
    allowed = fields.access_to(record_type.key, access)
    known = names or naming.names_in(record_type, rows)
    if clocks is None:
        clocks = sla.nearest_of([row["id"] for row in rows], record_type=record_type.key)
    now = timezone.now()
    return [
        {
            **_identity(record_type, row, specs, known, now=now),
            **_values(row, specs, _as_pooled(record_type, row, allowed, access), known),
            "clock": badges.brief_row(clocks.get(row["id"])),
            "can": _can(record_type, row, access),
        }
        for row in rows
    ]


def _as_pooled(
    record_type: RecordType,
    row: Mapping[str, Any],
    allowed: Mapping[str, str],
    access: Access,
) -> Mapping[str, str]:
    """What the viewer may do with the fields of a row: what nobody owns hides its contact data."""
    place = {"owner_id": row["owner_id"], "unit_id": row["unit_id"]}
    covered = pool.masked_fields(record_type.key, access, **place)
    if not covered:
        return allowed
    return {
        key: FieldAccess.MASKED if key in covered and width != FieldAccess.HIDDEN else width
        for key, width in allowed.items()
    }


def _values(
    row: Mapping[str, Any],
    specs: Mapping[str, FieldSpec],
    allowed: Mapping[str, str],
    names: Names,
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    labels: dict[str, str] = {}
    masked: list[str] = []
    extra = row["extra"]
    for key, spec in specs.items():
        width = allowed[key]
        if width == _HIDDEN:
            continue
        value = extra.get(key) if spec.column is None else row[spec.column]
        if width == _MASKED:
            masked.append(key)
            values[key] = canonical.masked(spec, value)
            continue
        values[key] = value
        if value is not None and spec.type in ("person", "record"):
            known = names.people if spec.type == "person" else names.records
            labels[key] = known.get(int(value), "—")
    return {"values": values, "labels": labels, "masked": masked}


def _can(record_type: RecordType, row: Mapping[str, Any], access: Access) -> dict[str, bool]:
    place = {"owner_id": row["owner_id"], "unit_id": row["unit_id"]}
    return {verb: access.reach(record_type.key, verb).covers(**place) for verb in _ROW_VERBS}


def _identity(
    record_type: RecordType,
    row: Mapping[str, Any],
    specs: Mapping[str, FieldSpec],
    names: Names,
    *,
    now: datetime,
) -> dict[str, Any]:
    return {
        "id": row["id"],
        "type": record_type.key,
        "title": str(_title(record_type, specs, row)),
        "version": row["version"],
        "stage": row["stage"] or None,
        "stage_entered_at": row["stage_entered_at"],
        "days_in_stage": _days(row["stage_entered_at"], now),
        "owner": _named(row["owner_id"], names.people),
        "unit": _named(row["unit_id"], names.units),
        "opening": row["is_opening"],
        "created_at": row["created_at"],
        "updated_at": row["updated_at"],
        "last_activity_at": row["last_activity_at"],
        "deleted_at": row["deleted_at"],
    }


def _title(record_type: RecordType, specs: Mapping[str, FieldSpec], row: Mapping[str, Any]) -> Any:
    spec = specs.get(record_type.title_field)
    if spec is None:
        return "—"
    return naming.value_in(spec, row) or "—"


def _named(key: int | None, names: Mapping[int, str]) -> dict[str, Any] | None:
    return None if key is None else {"id": key, "name": names.get(key, "—")}


def _days(since: datetime | None, now: datetime) -> float | None:
    return None if since is None else round((now - since).total_seconds() / 86400, 1)


def _attribute(row: RecordRow, column: str) -> str:
    return "record_id" if column == "id" else column
