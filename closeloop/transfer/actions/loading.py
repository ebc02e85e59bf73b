"""New records in bulk by COPY: registry, type's table, instance, visit and activity, in one go.

The same rows come about as by `desk.actions.create_record`, one statement a table instead of six a
record (measured: 14,600 rows/s against 500; docs/architecture.md). The caller has validated them
and holds the transaction.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import repeat
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

_SPECIAL = re.compile(r"[\\\t\n\r]").search
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Same(Sequence[Any]):
    """A column in which every record has the same value."""

    def __init__(self, value: Any, count: int) -> None:
        self._value = value
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, place: Any) -> Any:
        return self._value

    def __iter__(self) -> Iterator[Any]:
        return repeat(self._value, self._count)


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
    note: Mapping[str, Any] = field(default_factory=dict)
    """What the entry of each creation says beside `via` and stage."""
    rows: Sequence[int] | None = None
    """The row from which each one comes, where they come from a table."""
    beside: Sequence[str] | None = None
    """What each row's entry says beside all that: members of JSON, each after a comma."""


@dataclass(frozen=True)
class _Load:
    """New records with everything that all their rows share."""

    record_type: RecordType
    fresh: Fresh
    ids: list[int]
    moments: Sequence[datetime]
    stages: Sequence[str]
    entered: Sequence[datetime]
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
    moments: Sequence[datetime] = Same(now, len(ids))
    if fresh.created_at is not None:
        moments = [moment or now for moment in fresh.created_at]
    first = version.blueprint.initial if version else ""
    stages: Sequence[str] = Same(first, len(ids))
    entered: Sequence[datetime] = moments
    if fresh.openings:
        stages = [
            fresh.openings[p].stage if p in fresh.openings else first for p in range(len(ids))
        ]
        entered = [
            fresh.openings[p].entered_at if p in fresh.openings else moments[p]
            for p in range(len(ids))
        ]
    it = _Load(record_type, fresh, ids, moments, stages, entered, version, actor, now, via)
    _copy("records_record", _registry_columns(it))
    _copy(record_type.table, _own_columns(it))
    if version is not None:
        _copy("process_instance", _instance_columns(it, version))
        _copy("process_visit", _visit_columns(it))
    _copy("activity_entry", _entry_columns(it))
    if fresh.openings:
        _copy("activity_entry", _opening_columns(it))
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


def _copy(table: str, columns: Mapping[str, Sequence[Any]]) -> None:
    """Send whole columns: a text block at once costs a third of a call a row (measured)."""
    names = ", ".join(f'"{column}"' for column in columns)
    lines = map("\t".join, zip(*map(_texts, columns.values()), strict=True))
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy,
    ):
        copy.write("\n".join(lines) + "\n")


def _texts(column: Sequence[Any]) -> Iterable[str]:
    """A column in the text form of COPY; whole columns of numbers or plain texts go unchanged."""
    if column.__class__ is Same:
        return [_text(column[0])] * len(column) if column else []
    kinds = set(map(type, column))
    if kinds == {int}:
        return map(str, column)
    if kinds <= {str, type(None)} and not _SPECIAL("".join(filter(None, column))):
        return column if kinds == {str} else ["\\N" if each is None else each for each in column]
    return map(_text, column)


def _text(value: Any) -> str:
    """A value in the text form of COPY."""
    if value is None:
        return "\\N"
    if value.__class__ is str:
        return value.translate(_ESCAPES) if _SPECIAL(value) else value
    if value.__class__ is bool:
        return "t" if value else "f"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def _registry_columns(it: _Load) -> dict[str, Sequence[Any]]:
    fresh, count = it.fresh, len(it.ids)
    searched = fresh.searched or Same((), count)
    return {
        "id": it.ids,
        "type": Same(it.record_type.key, count),
        "title": fresh.titles,
        "owner_id": fresh.owners,
        "unit_id": fresh.units,
        "created_by_id": Same(it.actor.user_id, count),
        "created_at": it.moments,
        "grams": [
            _array(grams_of(title, *others))
            for title, others in zip(fresh.titles, searched, strict=True)
        ],
    }


def _array(words: list[str]) -> str:
    """Words as the text of an array; each is quoted, so that none is taken for NULL."""
    joined = '","'.join(words)
    if joined.count('"') > 2 * len(words) - 2 or "\\" in joined:
        joined = '","'.join(word.replace("\\", "\\\\").replace('"', '\\"') for word in words)
    return f'{{"{joined}"}}' if words else "{}"


def _own_columns(it: _Load) -> dict[str, Sequence[Any]]:
    count, fresh = len(it.ids), it.fresh
    own: dict[str, Sequence[Any]] = dict(fresh.columns)
    if it.record_type.is_user_defined:
        own |= {"type_key": Same(it.record_type.key, count), "name": fresh.titles}
    opened = [place in fresh.openings for place in range(count)]
    own |= {
        "id": it.ids,
        "owner_id": fresh.owners,
        "unit_id": fresh.units,
        "stage": it.stages,
        "stage_entered_at": it.entered if it.version else Same(None, count),
        "is_opening": opened if fresh.openings else Same(False, count),
        "version": Same(1, count),
        "extra": fresh.extras or Same("{}", count),
        "created_at": it.moments,
        "updated_at": Same(it.now, count),
        "last_activity_at": Same(it.now, count),
    }
    return own | _defaults(it.record_type.model, own, count)


def _defaults(
    model: type[RecordRow], given: Mapping[str, Any], count: int
) -> dict[str, Sequence[Any]]:
    """The defaults that Django, not the database, gives to columns that nobody named."""
    return {
        str(each.column): Same(each.get_default(), count)
        for each in model._meta.concrete_fields
        if isinstance(each, Field) and each.column not in given and each.has_default()
    }


def _instance_columns(it: _Load, version: Loaded) -> dict[str, Sequence[Any]]:
    count, openings = len(it.ids), [it.fresh.openings.get(place) for place in range(len(it.ids))]
    return {
        "record_id": it.ids,
        "version_id": Same(version.version_id, count),
        "stage": it.stages,
        "entered_at": it.entered,
        "moves": Same(0, count),
        "outcome_reason": [each.outcome_reason if each else "" for each in openings],
        "waiting_reason": Same("", count),
        "is_opening": [each is not None for each in openings],
        "opening_missing": [_json(each.missing) if each else "[]" for each in openings],
    }


def _visit_columns(it: _Load) -> dict[str, Sequence[Any]]:
    count = len(it.ids)
    start, opening = VisitKind.START.value, VisitKind.OPENING.value
    return {
        "record_id": it.ids,
        "stage": it.stages,
        "kind": [opening if place in it.fresh.openings else start for place in range(count)],
        "entered_at": it.entered,
        "entered_by_id": Same(it.actor.user_id, count),
        "reason": Same("", count),
    }


def _entry_columns(it: _Load) -> dict[str, Sequence[Any]]:
    stages = set(it.stages)
    heads = {s: _json({"via": it.via, "stage": s, **it.fresh.note})[:-1] for s in stages}
    rows = it.fresh.rows
    said = (
        [f"{heads[stage]}}}" for stage in it.stages]
        if rows is None
        else [
            f'{heads[s]}, "row": {row}{more}}}'
            for s, row, more in zip(
                it.stages, rows, it.fresh.beside or Same("", len(rows)), strict=True
            )
        ]
    )
    return _entries(it, it.ids, it.fresh.units, it.moments, "created", said)


def _opening_columns(it: _Load) -> dict[str, Sequence[Any]]:
    number = it.version.number if it.version else 0
    openings = it.fresh.openings
    said = [
        _json({"to": each.stage, "version": number, "missing": len(each.missing)})
        for each in openings.values()
    ]
    ids = [it.ids[place] for place in openings]
    units = [it.fresh.units[place] for place in openings]
    return _entries(it, ids, units, Same(it.now, len(ids)), "opening_entered", said)


def _entries(
    it: _Load,
    ids: Sequence[int],
    units: Sequence[int | None],
    moments: Sequence[datetime],
    *verb_and_data: Any,
) -> dict[str, Sequence[Any]]:
    verb, said = verb_and_data
    count = len(ids)
    return {
        "at": moments,
        "verb": Same(f"{it.record_type.key}.{verb}", count),
        "actor_id": Same(it.actor.user_id, count),
        "actor_kind": Same(it.actor.kind.value, count),
        "record_id": ids,
        "record_type": Same(it.record_type.key, count),
        "unit_id": units,
        "data": said,
    }


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder)
