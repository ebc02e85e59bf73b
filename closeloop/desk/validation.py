"""The one validation of a record's values: canonical form, permission, targets."""

from collections.abc import Mapping
from typing import Any

from closeloop.desk import rows
from closeloop.desk.errors import ValuesInvalid
from closeloop.fields import queries as fields
from closeloop.fields import values
from closeloop.fields.models import FieldAccess
from closeloop.fields.specs import FieldSpec
from closeloop.fields.values import Cleaned
from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.org import queries as org
from closeloop.org.access import Access, Verb
from closeloop.records.models import Record
from closeloop.records.types import registry


def checked_values(
    record_type: str,
    raw: Mapping[str, Any],
    *,
    actor: Actor,
    is_new: bool,
    present: Mapping[str, Any] | None = None,
    untold: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """The values in canonical form; raises ValuesInvalid with every problem at once.

    `untold` are fields of this record that the actor may not learn, and so not write over.
    """
    specs = fields.specs_of(record_type)
    access = org.access_of(actor)
    given = dict(raw)
    if is_new:
        given = with_defaults(specs, given)
        given = _with_related_defaults(record_type, specs, given)
    cleaned = values.clean_values(specs, given, is_new=is_new, present=present)
    _check_permission(record_type, raw, access, cleaned, untold)
    _check_people(specs, cleaned)
    _check_targets(specs, access, cleaned)
    if cleaned.problems:
        raise ValuesInvalid({"errors": cleaned.problems})
    return cleaned.values


def with_defaults(specs: Mapping[str, FieldSpec], given: Mapping[str, Any]) -> dict[str, Any]:
    """The values with those that a chosen key proposes for fields nobody filled (K02)."""
    filled = dict(given)
    for key, value in given.items():
        spec = specs.get(key)
        proposed = spec.defaults.get(value, {}) if spec and isinstance(value, str) else {}
        for other, default in proposed.items():
            if other in specs and values.is_empty(filled.get(other)):
                filled[other] = default
    for key, spec in specs.items():
        if "" in spec.defaults and key not in filled:
            filled[key] = spec.defaults[""].get(key)
    return filled


def _with_related_defaults(
    record_type: str, specs: Mapping[str, FieldSpec], given: Mapping[str, Any]
) -> dict[str, Any]:
    filled = dict(given)
    for rule in fields.settings().get(f"smart_defaults:{record_type}", []):
        reference, _, source = rule["from"].partition(".")
        spec = specs.get(reference)
        named = given.get(reference)
        if spec is None or not str(named or "").isdigit():
            continue
        target = registry.get(spec.target)
        found = target.model._default_manager.filter(pk=int(str(named))).first()
        key = rows.value_in(fields.specs_of(spec.target)[source], found) if found else None
        for row in rule["rows"]:
            if row["when"] == key:
                for other, default in row["set"].items():
                    if other in specs and values.is_empty(filled.get(other)):
                        filled[other] = default
    return filled


def _check_permission(
    record_type: str,
    raw: Mapping[str, Any],
    access: Access,
    cleaned: Cleaned,
    untold: frozenset[str],
) -> None:
    allowed = fields.access_to(record_type, access)
    for key in raw:
        if key in untold or (key in allowed and allowed[key] != FieldAccess.EDIT):
            cleaned.add_problem(key, "field_read_only")


def _check_people(specs: Mapping[str, FieldSpec], cleaned: Cleaned) -> None:
    named = {
        key: value
        for key, value in cleaned.values.items()
        if value is not None and specs[key].type == "person"
    }
    if not named:
        return
    known = set(
        User.objects.filter(pk__in=named.values(), is_active=True).values_list("pk", flat=True)
    )
    for key, value in named.items():
        if value not in known:
            cleaned.add_problem(key, "person_unknown", given=value)


def _check_targets(specs: Mapping[str, FieldSpec], access: Access, cleaned: Cleaned) -> None:
    named = {
        key: value
        for key, value in cleaned.values.items()
        if value is not None and specs[key].type == "record"
    }
    if not named:
        return
    rows = {row.pk: row for row in Record.objects.filter(pk__in=named.values(), deleted_at=None)}
    for key, value in named.items():
        row = rows.get(value)
        reach = access.reach(specs[key].target, Verb.READ)
        if (
            row is None
            or row.type != specs[key].target
            or not reach.covers(owner_id=row.owner_id, unit_id=row.unit_id)
        ):
            cleaned.add_problem(key, "reference_unknown", given=value)
