"""A batch of rows made real, inside the transaction of its caller."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.utils import timezone

from closeloop.desk import actions as desk
from closeloop.desk import deriving
from closeloop.desk.deriving import Derived, derivers
from closeloop.engine.refusals import Refusal
from closeloop.fields import actions as fields
from closeloop.fields import queries as field_queries
from closeloop.fields.specs import FieldSpec
from closeloop.fields.values import is_empty, stored
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.process import openings
from closeloop.records.types import RecordType, registry
from closeloop.transfer import judging
from closeloop.transfer.actions import loading, updating
from closeloop.transfer.actions.loading import Fresh, Opening, Same
from closeloop.transfer.actions.updating import VIA, Change
from closeloop.transfer.columns import Pending, ReferenceColumn
from closeloop.transfer.interpreting import Batch, Interpreter
from closeloop.transfer.lookups import AMBIGUOUS, Titles
from closeloop.transfer.models import Import, ImportBatch
from closeloop.transfer.plans import CREATED_AT, ENTERED_AT, OUTCOME, OWNER, STAGE, UNIT
from closeloop.transfer.tables import Row

_AS_JSON = DjangoJSONEncoder(ensure_ascii=False).encode
"""Chinese as it is: escaped, each row of it would need COPY's own escapes too (measured: 8 %)."""


def apply_rows(job: Import, rows: list[Row], interpreter: Interpreter, *, actor: Actor) -> None:
    """Create and change records as the rows say; the job's counts and a batch tell what became."""
    record_type = interpreter.setting.record_type
    interpreter.prepare(rows)
    beside = _make_missing(job, interpreter, actor=actor)
    batch = interpreter.read(rows)
    parted = judging.judge(interpreter, batch, match_on=job.match_on, policy=job.policy)
    _add_choices(record_type.key, interpreter, actor=actor)
    ids, opened = _create(job, interpreter, batch, parted.create, actor=actor)
    changes, unchanged = updating.apply(record_type, interpreter, batch, parted.update, actor=actor)
    _keep(
        job,
        first_row=rows[0][0],
        last_row=rows[-1][0],
        created_ids=_array(ids),
        created_rows=_array(batch.numbers[place] for place in parted.create),
        beside=_json(beside),
        updated=_json([_as_data(batch, change) for change in changes]),
        pending=_json(_pending(batch, parted.create, ids) + _pending_changes(batch, changes)),
        refused=_json(
            [
                {"row": batch.numbers[place], "problems": batch.problems[place]}
                for place in sorted(batch.problems)
            ]
        ),
    )
    job.created += len(ids)
    job.updated += len(changes)
    job.unchanged += unchanged
    job.opened += opened
    job.refused += len(batch.problems)
    job.made_beside += len(beside)


def _keep(job: Import, **columns: Any) -> None:
    """One batch's row; the arrays as text, which spares a call of the ORM for each number."""
    table = ImportBatch._meta.db_table
    names, marks = ", ".join(columns), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (job_id, is_reverted, {names}) VALUES (%s, false, {marks})",
            [job.pk, *columns.values()],
        )


def _array(numbers: Iterable[int]) -> str:
    return f"{{{','.join(map(str, numbers))}}}"


def _json(value: Any) -> str:
    return _AS_JSON(value)


def link_pending(job: Import, *, actor: Actor) -> None:
    """Set the references among the table's own rows, now that all rows are there."""
    pending = [each for batch in job.batches.order_by("pk") for each in batch.pending]
    specs = field_queries.specs_of(job.record_type)
    for key in sorted({each["field"] for each in pending}):
        spec = specs[key]
        titles = Titles(spec.target, org.access_of(actor))
        titles.prefetch({each["title"] for each in pending if each["field"] == key})
        for each in pending:
            target = titles.get(each["title"]) if each["field"] == key else None
            if target is not None and target not in (AMBIGUOUS, each["id"]):
                _set_reference(registry.get(job.record_type), spec, each["id"], target)


def _create(
    job: Import, interpreter: Interpreter, batch: Batch, places: Sequence[int], *, actor: Actor
) -> tuple[list[int], int]:
    setting = interpreter.setting
    now = timezone.now()
    found_openings = {
        at: opening
        for at, place in enumerate(places)
        if (opening := _opening(interpreter, batch, place, now)) is not None
    }
    titles, columns, extras, searched = _own_values(interpreter, batch, places)
    fresh = Fresh(
        titles=titles,
        columns=columns,
        extras=extras,
        searched=searched,
        owners=_chosen(batch, OWNER, places, setting.owner_id),
        units=_chosen(batch, UNIT, places, setting.unit_id),
        created_at=_chosen(batch, CREATED_AT, places, None) if CREATED_AT in batch.values else None,
        openings=found_openings,
        note={"import_id": job.pk},
        rows=[batch.numbers[place] for place in places],
        beside=_derived_notes(interpreter, batch, places) if batch.derived else None,
    )
    ids = loading.load(
        setting.record_type, fresh, version=setting.company.version, actor=actor, now=now, via=VIA
    )
    return ids, len(found_openings)


def _own_values(
    interpreter: Interpreter, batch: Batch, places: Sequence[int]
) -> tuple[list[str], dict[str, list[Any]], list[str] | None, list[tuple[str, ...]] | None]:
    """Titles, columns, user fields and searched texts of the new records."""
    setting = interpreter.setting
    record_type = setting.record_type
    chosen = {
        key: [
            None if value.__class__ is Pending else value
            for value in _chosen(batch, key, places, None)
        ]
        for key in interpreter.fields
    }
    columns = {
        setting.specs[key].column: values
        for key, values in chosen.items()
        if setting.specs[key].column is not None
    }
    user_keys = [key for key in chosen if setting.specs[key].column is None]
    extras = None
    if user_keys:
        extras = _as_extras(user_keys, [chosen[key] for key in user_keys])
    titles = [str(title or "—") for title in chosen.get(record_type.title_field, [])]
    searched_keys = [key for key in record_type.search_fields if key in chosen]
    searched = None
    if searched_keys:
        searched = [
            tuple(str(value) for value in row if value)
            for row in zip(*(chosen[key] for key in searched_keys), strict=True)
        ]
    return titles, {str(key): values for key, values in columns.items()}, extras, searched


def _as_extras(keys: Sequence[str], columns: Sequence[Sequence[Any]]) -> list[str]:
    """User fields as JSON texts; a single field of few different texts is written once for each."""
    if len(keys) == 1 and set(map(type, columns[0])) <= {str, type(None)}:
        once = {value: _json({keys[0]: value}) for value in set(columns[0])}
        once[None] = "{}"
        return [once[value] for value in columns[0]]
    return [
        _json({k: stored(v) for k, v in zip(keys, row, strict=True) if v is not None})
        for row in zip(*columns, strict=True)
    ]


def _derived_notes(interpreter: Interpreter, batch: Batch, places: Sequence[int]) -> Sequence[str]:
    """What the entry of each creation says of a derived value; few differ, so each is told once."""
    deriver = derivers.of(interpreter.setting.record_type.key)
    if deriver is None:
        return Same("", len(places))
    said = {
        each: f", {_json(deriving.as_note({deriver.field: each}))[1:-1]}"
        for each in set(batch.derived.values())
    }
    none = Derived("", "")
    return [said.get(batch.derived.get(place, none), "") for place in places]


def _opening(interpreter: Interpreter, batch: Batch, place: int, now: datetime) -> Opening | None:
    company = interpreter.setting.company
    stage = batch.value(STAGE, place)
    if company.version is None or stage is None or stage == company.initial:
        return None
    given = {
        f"field.{key}": value
        for key, value in batch.row(place, interpreter.fields).items()
        if not is_empty(value) and value.__class__ is not Pending
    }
    return Opening(
        stage=stage,
        entered_at=batch.value(ENTERED_AT, place) or batch.value(CREATED_AT, place) or now,
        outcome_reason=batch.value(OUTCOME, place) or "",
        missing=openings.missing_of_facts(company.version, stage, given),
    )


def _make_missing(job: Import, interpreter: Interpreter, *, actor: Actor) -> list[dict[str, Any]]:
    """Make the records that rows name and that do not exist; gives them in order."""
    made: list[dict[str, Any]] = []
    by_target = {column.target: column for column in interpreter.references}
    for target, titles in interpreter.fresh.records.items():
        column = by_target[target]
        for title in titles:
            record_id = _make(job, interpreter, column, title, actor=actor)
            if record_id is not None:
                made.append({"type": column.titles.record_type.key, "id": record_id})
                for other in by_target.values():
                    if other.titles.record_type.key == column.titles.record_type.key:
                        other.titles.add(title, record_id)
    return made


def _make(
    job: Import, interpreter: Interpreter, column: ReferenceColumn, title: str, *, actor: Actor
) -> int | None:
    if column.titles.get(title) is not None:
        return None
    raw = {
        key: value.replace("{title}", title) if isinstance(value, str) else value
        for key, value in (column.missing_values or {}).items()
    }
    record_type = column.titles.record_type
    try:
        with transaction.atomic():
            return desk.create_record(
                record_type.key,
                {record_type.title_field: title, **raw},
                actor=actor,
                via=VIA,
                owner_id=interpreter.setting.owner_id,
                unit_id=interpreter.setting.unit_id,
            )
    except Refusal as refusal:
        problems = updating.problems_of(refusal, field_key="")
        why = "; ".join(f"{problem.get('field', '')} {problem['code']}" for problem in problems)
        column.reject(title, why.strip())
        return None


def _add_choices(record_type: str, interpreter: Interpreter, *, actor: Actor) -> None:
    for field_key, labels in interpreter.fresh.choices.items():
        choices = [
            {"key": key, "name": {"zh-CN": label, "en-US": label}} for key, label in labels.items()
        ]
        fields.add_choice(record_type, field_key, choices, actor=actor)
    interpreter.fresh.choices.clear()


def _chosen(batch: Batch, target: str, places: Sequence[int], missing: Any) -> Sequence[Any]:
    column = batch.values.get(target)
    if column is None:
        return Same(missing, len(places))
    return column if len(places) == len(column) else [column[place] for place in places]


def _pending(batch: Batch, places: Sequence[int], ids: Sequence[int]) -> list[dict[str, Any]]:
    return [
        {"id": record_id, "field": key, "title": column[place].title}
        for key, column in batch.values.items()
        for place, record_id in zip(places, ids, strict=True)
        if column[place].__class__ is Pending
    ]


def _pending_changes(batch: Batch, changes: Sequence[Change]) -> list[dict[str, Any]]:
    return _pending(
        batch, [change.place for change in changes], [change.row.pk for change in changes]
    )


def _as_data(batch: Batch, change: Change) -> Mapping[str, Any]:
    return {
        "row": batch.numbers[change.place],
        "id": change.row.pk,
        "before": {key: stored(value) for key, value in change.before.items()},
        "after": {key: stored(value) for key, value in change.after.items()},
    }


def _set_reference(record_type: RecordType, spec: FieldSpec, record_id: int, target: int) -> None:
    with connection.cursor() as cursor:
        if spec.column is not None:
            cursor.execute(
                f"UPDATE {record_type.table} SET {spec.column} = %s WHERE id = %s",
                [target, record_id],
            )
        else:
            cursor.execute(
                f"UPDATE {record_type.table} SET extra = extra || jsonb_build_object(%s, %s)"
                " WHERE id = %s",
                [spec.key, target, record_id],
            )
