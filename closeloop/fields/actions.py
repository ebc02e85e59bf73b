"""Defining record types, fields, choice sets and who may see which field."""

from collections.abc import Mapping, Sequence
from typing import Any

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import revisions
from closeloop.fields.models import ChoiceSet, Field, FieldPermission, UserType
from closeloop.fields.queries import REVISION
from closeloop.identity.actor import Actor
from closeloop.org.models import Role


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


def limit_field(
    record_type: str, field_key: str, *, role: Role, access: str | None, actor: Actor
) -> None:
    """Limit what a role may do with a field (read, masked, hidden); None lifts the limit."""
    field = Field.objects.get(record_type=record_type, key=field_key)
    if access is None:
        FieldPermission.objects.filter(role=role, field=field).delete()
    else:
        FieldPermission.objects.update_or_create(
            role=role, field=field, defaults={"access": access}
        )
    data = {"record_type": record_type, "field": field_key, "role": role.key, "access": access}
    _changed("fields.access_changed", data, actor)


def _changed(verb: str, data: Mapping[str, Any], actor: Actor) -> None:
    revisions.bump(REVISION)
    activity.record(Happening(verb=verb, data=data), actor=actor)
