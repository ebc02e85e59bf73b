"""The names behind the ids in rows: of people, units and records."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from closeloop.edge import revisions, statements
from closeloop.fields import queries as fields
from closeloop.fields.specs import FieldSpec
from closeloop.records.types import RecordType

_TABLES = {
    "person": "SELECT name FROM identity_user",
    "unit": "SELECT name FROM org_unit",
    "record": "SELECT title FROM records_record",
}
_BY_ID = """
    SELECT 'person', id, name FROM identity_user WHERE id = ANY(%s::bigint[])
    UNION ALL SELECT 'unit', id, name FROM org_unit WHERE id = ANY(%s::bigint[])
    UNION ALL SELECT 'record', id, title FROM records_record WHERE id = ANY(%s::bigint[])
"""


@dataclass(frozen=True)
class Names:
    """Display names by id, of people, units and records."""

    people: Mapping[int, str]
    units: Mapping[int, str]
    records: Mapping[int, str]


def value_in(spec: FieldSpec, row: Mapping[str, Any]) -> Any:
    """A field's value in a row, in the form in which lists give rows."""
    return row["extra"].get(spec.key) if spec.column is None else row[spec.column]


def names_in(record_type: RecordType, rows: Sequence[Mapping[str, Any]]) -> Names:
    """All names behind the ids of some rows, in one query."""
    ids: dict[str, set[Any]] = {"person": set(), "unit": set(), "record": set()}
    for link in _links(record_type):
        ids[link.kind].update(link.id_in(row) for row in rows)
    asked = [[key for key in each if key is not None] for each in ids.values()]
    found = statements.rows(_BY_ID, asked) if any(asked) else []
    return _gathered(found)


def beside(record_type: RecordType) -> tuple[str, ...]:
    """Expressions that read the names behind a row's ids, for a statement with the row as `r`."""
    return tuple(link.sql for link in _links(record_type))


def as_names(record_type: RecordType, row: Mapping[str, Any], values: Iterable[Any]) -> Names:
    """The names that were read beside a row."""
    pairs = zip(_links(record_type), values, strict=True)
    return _gathered((link.kind, link.id_in(row), name) for link, name in pairs)


@dataclass(frozen=True)
class _Link:
    """Something in a row that names a person, a unit or a record; `spec` where it is a field."""

    kind: str
    sql: str
    column: str = ""
    spec: FieldSpec | None = None

    def id_in(self, row: Mapping[str, Any]) -> Any:
        return row[self.column] if self.spec is None else value_in(self.spec, row)


def _links(record_type: RecordType) -> tuple[_Link, ...]:
    return _links_of(record_type.key, revisions.number(fields.REVISION))


@lru_cache(maxsize=64)
def _links_of(type_key: str, _revision: int) -> tuple[_Link, ...]:
    found = [
        _Link("person", _reading("person", "r.owner_id"), column="owner_id"),
        _Link("unit", _reading("unit", "r.unit_id"), column="unit_id"),
    ]
    for spec in fields.specs_of(type_key).values():
        if spec.type in ("person", "record"):
            source = fields.column_of(spec)
            place = statements.bound(source.sql, list(source.params))
            found.append(_Link(spec.type, _reading(spec.type, place), spec=spec))
    return tuple(found)


def _reading(kind: str, place: str) -> str:
    return f"({_TABLES[kind]} WHERE id = {place})"


def _gathered(found: Iterable[Sequence[Any]]) -> Names:
    names: dict[str, dict[int, str]] = {"person": {}, "unit": {}, "record": {}}
    for kind, key, name in found:
        if name is not None:
            names[kind][int(key)] = name
    return Names(people=names["person"], units=names["unit"], records=names["record"])
