"""Reading single records and saved views for a viewer."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from closeloop.desk import columns, errors
from closeloop.desk.models import SavedView
from closeloop.edge import statements
from closeloop.edge.etags import EditConflict
from closeloop.fields import queries as fields
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import NotAllowed, Verb
from closeloop.process import reading
from closeloop.records.models import RecordRow
from closeloop.records.queries import RecordNotFound, RecordRemoved
from closeloop.records.types import RecordType, registry


def visible_row(
    record_type: RecordType, record_id: int, *, actor: Actor, with_deleted: bool = False
) -> RecordRow:
    """A record's row that the actor may read; raises RecordNotFound."""
    return _row(record_type, record_id, actor, Verb.READ, with_deleted, is_locked=False)


def visible_columns(record_type: RecordType, record_id: int, *, actor: Actor) -> Mapping[str, Any]:
    """The same by column name, as lists give rows; removed records are found too."""
    row = columns.read_row(record_type, record_id)
    if row is None:
        raise RecordNotFound({"id": record_id})
    require_reach(
        record_type,
        record_id,
        owner_id=row["owner_id"],
        unit_id=row["unit_id"],
        actor=actor,
        verb=Verb.READ,
    )
    return row


def locked_row(
    record_type: RecordType, record_id: int, *, actor: Actor, verb: str, with_removed: bool = False
) -> RecordRow:
    """The same under the locks of its instance and its row, for a verb.

    Raises RecordNotFound where it may not be read, NotAllowed where only the verb is missing,
    RecordRemoved unless removed ones are asked for.
    """
    reading.lock_instance(record_type, record_id)
    row = _row(record_type, record_id, actor, verb, with_deleted=True, is_locked=True)
    if row.deleted_at is not None and not with_removed:
        raise RecordRemoved({"id": record_id})
    return row


def require_reach(
    record_type: RecordType,
    record_id: int,
    *,
    owner_id: int | None,
    unit_id: int | None,
    actor: Actor,
    verb: str,
) -> None:
    """Let pass whom a record of that owner and unit is within reach of.

    Raises RecordNotFound where it may not be read, NotAllowed where only the verb is missing.
    """
    access = org.access_of(actor)
    if not access.reach(record_type.key, Verb.READ).covers(owner_id=owner_id, unit_id=unit_id):
        raise RecordNotFound({"id": record_id})
    if verb != Verb.READ and not access.reach(record_type.key, verb).covers(
        owner_id=owner_id, unit_id=unit_id
    ):
        raise NotAllowed({"permission": f"record:{verb}:{record_type.key}"})


def _row(
    record_type: RecordType,
    record_id: int,
    actor: Actor,
    verb: str,
    with_deleted: bool,
    *,
    is_locked: bool,
) -> RecordRow:
    rows = record_type.model._default_manager.filter(pk=record_id)
    if record_type.is_user_defined:
        rows = rows.filter(record__type=record_type.key)
    if not with_deleted:
        rows = rows.filter(deleted_at=None)
    row = (rows.select_for_update(no_key=True) if is_locked else rows).first()
    if row is None:
        raise RecordNotFound({"id": record_id})
    require_reach(
        record_type, record_id, owner_id=row.owner_id, unit_id=row.unit_id, actor=actor, verb=verb
    )
    return row


def holding(target: str, record_id: int) -> dict[str, int]:
    """How many records, removed ones apart, name this one in a reference, by type."""
    found: dict[str, int] = {}
    for record_type in registry:
        for spec in fields.specs_of(record_type.key).values():
            if spec.type == "record" and spec.target == target:
                source = fields.column_of(spec)
                its_type = " AND r.type_key = %s" if record_type.is_user_defined else ""
                row = statements.row(
                    f"SELECT count(*) FROM {record_type.table} r"
                    f" WHERE {source.sql} = %s AND r.deleted_at IS NULL{its_type}",
                    [*source.params, record_id, *([record_type.key] if its_type else [])],
                )
                if row and row[0]:
                    found[record_type.key] = found.get(record_type.key, 0) + row[0]
    return found


def visible_view(view_id: int, *, actor: Actor) -> SavedView:
    """A view of one's own, or one shared with one; raises ViewNotFound."""
    view = SavedView.objects.filter(_shared_with(actor), pk=view_id).first()
    if view is None:
        raise errors.ViewNotFound({"id": view_id})
    return view


def visible_views(record_type: str | None, *, actor: Actor) -> list[SavedView]:
    """All views that the actor may use, pinned ones first."""
    rows = SavedView.objects.filter(_shared_with(actor)).select_related("owner")
    if record_type is not None:
        rows = rows.filter(record_type=record_type)
    found = rows.order_by("position", "pk")
    return sorted(found, key=lambda view: actor.user_id not in view.pinned_by)


def require_view_version(view: SavedView, expected: int | None) -> None:
    """Raise EditConflict unless the view is at the version."""
    if expected is not None and view.version != expected:
        raise EditConflict({"version": view.version, "conflict": []})


def _shared_with(actor: Actor) -> Q:
    home = org.access_of(actor).home_unit_id
    return (
        Q(owner_id=actor.user_id)
        | Q(visibility="everyone")
        | Q(visibility="unit", unit_id=home, unit_id__isnull=False)
    )
