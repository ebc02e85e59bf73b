"""Defining record types, fields, choice sets and who may see which field."""

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from django.db.models import Max

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import revisions
from closeloop.fields import errors
from closeloop.fields.models import (
    ChoiceSet,
    Field,
    FieldAccess,
    FieldPermission,
    FieldType,
    UserType,
)
from closeloop.fields.queries import REVISION
from closeloop.identity.actor import Actor
from closeloop.org.models import Role
from closeloop.records.types import registry


def define_fields(
    record_type: str, definitions: Sequence[Mapping[str, Any]], *, actor: Actor
) -> int:
    """Create or change fields of a type by key; gives how many were new."""
    created = 0
    for definition in definitions:
        values = {key: value for key, value in definition.items() if key != "key"}
        _, is_new = Field.objects.update_or_create(
            record_type=record_type, key=definition["key"], defaults=values
        )
        created += is_new
    _changed("fields.defined", {"record_type": record_type, "count": len(definitions)}, actor)
    return created


def define_user_type(definition: Mapping[str, Any], *, actor: Actor) -> UserType:
    """Create or change a record type that is not built in."""
    values = {key: value for key, value in definition.items() if key != "key"}
    user_type, _ = UserType.objects.update_or_create(key=definition["key"], defaults=values)
    _changed("fields.type_defined", {"record_type": user_type.key}, actor)
    return user_type


def define_choices(key: str, items: Sequence[Mapping[str, Any]], *, actor: Actor) -> None:
    """Set a choice set."""
    ChoiceSet.objects.update_or_create(key=key, defaults={"items": list(items)})
    _changed("fields.choices_defined", {"key": key, "count": len(items)}, actor)


def add_choice(
    record_type: str, field_key: str, choices: Sequence[Mapping[str, Any]], *, actor: Actor
) -> None:
    """Add choices to a choice field; keys that exist stay as they are."""
    field = Field.objects.select_for_update().get(record_type=record_type, key=field_key)
    known = {choice["key"] for choice in field.choices}
    fresh = [dict(choice) for choice in choices if choice["key"] not in known]
    if not fresh:
        return
    field.choices = [*field.choices, *fresh]
    field.save(update_fields=["choices"])
    data = {"record_type": record_type, "field": field_key, "choices": fresh}
    _changed("fields.choice_added", data, actor)


def add_field(record_type: str, values: Mapping[str, Any], *, actor: Actor) -> Field:
    """Add a user field; raises FieldKeyTaken, ReferenceTargetMissing."""
    if Field.objects.filter(record_type=record_type, key=values["key"]).exists():
        raise errors.FieldKeyTaken({"key": values["key"]})
    if values["type"] == FieldType.RECORD:
        registry.get(values["target"] or _missing_target())
    last = Field.objects.filter(record_type=record_type).aggregate(last=Max("position"))["last"]
    field = Field.objects.create(record_type=record_type, position=(last or 0) + 1, **values)
    _changed("fields.added", {"record_type": record_type, "field": field.key}, actor)
    return field


def change_field(record_type: str, key: str, values: Mapping[str, Any], *, actor: Actor) -> Field:
    """Change a field; choices that exist keep their keys, new ones are added."""
    field = _locked(record_type, key)
    changed = dict(values)
    fresh = changed.pop("choices", None)
    if fresh is not None:
        given = {choice["key"]: dict(choice) for choice in fresh}
        kept = [given.pop(choice["key"], choice) for choice in field.choices]
        field.choices = [*kept, *given.values()]
    for name, value in changed.items():
        setattr(field, name, value)
    field.save()
    data = {"record_type": record_type, "field": key, "changes": sorted(values)}
    _changed("fields.changed", data, actor)
    return field


def limit_field(
    record_type: str, field_key: str, *, role: Role, access: str | None, actor: Actor
) -> Field:
    """Limit what a role may do with a field (read, masked, hidden); None lifts the limit.

    Raises FieldUnknown, TitleAlwaysTold.
    """
    field = _locked(record_type, field_key)
    is_told = access in (None, FieldAccess.READ)
    if not is_told and field_key == registry.get(record_type).title_field:
        raise errors.TitleAlwaysTold({"field": field_key})
    if access is None:
        FieldPermission.objects.filter(role=role, field=field).delete()
    else:
        FieldPermission.objects.update_or_create(
            role=role, field=field, defaults={"access": access}
        )
    data = {"record_type": record_type, "field": field_key, "role": role.key, "access": access}
    _changed("fields.access_changed", data, actor)
    return field


def _locked(record_type: str, key: str) -> Field:
    found = Field.objects.select_for_update().filter(record_type=record_type, key=key).first()
    if found is None:
        raise errors.FieldUnknown({"record_type": record_type, "field": key})
    return found


def _missing_target() -> NoReturn:
    raise errors.ReferenceTargetMissing


def _changed(verb: str, data: Mapping[str, Any], actor: Actor) -> None:
    revisions.bump(REVISION)
    activity.record(Happening(verb=verb, data=data), actor=actor)
