"""Creating, changing, assigning, removing and restoring a record of any type."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.desk import deriving, errors, rows, validation
from closeloop.desk.actions.owning import set_owner, unit_of
from closeloop.desk.queries import holding, locked_row
from closeloop.edge.etags import EditConflict
from closeloop.fields.values import stored
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import NotAllowed, Verb
from closeloop.pool import rights as pool
from closeloop.process import actions as process
from closeloop.records import actions as records
from closeloop.records.actions import Registration
from closeloop.records.models import RecordRow
from closeloop.records.types import RecordType, registry


def create_record(
    type_key: str,
    raw: Mapping[str, Any],
    *,
    actor: Actor,
    via: str = "api",
    owner_id: int | None = None,
    unit_id: int | None = None,
) -> int:
    """Make a record; gives its id. It belongs to its maker's unit unless another owner is given.

    Raises NotAllowed, ValuesInvalid, OwnerInvalid, Duplicate.
    """
    record_type = registry.get(type_key)
    reach = org.access_of(actor).require(type_key, Verb.CREATE)
    values = validation.checked_values(type_key, raw, actor=actor, is_new=True)
    derived = deriving.of_new(type_key, values)
    values |= deriving.as_values(derived)
    owner = owner_id if owner_id is not None else actor.user_id
    unit = unit_id if unit_id is not None else unit_of(owner)
    if owner != actor.user_id and not reach.covers(owner_id=owner, unit_id=unit):
        raise NotAllowed({"permission": f"record:assign:{type_key}"})
    record_id = records.register(
        Registration(
            record_type=type_key,
            title=rows.title_of(record_type, values),
            owner_id=owner,
            unit_id=unit,
            searched=rows.searched_in(record_type, values),
        ),
        actor=actor,
    )
    _insert(record_type, record_id, values, owner=owner, unit=unit)
    stage = process.start(record_type, record_id, actor=actor)
    activity.record(
        Happening(
            verb=f"{type_key}.created",
            record_id=record_id,
            record_type=type_key,
            unit_id=unit,
            data={
                "via": via,
                "values": _as_data(values),
                "stage": stage,
                **deriving.as_note(derived),
            },
        ),
        actor=actor,
    )
    return record_id


def change_record(
    type_key: str,
    record_id: int,
    raw: Mapping[str, Any],
    *,
    expected_version: int | None,
    actor: Actor,
    via: str = "api",
) -> int:
    """Change some fields; gives the new version.

    Raises EditConflict with both values of each field that the actor may know when the record is
    not at the expected version any more, RecordNotFound, NotAllowed, ValuesInvalid, Duplicate.
    """
    record_type = registry.get(type_key)
    row = locked_row(record_type, record_id, actor=actor, verb=Verb.EDIT)
    present = rows.values_of(record_type, row)
    place = {"owner_id": row.owner_id, "unit_id": row.unit_id}
    untold = pool.untold_fields(type_key, org.access_of(actor), **place)
    told = {key: value for key, value in raw.items() if key not in untold}
    require_version(row, told, present, expected_version)
    values = validation.checked_values(
        type_key, raw, actor=actor, is_new=False, present=present, untold=untold
    )
    changed = {key: value for key, value in values.items() if stored(value) != stored(present[key])}
    if not changed:
        return row.version
    derived = deriving.of_changed(type_key, present, changed, given=raw)
    changed |= deriving.as_values(derived)
    _update(record_type, row, changed)
    after = {**present, **changed}
    if rows.title_of(record_type, after) != rows.title_of(record_type, present) or any(
        key in changed for key in record_type.search_fields
    ):
        records.retitle(
            record_id,
            title=rows.title_of(record_type, after),
            searched=rows.searched_in(record_type, after),
        )
    activity.record(
        Happening(
            verb=f"{type_key}.changed",
            record_id=record_id,
            record_type=type_key,
            unit_id=row.unit_id,
            data={
                "via": via,
                "version": row.version + 1,
                "changes": {
                    key: [stored(present[key]), stored(value)] for key, value in changed.items()
                },
                **deriving.as_note(derived),
            },
        ),
        actor=actor,
    )
    return row.version + 1


def assign_record(
    type_key: str,
    record_id: int,
    *,
    owner_id: int,
    expected_version: int | None = None,
    actor: Actor,
    via: str = "api",
) -> int:
    """Give a record to another owner, and so to that person's unit; gives the new version."""
    record_type = registry.get(type_key)
    row = locked_row(record_type, record_id, actor=actor, verb=Verb.ASSIGN)
    require_version(row, {"owner": owner_id}, {"owner": row.owner_id}, expected_version)
    unit_id = unit_of(owner_id)
    return set_owner(record_type, row, owner_id=owner_id, unit_id=unit_id, actor=actor, via=via)


def remove_record(
    type_key: str,
    record_id: int,
    *,
    expected_version: int | None = None,
    actor: Actor,
    via: str = "api",
    verb: Verb = Verb.DELETE,
) -> None:
    """Remove a record; it stays restorable and its history stays whole.

    `verb` is what the actor must be allowed; a merge asks for editing. Raises StillReferenced while
    other records that are not removed belong to it.
    """
    record_type = registry.get(type_key)
    row = locked_row(record_type, record_id, actor=actor, verb=verb, with_removed=True)
    if row.deleted_at is not None:
        return
    require_version(row, {}, {}, expected_version)
    held = holding(type_key, record_id)
    if held:
        raise errors.StillReferenced({"id": record_id, "held_by": held})
    _set_deleted(record_type, row, is_deleted=True, via=via, actor=actor)


def restore_record(
    type_key: str,
    record_id: int,
    *,
    actor: Actor,
    via: str = "api",
    verb: Verb = Verb.DELETE,
) -> None:
    """Bring a removed record back; `verb` is what the actor must be allowed."""
    record_type = registry.get(type_key)
    row = locked_row(record_type, record_id, actor=actor, verb=verb, with_removed=True)
    if row.deleted_at is None:
        raise errors.NotRemoved({"id": record_id})
    _set_deleted(record_type, row, is_deleted=False, via=via, actor=actor)


def require_version(
    row: RecordRow,
    raw: Mapping[str, Any],
    present: Mapping[str, Any],
    expected_version: int | None,
) -> None:
    """Raise EditConflict, with both values of each field, unless the row is at the version."""
    if expected_version is None or row.version == expected_version:
        return
    conflict = [
        {"field": key, "yours": stored(value), "theirs": stored(present.get(key))}
        for key, value in raw.items()
        if stored(value) != stored(present.get(key))
    ]
    raise EditConflict({"version": row.version, "conflict": conflict})


def _insert(
    record_type: RecordType,
    record_id: int,
    values: Mapping[str, Any],
    *,
    owner: int | None,
    unit: int | None,
) -> None:
    parts = rows.split(record_type.key, values)
    extra = {key: value for key, value in parts.extra.items() if value is not None}
    row = record_type.model(
        record_id=record_id, owner_id=owner, unit_id=unit, extra=extra, **parts.columns
    )
    if record_type.is_user_defined:
        row.type_key = record_type.key  # type: ignore[attr-defined]
        row.name = rows.title_of(record_type, values)  # type: ignore[attr-defined]
    _guard_unique(record_type, lambda: row.save(force_insert=True))


def _update(record_type: RecordType, row: RecordRow, changed: Mapping[str, Any]) -> None:
    parts = rows.split(record_type.key, changed)
    columns: dict[str, Any] = dict(parts.columns)
    if parts.extra:
        kept = {**row.extra, **parts.extra}
        columns["extra"] = {key: value for key, value in kept.items() if value is not None}
    if record_type.is_user_defined and record_type.title_field in changed:
        columns["name"] = str(changed[record_type.title_field])
    update = record_type.model._default_manager.filter(pk=row.pk).update
    _guard_unique(
        record_type,
        lambda: update(
            **columns, version=row.version + 1, updated_at=Now(), last_activity_at=Now()
        ),
    )


def _guard_unique(record_type: RecordType, write: Any) -> None:
    try:
        with transaction.atomic():
            write()
    except IntegrityError as error:
        constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
        if constraint.endswith("_once"):
            raise errors.Duplicate(
                {"constraint": constraint, "record_type": record_type.key}
            ) from error
        raise


def _set_deleted(
    record_type: RecordType, row: RecordRow, *, is_deleted: bool, via: str, actor: Actor
) -> None:
    record_type.model._default_manager.filter(pk=row.pk).update(
        deleted_at=Now() if is_deleted else None, version=row.version + 1, updated_at=Now()
    )
    records.set_deleted(row.pk, is_deleted=is_deleted)
    activity.record(
        Happening(
            verb=f"{record_type.key}.{'removed' if is_deleted else 'restored'}",
            record_id=row.pk,
            record_type=record_type.key,
            unit_id=row.unit_id,
            data={"via": via},
        ),
        actor=actor,
    )


def _as_data(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: stored(value) for key, value in values.items() if value is not None}
