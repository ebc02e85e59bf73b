"""Taking an import back: what it made goes, what it changed becomes what it was.

Batches are taken back last first, each in a transaction of its own, so a revert that is killed goes
on where it was. Records that others point at by now, and values that somebody has changed since,
stay and are counted.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import CASCADE, SET_NULL, ForeignObjectRel, Model
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.desk import rows
from closeloop.edge import revisions
from closeloop.fields import queries as fields
from closeloop.fields.specs import FieldSpec
from closeloop.fields.values import ValueProblem, cleaner_of, stored
from closeloop.identity.actor import Actor
from closeloop.records.models import Record
from closeloop.records.types import registry
from closeloop.transfer.actions import organisation, updating
from closeloop.transfer.actions.updating import Change
from closeloop.transfer.models import Import, ImportBatch, ImportState
from closeloop.transfer.plans import ORG

VIA = "import_revert"


def revert(import_id: int, *, actor: Actor) -> Import:
    """Take back every batch that is left; gives the import as it then stands."""
    revisions.refresh()
    while True:
        with transaction.atomic():
            job = Import.objects.select_for_update().get(pk=import_id)
            if job.state != ImportState.REVERTING:
                return job
            if job.record_type == ORG:
                return organisation.revert(job, actor=actor)
            batch = job.batches.filter(is_reverted=False).order_by("-first_row").first()
            if batch is None:
                return _finish(job, actor=actor)
            _take_back(job, batch, actor=actor)


def _finish(job: Import, *, actor: Actor) -> Import:
    made_beside = [each for batch in job.batches.order_by("-first_row") for each in batch.beside]
    ids = [each["id"] for each in reversed(made_beside)]
    removed = remove_records(ids)
    job.removed += len(removed)
    job.kept += Record.objects.filter(pk__in=ids).count()
    job.state = ImportState.REVERTED
    job.finished_at = timezone.now()
    job.save()
    activity.record(
        Happening(
            verb="import.reverted",
            record_type=job.record_type,
            data={
                "import_id": job.pk,
                "name": job.name,
                "removed": job.removed,
                "restored": job.restored,
                "kept": job.kept,
            },
        ),
        actor=actor,
    )
    return job


def _take_back(job: Import, batch: ImportBatch, *, actor: Actor) -> None:
    restored = _restore(job.record_type, batch.updated, actor=actor)
    removed = remove_records(batch.created_ids)
    job.restored += restored
    job.removed += len(removed)
    job.kept += Record.objects.filter(pk__in=batch.created_ids).count()
    job.kept += len(batch.updated) - restored
    job.save()
    batch.is_reverted = True
    batch.save(update_fields=["is_reverted"])


def remove_records(ids: Sequence[int]) -> set[int]:
    """Remove records with all that hangs on them; gives the ids of those that went.

    What another record points at stays. The history of the removed ones stays in the activity.
    """
    there = set(Record.objects.filter(pk__in=ids).values_list("pk", flat=True))
    gone = there - _held_by_others(there)
    _delete(Record, sorted(gone))
    return gone


def _held_by_others(ids: set[int]) -> set[int]:
    """Those that a record outside the set points at through a relation that forbids removal."""
    held: set[int] = set()
    while True:
        going = ids - held
        found = set()
        models: set[type[Model]] = {Record, *(each.model for each in registry)}
        for model in models:
            for relation in _relations(model):
                if _on_delete(relation) in (CASCADE, SET_NULL):
                    continue
                found |= _pointed_at(relation, going)
        if not found - held:
            return held
        held |= found


def _pointed_at(relation: ForeignObjectRel, going: set[int]) -> set[int]:
    table, column, key = _place(relation)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT {column} FROM {table} WHERE {column} = ANY(%s)"
            f" AND NOT {key} = ANY(%s)",
            [list(going), list(going)],
        )
        return {row[0] for row in cursor.fetchall()}


def _delete(model: type[Model], ids: Sequence[int]) -> None:
    """Delete rows and, first, whatever depends on them."""
    if not ids:
        return
    for relation in _relations(model):
        table, column, _ = _place(relation)
        if _on_delete(relation) is SET_NULL:
            _run(f"UPDATE {table} SET {column} = NULL WHERE {column} = ANY(%s)", ids)
        elif _on_delete(relation) is CASCADE:
            _delete(relation.related_model, _keys(relation, ids))
    _run(f"DELETE FROM {model._meta.db_table} WHERE {model._meta.pk.column} = ANY(%s)", ids)


def _keys(relation: ForeignObjectRel, ids: Sequence[int]) -> list[int]:
    table, column, key = _place(relation)
    if column == key:
        return list(ids)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key} FROM {table} WHERE {column} = ANY(%s)", [list(ids)])
        return [row[0] for row in cursor.fetchall()]


def _relations(model: type[Model]) -> Iterator[ForeignObjectRel]:
    for each in model._meta.get_fields(include_hidden=True):
        if isinstance(each, ForeignObjectRel) and each.concrete is False:
            yield each


def _place(relation: ForeignObjectRel) -> tuple[str, str, str]:
    """Table, column and primary key of the rows that point."""
    meta = relation.related_model._meta
    return meta.db_table, str(relation.field.column), str(meta.pk.column)


def _on_delete(relation: ForeignObjectRel) -> Any:
    return relation.on_delete


def _run(sql: str, ids: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(ids)])


def _restore(type_key: str, updated: Sequence[Mapping[str, Any]], *, actor: Actor) -> int:
    record_type = registry.get(type_key)
    specs = fields.specs_of(type_key)
    changes: list[Change] = []
    found = record_type.model._default_manager.select_for_update(no_key=True).in_bulk(
        [each["id"] for each in updated]
    )
    present = {pk: rows.values_of(record_type, row) for pk, row in found.items()}
    for each in reversed(updated):
        row = found.get(each["id"])
        if row is None:
            continue
        change = Change(place=0, row=row)
        for key, written in each["after"].items():
            if key in specs and stored(present[row.pk][key]) == written:
                change.before[key] = present[row.pk][key]
                change.after[key] = _canonical(specs[key], each["before"][key])
        present[row.pk] |= change.after
        if len(change.after) == len(each["after"]):
            changes.append(change)
    updating.write(record_type, changes, actor=actor, via=VIA)
    return len(changes)


def _canonical(spec: FieldSpec, value: Any) -> Any:
    try:
        return cleaner_of(spec)(value)
    except ValueProblem:
        return value
