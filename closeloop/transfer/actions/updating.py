"""Rows that change records which exist: many at once, or one by one where a gate is involved.

An empty cell leaves a value as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from psycopg.types.json import Jsonb

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.desk import actions as desk
from closeloop.desk import deriving, rows
from closeloop.desk.actions import MoveAsk
from closeloop.desk.deriving import Derived
from closeloop.edge import work
from closeloop.engine.refusals import Refusal
from closeloop.fields import values as canonical
from closeloop.fields.values import stored
from closeloop.identity.actor import Actor
from closeloop.org.access import Reach, Verb
from closeloop.records.models import RecordRow
from closeloop.records.search import grams_of
from closeloop.records.types import RecordType
from closeloop.transfer.columns import Pending
from closeloop.transfer.interpreting import Batch, Interpreter, Problem
from closeloop.transfer.plans import OUTCOME, OWNER, STAGE

VIA = "import"


@dataclass
class Change:
    """What one row changes of one record."""

    place: int
    row: RecordRow
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    derived: dict[str, Derived] = field(default_factory=dict)
    """What nobody gave, with what it was taken from; its values stand in `after` too."""


def apply(
    record_type: RecordType,
    interpreter: Interpreter,
    batch: Batch,
    known: Mapping[int, int],
    *,
    actor: Actor,
) -> tuple[list[Change], int]:
    """Change the records that rows name; gives the changes and how many rows changed nothing.

    Rows that may not change their record, or meet a lock, are refused in the batch.
    """
    locked = _locked(record_type, sorted(set(known.values())))
    reach = interpreter.setting.access.reach(record_type.key, Verb.EDIT)
    present = {pk: rows.values_of(record_type, row) for pk, row in locked.items()}
    plain: list[Change] = []
    one_by_one: list[Change] = []
    unchanged = 0
    for place, record_id in known.items():
        row = locked.get(record_id)
        if row is None or not _may_change(row, reach):
            batch.refuse(place, {"field": "", "code": "record_outside_reach"})
            continue
        change = _change(interpreter, batch, place, row, present[record_id])
        problems = interpreter.check_dependent(change.after, {**present[record_id], **change.after})
        for problem in problems:
            batch.refuse(place, problem)
        if problems:
            continue
        if _needs_gate(batch, place, row):
            one_by_one.append(change)
        elif change.after:
            present[record_id] = {**present[record_id], **change.after}
            plain.append(change)
        else:
            unchanged += 1
    write(record_type, plain, actor=actor, via=VIA)
    made = [change for change in one_by_one if _one(record_type, batch, change, actor=actor)]
    return [*plain, *made], unchanged


def write(record_type: RecordType, changes: Sequence[Change], *, actor: Actor, via: str) -> None:
    """Write changes of values, several of one record in their order, each with its entry."""
    final: dict[int, dict[str, Any]] = {}
    locked = {change.row.pk: change.row for change in changes}
    for change in changes:
        final.setdefault(change.row.pk, {}).update(change.after)
    for record_id, after in final.items():
        _write_row(record_type, locked[record_id], after)
    activity.record_all(
        [
            Happening(
                verb=f"{record_type.key}.changed",
                record_id=change.row.pk,
                record_type=record_type.key,
                unit_id=change.row.unit_id,
                data={
                    "via": via,
                    "version": change.row.version + 1,
                    "changes": {
                        key: [stored(change.before[key]), stored(value)]
                        for key, value in change.after.items()
                    },
                    **deriving.as_note(change.derived),
                },
            )
            for change in changes
        ],
        actor=actor,
    )


def problems_of(refusal: Refusal, *, field_key: str) -> list[Problem]:
    """A refusal as problems of a row."""
    errors = refusal.data.get("errors")
    if isinstance(errors, list):
        return [dict(error) for error in errors]
    return [{"field": field_key, "code": refusal.code, **refusal.data}]


def _change(
    interpreter: Interpreter, batch: Batch, place: int, row: RecordRow, present: Mapping[str, Any]
) -> Change:
    change = Change(place, row)
    for key in interpreter.fields:
        value = batch.value(key, place)
        if canonical.is_empty(value) or value.__class__ is Pending:
            continue
        if stored(value) != stored(present[key]):
            change.before[key], change.after[key] = present[key], value
    kind = interpreter.setting.record_type.key
    change.derived = deriving.of_changed(kind, present, change.after, given=change.after)
    for key, each in change.derived.items():
        change.before[key], change.after[key] = present[key], each.value
    return change


def _needs_gate(batch: Batch, place: int, row: RecordRow) -> bool:
    stage, owner = batch.value(STAGE, place), batch.value(OWNER, place)
    return (stage is not None and stage != row.stage) or (
        owner is not None and owner != row.owner_id
    )


def _one(record_type: RecordType, batch: Batch, change: Change, *, actor: Actor) -> bool:
    key, record_id, place = record_type.key, change.row.pk, change.place
    stage, owner = batch.value(STAGE, place), batch.value(OWNER, place)
    step = ""
    try:
        with transaction.atomic():
            given = {k: value for k, value in change.after.items() if k not in change.derived}
            if given:
                desk.change_record(
                    key, record_id, given, expected_version=None, actor=actor, via=VIA
                )
            if owner is not None and owner != change.row.owner_id:
                step = OWNER
                desk.assign_record(key, record_id, owner_id=owner, actor=actor, via=VIA)
            if stage is not None and stage != change.row.stage:
                step = STAGE
                outcome = batch.value(OUTCOME, place)
                ask = MoveAsk(to_stage=stage, via=VIA, outcome_reason=outcome)
                desk.move_record(key, record_id, ask, actor=actor)
    except Refusal as refusal:
        work.settle(refusal)
        for problem in problems_of(refusal, field_key=step):
            batch.refuse(place, problem)
        return False
    return True


def _write_row(record_type: RecordType, row: RecordRow, after: Mapping[str, Any]) -> None:
    parts = rows.split(record_type.key, after)
    columns: dict[str, Any] = dict(parts.columns)
    if parts.extra:
        kept = {**row.extra, **parts.extra}
        columns["extra"] = Jsonb({k: value for k, value in kept.items() if value is not None})
    if record_type.is_user_defined and record_type.title_field in after:
        columns["name"] = str(after[record_type.title_field])
    named = "".join(f'"{column}" = %s, ' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {record_type.table} SET {named}version = version + 1, updated_at = now(),"
            " last_activity_at = now() WHERE id = %s",
            [*columns.values(), row.pk],
        )
        if record_type.title_field in after or any(k in after for k in record_type.search_fields):
            values = {**rows.values_of(record_type, row), **after}
            title = rows.title_of(record_type, values)
            grams = grams_of(title, *rows.searched_in(record_type, values))
            cursor.execute(
                "UPDATE records_record SET title = %s, grams = %s WHERE id = %s",
                [title, grams, row.pk],
            )


def _locked(record_type: RecordType, ids: Sequence[int]) -> dict[int, RecordRow]:
    found: QuerySet[RecordRow] = record_type.model._default_manager.filter(
        pk__in=ids, deleted_at=None
    ).order_by("pk")
    return {row.pk: row for row in found.select_for_update(no_key=True)}


def _may_change(row: RecordRow, reach: Reach) -> bool:
    return reach.covers(owner_id=row.owner_id, unit_id=row.unit_id)
