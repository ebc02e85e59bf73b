"""New records in bulk by COPY: registry, type's table, instance, visit and activity, in one go.

The same rows come about as by `desk.actions.create_record`, one statement a table instead of six a
record (measured: 14,600 rows/s against 500; docs/architecture.md). The caller has validated them
and holds the transaction.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Field

from closeloop.identity.actor import Actor
from closeloop.process.blueprints import Loaded
from closeloop.process.models import VisitKind
from closeloop.records.models import RecordRow
from closeloop.records.search import grams_of
from closeloop.records.types import RecordType

_REGISTRY = ("id", "type", "title", "owner_id", "unit_id", "created_by_id", "created_at", "grams")
_INSTANCE = (
    "record_id", "version_id", "stage", "entered_at", "moves", "outcome_reason",
    "waiting_reason", "is_opening", "opening_missing",
)  # fmt: skip
_VISIT = ("record_id", "stage", "kind", "entered_at", "entered_by_id", "reason")
_ENTRY = ("at", "verb", "actor_id", "actor_kind", "record_id", "record_type", "unit_id", "data")


@dataclass(frozen=True)
class Opening:
    """Where a record enters in the middle of its process, and what it lacks there."""

    stage: str
    entered_at: datetime
    outcome_reason: str
    missing: Sequence[Mapping[str, Any]]


@dataclass
class Fresh:
    """New records side by side: the same place in every list is the same record.

    `columns` are those of the type's own table, `extras` the user fields as JSON texts.
    """

    titles: Sequence[str]
    columns: Mapping[str, Sequence[Any]]
    owners: Sequence[int | None]
    units: Sequence[int | None]
    extras: Sequence[str] | None = None
    searched: Sequence[Sequence[str]] | None = None
    created_at: Sequence[datetime | None] | None = None
    openings: Mapping[int, Opening] = field(default_factory=dict)
    """By place; a record without one begins at the first stage."""
    notes: Sequence[Mapping[str, Any]] | None = None
    """What the entry of each creation says beside `via`."""


@dataclass(frozen=True)
class _Load:
    """New records with everything that all their rows share."""

    record_type: RecordType
    fresh: Fresh
    ids: list[int]
    moments: list[datetime]
    stages: list[str]
    entered: list[datetime]
    version: Loaded | None
    actor: Actor
    now: datetime
    via: str


def load(
    record_type: RecordType,
    fresh: Fresh,
    *,
    version: Loaded | None,
    actor: Actor,
    now: datetime,
    via: str,
) -> list[int]:
    """Write new records; gives their ids, in order."""
    ids = new_ids(len(fresh.titles))
    if not ids:
        return []
    moments = [moment or now for moment in fresh.created_at or [now] * len(ids)]
    stages = [version.blueprint.initial if version else ""] * len(ids)
    entered = list(moments)
    for place, opening in fresh.openings.items():
        stages[place], entered[place] = opening.stage, opening.entered_at
    it = _Load(record_type, fresh, ids, moments, stages, entered, version, actor, now, via)
    _copy("records_record", _REGISTRY, _registry_rows(it))
    own = _own_columns(it)
    _copy(record_type.table, list(own), zip(*own.values(), strict=True))
    if version is not None:
        _copy("process_instance", _INSTANCE, _instance_rows(it, version))
        _copy("process_visit", _VISIT, _visit_rows(it))
    _copy("activity_entry", _ENTRY, chain(_entries(it), _opening_entries(it)))
    return ids


def new_ids(count: int) -> list[int]:
    """So many ids of the registry, rising."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('records_record', 'id'))"
            " FROM generate_series(1, %s)",
            [count],
        )
        return [row[0] for row in cursor.fetchall()]


def _copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _registry_rows(it: _Load) -> Iterable[Sequence[Any]]:
    fresh, key, user_id = it.fresh, it.record_type.key, it.actor.user_id
    searched = fresh.searched or [()] * len(it.ids)
    for place, title in enumerate(fresh.titles):
        yield (
            it.ids[place], key, title, fresh.owners[place], fresh.units[place],
            user_id, it.moments[place], grams_of(title, *searched[place]),
        )  # fmt: skip


def _own_columns(it: _Load) -> dict[str, Sequence[Any]]:
    count, fresh = len(it.ids), it.fresh
    own: dict[str, Sequence[Any]] = dict(fresh.columns)
    if it.record_type.is_user_defined:
        own |= {"type_key": [it.record_type.key] * count, "name": fresh.titles}
    own |= {
        "id": it.ids,
        "owner_id": fresh.owners,
        "unit_id": fresh.units,
        "stage": it.stages,
        "stage_entered_at": it.entered if it.version else [None] * count,
        "is_opening": [place in fresh.openings for place in range(count)],
        "version": [1] * count,
        "extra": fresh.extras or ["{}"] * count,
        "created_at": it.moments,
        "updated_at": [it.now] * count,
        "last_activity_at": [it.now] * count,
    }
    return own | _defaults(it.record_type.model, own, count)


def _defaults(
    model: type[RecordRow], given: Mapping[str, Any], count: int
) -> dict[str, Sequence[Any]]:
    """The defaults that Django, not the database, gives to columns that nobody named."""
    return {
        str(each.column): [each.get_default()] * count
        for each in model._meta.concrete_fields
        if isinstance(each, Field) and each.column not in given and each.has_default()
    }


def _instance_rows(it: _Load, version: Loaded) -> Iterable[Sequence[Any]]:
    for place, record_id in enumerate(it.ids):
        opening = it.fresh.openings.get(place)
        yield (
            record_id, version.version_id, it.stages[place], it.entered[place], 0,
            opening.outcome_reason if opening else "", "", opening is not None,
            _json(opening.missing) if opening else "[]",
        )  # fmt: skip


def _visit_rows(it: _Load) -> Iterable[Sequence[Any]]:
    start, opening, user_id = VisitKind.START.value, VisitKind.OPENING.value, it.actor.user_id
    for place, record_id in enumerate(it.ids):
        kind = opening if place in it.fresh.openings else start
        yield record_id, it.stages[place], kind, it.entered[place], user_id, ""


def _entries(it: _Load) -> Iterable[Sequence[Any]]:
    verb, key = f"{it.record_type.key}.created", it.record_type.key
    user_id, kind = it.actor.user_id, it.actor.kind.value
    units, notes = it.fresh.units, it.fresh.notes or [{}] * len(it.ids)
    for place, record_id in enumerate(it.ids):
        data = json.dumps({"via": it.via, "stage": it.stages[place], **notes[place]})
        yield it.moments[place], verb, user_id, kind, record_id, key, units[place], data


def _opening_entries(it: _Load) -> Iterable[Sequence[Any]]:
    verb, key = f"{it.record_type.key}.opening_entered", it.record_type.key
    user_id, kind = it.actor.user_id, it.actor.kind.value
    number = it.version.number if it.version else 0
    for place, opening in it.fresh.openings.items():
        data = json.dumps({"to": opening.stage, "version": number, "missing": len(opening.missing)})
        yield it.now, verb, user_id, kind, it.ids[place], key, it.fresh.units[place], data


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder)
