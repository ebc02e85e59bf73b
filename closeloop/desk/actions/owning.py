"""Who a record belongs to: written in one place, for whoever decides it."""

from django.db.models.functions import Now

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.desk import errors
from closeloop.desk.queries import locked_row
from closeloop.identity.actor import SYSTEM, Actor
from closeloop.identity.models import User
from closeloop.org import queries as org
from closeloop.org.access import Verb
from closeloop.records import actions as records
from closeloop.records.models import RecordRow
from closeloop.records.types import RecordType, registry


def give_record(
    type_key: str,
    record_id: int,
    *,
    owner_id: int | None,
    unit_id: int | None = None,
    actor: Actor,
    via: str,
) -> int:
    """Give a record to somebody, or to nobody, whatever the actor may do; gives the new version.

    For rules that decide who gets it (routing, the pool). Without an owner it belongs to the unit
    named; with one, to that person's. Raises RecordNotFound, RecordRemoved, OwnerInvalid.
    """
    record_type = registry.get(type_key)
    row = locked_row(record_type, record_id, actor=SYSTEM, verb=Verb.ASSIGN)
    unit = unit_id if owner_id is None else unit_of(owner_id)
    return set_owner(record_type, row, owner_id=owner_id, unit_id=unit, actor=actor, via=via)


def set_owner(
    record_type: RecordType,
    row: RecordRow,
    *,
    owner_id: int | None,
    unit_id: int | None,
    actor: Actor,
    via: str,
) -> int:
    """Write owner and unit of a locked row, in the registry too; gives the new version."""
    if row.owner_id == owner_id and row.unit_id == unit_id:
        return row.version
    record_type.model._default_manager.filter(pk=row.pk).update(
        owner_id=owner_id,
        unit_id=unit_id,
        version=row.version + 1,
        updated_at=Now(),
        last_activity_at=Now(),
    )
    records.reassign(row.pk, owner_id=owner_id, unit_id=unit_id)
    activity.record(
        Happening(
            verb=f"{record_type.key}.assigned",
            record_id=row.pk,
            record_type=record_type.key,
            unit_id=unit_id,
            data={
                "via": via,
                "from_owner": row.owner_id,
                "to_owner": owner_id,
                "from_unit": row.unit_id,
                "to_unit": unit_id,
                "version": row.version + 1,
            },
        ),
        actor=actor,
    )
    return row.version + 1


def unit_of(owner_id: int | None) -> int | None:
    """The unit of an owner; raises OwnerInvalid where nobody can own records by that id."""
    if owner_id is None:
        return None
    unit_id = org.home_unit_of(owner_id)
    if unit_id is None or not User.objects.filter(pk=owner_id, is_active=True).exists():
        raise errors.OwnerInvalid({"owner": owner_id})
    return unit_id
