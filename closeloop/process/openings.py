"""What an opening entry lacks: the items of every gate on the way to its stage."""

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.utils import timezone

from closeloop.engine import stages
from closeloop.process import facts
from closeloop.process.blueprints import Loaded
from closeloop.records.types import RecordType


def missing_of_record(
    record_type: RecordType, record_id: int, *, version: Loaded, stage: str
) -> list[dict[str, object]]:
    """The items that a stored record lacks for having come to this stage, in gate order."""
    items = version.compiled.path_items[stage]
    keys = {key for item in items for key in item.fact_keys}
    selection = facts.select(record_type, keys)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT r.id{selection.sql} FROM {record_type.table} r WHERE r.id = %s",
            [*selection.params, record_id],
        )
        row = cursor.fetchone()
    return missing_of_facts(version, stage, selection.facts(keys, row[1:]))


def missing_of_facts(
    version: Loaded, stage: str, given: Mapping[str, Any]
) -> list[dict[str, object]]:
    """The same for facts that are not stored yet (an import's row), without a query.

    Facts that are not given count as absent: no file, no tick, no contact.
    """
    items = version.compiled.path_items[stage]
    assumed = {key: _absent(key) for item in items for key in item.fact_keys}
    missing = stages.find_missing(
        version.blueprint, items, {**assumed, **given}, now=timezone.localtime()
    )
    return [item.as_data() for item in missing]


def _absent(key: str) -> Any:
    if key.startswith("document.count:") or key.startswith("contacts."):
        return 0
    return False if key.startswith("checklist.ticked:") else None
