"""What a record tells about the situation: its stage, and what its fields say of each facet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from closeloop.desk import queries as desk
from closeloop.desk import rows
from closeloop.fields import queries as fields
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.playbooks import facets
from closeloop.playbooks.content import STAGE
from closeloop.records import queries as records
from closeloop.records.models import Record
from closeloop.records.queries import RecordNotFound
from closeloop.records.types import registry


@dataclass(frozen=True)
class Context:
    """Tags of a situation by facet, and names in it that a service outside must not learn."""

    tags: Mapping[str, list[str]]
    record: Record | None = None
    names: tuple[str, ...] = field(default=(), repr=False)


def context_of(record: Record, *, actor: Actor) -> Context:
    """What a record and those that it points at tell, as far as the viewer may read them.

    A field of a record further away counts where the record itself does not say it.
    """
    tags: dict[str, list[str]] = {}
    names = [record.title]
    held = {record.type: _values(record.type, record.pk, actor)}
    for type_key, target in registry.get(record.type).references.items():
        other = held[record.type].get(type_key)
        if isinstance(other, int) and target not in held:
            found = _reachable(other, actor)
            if found is not None:
                held[target] = _values(target, other, actor)
                names.append(found.title)
    stage = held[record.type].get("__stage")
    if stage:
        tags[STAGE] = [facets.stage_tag(record.type, stage)]
    for facet in facets.facets():
        values = [
            value
            for record_type, key in facet.sources
            for value in _listed(held.get(record_type, {}).get(key))
        ]
        kept = [value for value in dict.fromkeys(values) if value in facet.values]
        if kept:
            tags[facet.key] = kept
    return Context(tags, record, tuple(dict.fromkeys(each for each in names if each)))


def _reachable(record_id: int, actor: Actor) -> Record | None:
    try:
        return records.visible_record(record_id, actor=actor)
    except RecordNotFound:
        return None


def _values(type_key: str, record_id: int, actor: Actor) -> dict[str, Any]:
    """A row's values by field that the viewer may know, with its stage."""
    record_type = registry.get(type_key)
    row = desk.visible_row(record_type, record_id, actor=actor)
    hidden = fields.hidden_from(type_key, org.access_of(actor))
    values = rows.values_of(record_type, row)
    told = {key: value for key, value in values.items() if key not in hidden}
    return {**told, "__stage": row.stage}


def _listed(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
