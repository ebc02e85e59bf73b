"""The facts that approvals read of a record, for the conditions and the form of a flow."""

from collections.abc import Iterable, Mapping
from typing import Any

from closeloop.edge import statements
from closeloop.engine.facts import Unknown
from closeloop.fields import queries as fields
from closeloop.files import facts as files
from closeloop.records.types import FactSource, registry

NOT_PROVIDED = Unknown("fact_not_provided")


def read_facts(record_type: str, record_id: int | None, keys: Iterable[str]) -> dict[str, Any]:
    """What a record's facts are now; what nobody provides is unknown."""
    wanted = sorted(set(keys))
    found: dict[str, Any] = dict.fromkeys(wanted, NOT_PROVIDED)
    if record_id is None or not record_type:
        return found
    kind = registry.get(record_type)
    sources = {
        key: source for key in wanted if (source := _source_of(record_type, key)) is not None
    }
    if not sources:
        return found
    columns = ", ".join(statements.bound(each.sql, each.params) for each in sources.values())
    row = statements.row(f"SELECT {columns} FROM {kind.table} r WHERE r.id = %s", [record_id])
    if row is not None:
        found.update(zip(sources, row, strict=True))
    return found


def field_values(record_type: str, record_id: int, names: Iterable[str]) -> Mapping[str, Any]:
    """What stands in a record's fields, by field."""
    keys = [f"{fields.PREFIX}{name}" for name in names]
    found = read_facts(record_type, record_id, keys)
    return {key.removeprefix(fields.PREFIX): value for key, value in found.items()}


def _source_of(record_type: str, key: str) -> FactSource | None:
    own = registry.get(record_type).facts
    return fields.fact_source(record_type, key) or files.fact_source(key) or own(key)
