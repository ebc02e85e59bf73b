"""Copying the books into the database: one COPY a table, then the sequences moved on."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Field

from closeloop.activity.models import Entry
from closeloop.demo.ledger.books import Books
from closeloop.demo.ledger.held import Held, Ids
from closeloop.fields import queries as fields
from closeloop.files.models import Attachment
from closeloop.leads.channels import actions as channels
from closeloop.process.models import ExceptionRequest, Instance, Tick, Visit
from closeloop.records import search
from closeloop.records.models import Comment, Mention, Record, RecordRow

_NUMBERED = (Record, Comment, Attachment, ExceptionRequest)
_RECORD = (
    "id", "type", "title", "owner_id", "unit_id", "created_by_id", "created_at", "grams",
)  # fmt: skip
_INSTANCE = (
    "record_id", "version_id", "stage", "entered_at", "moves", "outcome_reason", "waiting_reason",
    "waiting_since", "waited_s", "is_opening", "opening_missing",
)  # fmt: skip
_VISIT = ("record_id", "stage", "kind", "entered_at", "left_at", "entered_by_id", "reason")
_TICK = ("record_id", "item", "ticked_by_id", "ticked_at")
_COMMENT = ("id", "record_id", "author_id", "text", "created_at")
_MENTION = ("comment_id", "user_id", "seen_at")
_ATTACHMENT = (
    "id", "record_id", "kind", "name", "content_type", "format", "size", "sha256", "stored_as",
    "thumbnail_as", "width", "height", "taken", "uploaded_by_id", "uploaded_at",
)  # fmt: skip
_EXCEPTION = (
    "id", "record_id", "version_id", "from_stage", "to_stage", "items", "missing", "reason",
    "state", "requested_by_id", "requested_at", "decider_id", "decided_by_id", "decided_at", "note",
)  # fmt: skip
_ENTRY = ("at", "verb", "actor_id", "actor_kind", "record_id", "record_type", "unit_id", "data")


def first_ids() -> Ids:
    """The first free ids. Nobody else makes records until the transaction ends."""
    with connection.cursor() as cursor:
        for model in _NUMBERED:
            cursor.execute(f"LOCK TABLE {model._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
        found = []
        for model in _NUMBERED:
            cursor.execute(f"SELECT nextval({_sequence(model._meta.db_table)})")
            found.append(cursor.fetchone()[0])
    return Ids(*found)


def write(books: Books) -> None:
    """Copy everything that the books hold."""
    write_rows(books)
    write_history(books)


def write_rows(books: Books) -> None:
    """Copy everything but what was recorded."""
    records = [books.records[key] for key in sorted(books.records)]
    added = books.added
    copy_rows(Record._meta.db_table, _RECORD, (_registry_row(held) for held in records))
    for model in _models(records):
        own = [held for held in records if held.type.model is model]
        copy_rows(model._meta.db_table, *_type_rows(model, own))
    running = [held for held in records if held.loaded is not None]
    copy_rows(Instance._meta.db_table, _INSTANCE, (_instance_row(held) for held in running))
    copy_rows(Visit._meta.db_table, _VISIT, ([getattr(v, c) for c in _VISIT] for v in added.visits))
    copy_rows(Tick._meta.db_table, _TICK, added.ticks)
    copy_rows(Comment._meta.db_table, _COMMENT, added.comments)
    mentions = ([getattr(each, column) for column in _MENTION] for each in added.mentions)
    copy_rows(Mention._meta.db_table, _MENTION, mentions)
    copy_rows(Attachment._meta.db_table, _ATTACHMENT, added.attachments)
    copy_rows(ExceptionRequest._meta.db_table, _EXCEPTION, _exception_rows(books))
    _move_sequences(books)


def write_history(books: Books) -> None:
    """Copy what was recorded, and have leads know the stages and grades that it tells of."""
    write_entries(books)
    channels.recall_seen(from_id=books.first.record)


def write_entries(books: Books) -> None:
    """Copy what was recorded: timelines read by id, so that the order of ids is that of time."""
    entries = sorted(books.added.entries, key=lambda entry: entry[0])
    copy_rows(Entry._meta.db_table, _ENTRY, entries)


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Copy rows into a table's columns."""
    names = ", ".join(f'"{column}"' for column in columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _registry_row(held: Held) -> Sequence[Any]:
    title = title_of(held)
    searched = [str(held.values[key]) for key in held.type.search_fields if held.values.get(key)]
    return (
        held.id, held.type.key, title, held.owner_id, held.unit_id, held.created_by_id,
        held.created_at, search.grams_of(title, *searched),
    )  # fmt: skip


def title_of(held: Held) -> str:
    """What a record is called."""
    return str(held.values.get(held.type.title_field) or "—")


def _models(records: Sequence[Held]) -> list[type[RecordRow]]:
    found: dict[type[RecordRow], None] = {}
    for held in records:
        found[held.type.model] = None
    return list(found)


def _type_rows(
    model: type[RecordRow], records: Sequence[Held]
) -> tuple[list[str], Iterable[Sequence[Any]]]:
    columns = [each for each in model._meta.concrete_fields if isinstance(each, Field)]
    names = [each.column or "" for each in columns]
    defaults = [each.get_default() if each.has_default() else None for each in columns]
    return names, (_type_row(held, names, defaults) for held in records)


def _type_row(held: Held, names: Sequence[str], defaults: Sequence[Any]) -> Sequence[Any]:
    own = _columns(held)
    return [own.get(name, default) for name, default in zip(names, defaults, strict=True)]


def _columns(held: Held) -> dict[str, Any]:
    specs = fields.specs_of(held.type.key)
    own: dict[str, Any] = dict(held.columns)
    extra = {}
    for key, value in held.values.items():
        column = specs[key].column
        if column is not None:
            own[column] = value
        elif value is not None:
            extra[key] = value
    own |= {
        "id": held.id,
        "owner_id": held.owner_id,
        "unit_id": held.unit_id,
        "stage": held.stage,
        "stage_entered_at": held.stage_entered_at,
        "is_opening": held.opening_missing is not None,
        "version": held.version,
        "extra": json.dumps(extra),
        "created_at": held.created_at,
        "updated_at": held.updated_at,
        "last_activity_at": held.last_activity_at,
        "deleted_at": None,
    }
    if held.type.is_user_defined:
        own |= {"type_key": held.type.key, "name": title_of(held)}
    return own


def _instance_row(held: Held) -> Sequence[Any]:
    return (
        held.id, held.loaded and held.loaded.version_id, held.stage, held.stage_entered_at,
        held.moves, held.outcome_reason, held.waiting_reason, held.waiting_since,
        round(held.waited_s), held.opening_missing is not None, _json(held.opening_missing or []),
    )  # fmt: skip


def _exception_rows(books: Books) -> Iterable[Sequence[Any]]:
    for request in books.added.exceptions.values():
        row = {column: getattr(request, column) for column in _EXCEPTION}
        row |= {"items": _json(request.items), "missing": _json(request.missing)}
        yield list(row.values())


def _move_sequences(books: Books) -> None:
    added, first = books.added, books.first
    used = (
        (Record, first.record, len(books.records)),
        (Comment, first.comment, len(added.comments)),
        (Attachment, first.attachment, len(added.attachments)),
        (ExceptionRequest, first.exception, len(added.exceptions)),
    )
    with connection.cursor() as cursor:
        for model, start, count in used:
            if count:
                sequence = _sequence(model._meta.db_table)
                cursor.execute(f"SELECT setval({sequence}, %s)", [start + count - 1])


def _sequence(table: str) -> str:
    return f"pg_get_serial_sequence('{table}', 'id')"


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder)


def counts(books: Books) -> dict[str, int]:
    """How many records of each type, and rows beside them."""
    found: dict[str, int] = {}
    for held in books.records.values():
        found[held.type.key] = found.get(held.type.key, 0) + 1
    added = books.added
    return found | {
        "visits": len(added.visits),
        "ticks": len(added.ticks),
        "attachments": len(added.attachments),
        "comments": len(added.comments),
        "mentions": len(added.mentions),
        "exceptions": len(added.exceptions),
        "activity": len(added.entries),
    }
