"""Changing the tree of units and its closure."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.org import queries
from closeloop.org.actions import changes
from closeloop.org.errors import UnitBelowItself, UnitInUse, UnitNameTaken, UnitNotFound
from closeloop.org.models import Unit

CHANGEABLE = ("parent_id", "name", "code", "head_id", "position", "is_active")


def create_unit(
    *,
    name: str,
    actor: Actor,
    parent_id: int | None = None,
    code: str = "",
    head_id: int | None = None,
    position: int = 0,
) -> Unit:
    """Add a unit below another, or a top one; raises UnitNotFound and UnitNameTaken."""
    changes.take_turn()
    if parent_id is not None:
        _find(parent_id)
    unit = Unit(parent_id=parent_id, name=name, code=code, position=position)
    unit.head = _head(head_id)
    _save(unit)
    with connection.cursor() as cursor:
        cursor.execute(_JOIN_NEW_SQL, [unit.pk, parent_id, unit.pk])
    changes.record(
        "unit.created", {"unit_id": unit.pk, "name": name, "parent_id": parent_id},
        actor=actor, unit_id=unit.pk,
    )  # fmt: skip
    return unit


def change_unit(
    unit_id: int, *, wanted: Mapping[str, Any], actor: Actor, version: int | None = None
) -> Unit:
    """Change a unit (CHANGEABLE), its place in the tree included.

    Raises UnitNotFound, UnitNameTaken, UnitBelowItself and EditConflict.
    """
    changes.take_turn()
    unit = _find(unit_id)
    before = {field: getattr(unit, field) for field in CHANGEABLE}
    changed = changes.differing(before, wanted)
    changes.check_version(unit.version, version, before=before, changed=changed)
    if not changed:
        return unit
    if "head_id" in changed:
        _head(changed["head_id"])
    if changed.get("parent_id") is not None:
        _find(changed["parent_id"])
        if changed["parent_id"] in queries.subtree_ids(unit_id):
            raise UnitBelowItself({"unit_id": unit_id, "parent_id": changed["parent_id"]})
    for field, value in changed.items():
        setattr(unit, field, value)
    unit.version += 1
    _save(unit)
    if "parent_id" in changed:
        _hang(unit_id, parent_id=changed["parent_id"])
    changes.record(
        "unit.moved" if "parent_id" in changed else "unit.changed",
        {"unit_id": unit_id, "name": unit.name, "changes": changes.pairs(before, changed)},
        actor=actor,
        unit_id=unit_id,
    )
    return unit


def move_unit(unit_id: int, *, parent_id: int | None, actor: Actor) -> Unit:
    """Hang a unit with all below it elsewhere; raises UnitNotFound and UnitBelowItself."""
    return change_unit(unit_id, wanted={"parent_id": parent_id}, actor=actor)


def delete_unit(unit_id: int, *, actor: Actor, version: int | None = None) -> None:
    """Remove a unit on which nothing hangs; raises UnitNotFound, UnitInUse and EditConflict."""
    changes.take_turn()
    unit = _find(unit_id)
    changes.check_version(unit.version, version, before={}, changed={})
    try:
        with transaction.atomic():
            unit.delete()
            _check_constraints_now()
    except ProtectedError as held:
        holders = sorted({type(row)._meta.model_name or "" for row in held.protected_objects})
        raise UnitInUse({"name": unit.name, "holders": holders}) from None
    except IntegrityError:
        raise UnitInUse({"name": unit.name, "holders": []}) from None
    changes.record(
        "unit.deleted", {"unit_id": unit_id, "name": unit.name, "parent_id": unit.parent_id},
        actor=actor,
    )  # fmt: skip


def rebuild_closure() -> None:
    """Compute the closure anew from the parents, for units that were loaded in bulk."""
    changes.take_turn()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM org_unitclosure")
        cursor.execute(f"{_INSERT_CLOSURE} {queries.CLOSURE_SQL}")


def _find(unit_id: int) -> Unit:
    unit = Unit.objects.select_for_update().filter(pk=unit_id).first()
    if unit is None:
        raise UnitNotFound({"unit_id": unit_id})
    return unit


def _head(user_id: int | None) -> User | None:
    return queries.active_user(user_id) if user_id is not None else None


def _save(unit: Unit) -> None:
    try:
        with transaction.atomic():
            unit.save()
    except IntegrityError:
        same = Unit.objects.filter(parent_id=unit.parent_id, name=unit.name).exclude(pk=unit.pk)
        if not same.exists():
            raise
        raise UnitNameTaken(
            {"name": unit.name, "errors": [{"field": "name", "code": "taken"}]}
        ) from None


def _hang(unit_id: int, *, parent_id: int | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_CUT_SQL, [unit_id, unit_id])
        cursor.execute(_JOIN_SUBTREE_SQL, [unit_id, parent_id])


def _check_constraints_now() -> None:
    """Foreign keys are otherwise checked at the end of the transaction, too late to say why."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


_INSERT_CLOSURE = "INSERT INTO org_unitclosure (ancestor_id, descendant_id, depth)"
_JOIN_NEW_SQL = f"""
    {_INSERT_CLOSURE}
    SELECT ancestor_id, %s, depth + 1 FROM org_unitclosure WHERE descendant_id = %s
    UNION ALL SELECT id, id, 0 FROM org_unit WHERE id = %s
"""
_CUT_SQL = """
    DELETE FROM org_unitclosure
    WHERE descendant_id IN (SELECT descendant_id FROM org_unitclosure WHERE ancestor_id = %s)
      AND ancestor_id NOT IN (SELECT descendant_id FROM org_unitclosure WHERE ancestor_id = %s)
"""
_JOIN_SUBTREE_SQL = f"""
    {_INSERT_CLOSURE}
    SELECT above.ancestor_id, below.descendant_id, above.depth + below.depth + 1
    FROM org_unitclosure below CROSS JOIN org_unitclosure above
    WHERE below.ancestor_id = %s AND above.descendant_id = %s
"""
