"""The records that belong to a record: contacts and deals of a customer, a deal's contacts, …"""

from typing import Any

from closeloop.desk import learnable, listing, presenting
from closeloop.desk.queries import visible_row
from closeloop.fields import queries as fields
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Access, Verb
from closeloop.records.types import RecordType, registry

MOST = 50


def related_to(type_key: str, record_id: int, *, actor: Actor) -> list[dict[str, Any]]:
    """Groups of records that name this one; for a record with a customer, that customer's too."""
    record_type = registry.get(type_key)
    row = visible_row(record_type, record_id, actor=actor, with_deleted=True)
    access = org.access_of(actor)
    groups = _naming(type_key, record_id, access, skip=None)
    for key, target in record_type.references.items():
        owner_id = getattr(row, record_type.columns[key])
        if owner_id is not None and record_type.parent_field == key:
            groups += _naming(target, owner_id, access, skip=record_id)
    return groups


def _naming(
    target: str, record_id: int, access: Access, *, skip: int | None
) -> list[dict[str, Any]]:
    groups = []
    for record_type in registry:
        if not access.reach(record_type.key, Verb.READ):
            continue
        for spec in fields.specs_of(record_type.key).values():
            is_told = learnable.is_told(record_type.key, spec.key, access)
            if spec.type == "record" and spec.target == target and is_told:
                group = _group(record_type, spec.key, record_id, access, skip)
                if group["items"]:
                    groups.append(group)
    return groups


def _group(
    record_type: RecordType, field: str, record_id: int, access: Access, skip: int | None
) -> dict[str, Any]:
    tree = {
        "combinator": "and",
        "rules": [{"field": field, "operator": "=", "value": record_id}],
    }
    ask = listing.Ask(filter=tree, limit=MOST, sort="-id")
    page = listing.list_page(record_type, ask, access)
    rows = [row for row in page.rows if row["id"] != skip]
    count, _ = listing.count_rows(record_type, ask, access)
    return {
        "type": record_type.key,
        "field": field,
        "items": presenting.present(record_type, rows, access),
        "count": count - (len(page.rows) - len(rows)),
    }
