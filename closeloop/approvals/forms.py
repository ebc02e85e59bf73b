"""The form of a case: lines that the requester fills, and fields of the record as they stand."""

from collections.abc import Collection, Mapping
from typing import Any

from closeloop.approvals import facts
from closeloop.approvals.errors import FormInvalid
from closeloop.engine import codec
from closeloop.engine.approvals import FieldAccess, Flow, FormField
from closeloop.engine.facts import is_unknown
from closeloop.fields import queries as fields
from closeloop.fields import values
from closeloop.fields.specs import Choice, FieldSpec

FORM = "form."


def cleaned(
    flow: Flow, given: Mapping[str, Any], *, only: Collection[str] | None = None
) -> dict[str, Any]:
    """The requester's lines in canonical form, ready for JSON; raises FormInvalid.

    `only` names the lines that may be changed now, by somebody who does not fill the whole form.
    """
    specs = {line.key: _spec(line) for line in flow.form if not line.field}
    allowed = {key: spec for key, spec in specs.items() if only is None or key in only}
    found = values.clean_values(allowed, given, is_new=only is None)
    if found.problems:
        problems = [{**each, "field": f"{FORM}{each['field']}"} for each in found.problems]
        raise FormInvalid({"errors": problems})
    return {key: values.stored(value) for key, value in found.values.items()}


def copied(flow: Flow, record_id: int | None) -> dict[str, Any]:
    """The lines that show a field of the record, as it stands now, ready for JSON."""
    names = {line.key: line.field for line in flow.form if line.field}
    if not names or record_id is None:
        return {}
    standing = facts.field_values(flow.record_type, record_id, set(names.values()))
    return {key: codec.to_data(standing[name]) for key, name in names.items()}


def changed_since(flow: Flow, form: Mapping[str, Any], record_id: int | None) -> list[str]:
    """The record's fields that are no longer as the form shows them."""
    now = copied(flow, record_id)
    names = {line.key: line.field for line in flow.form}
    return sorted(names[key] for key, value in now.items() if form.get(key) != value)


def as_facts(flow: Flow, form: Mapping[str, Any]) -> dict[str, Any]:
    """The requester's lines as facts, in the types that conditions compare."""
    found: dict[str, Any] = {}
    for line in flow.form:
        if not line.field:
            value = form.get(line.key)
            found[f"{FORM}{line.key}"] = values.cleaner_of(_spec(line))(value)
    return found


def rows(
    flow: Flow,
    form: Mapping[str, Any],
    *,
    access: Mapping[str, FieldAccess],
    hidden: Collection[str],
) -> list[dict[str, Any]]:
    """The form for one reader. `access` is what their step says; `hidden` the record's fields.

    A line that the step does not name is read, unless the reader may not learn that field.
    """
    shown = []
    for line in flow.form:
        allowed = access.get(line.key)
        if allowed is None:
            allowed = FieldAccess.HIDDEN if line.field in hidden else FieldAccess.READ
        if allowed is FieldAccess.HIDDEN:
            continue
        value = form.get(line.key)
        spec = fields.specs_of(flow.record_type).get(line.field) if line.field else _spec(line)
        shown.append(
            {
                "key": line.key,
                "name": line.name or (spec.name if spec else {"zh-CN": line.key}),
                "type": spec.type if spec else line.type,
                "value": value,
                "label": _label(spec, value),
                "access": allowed.value,
                "is_required": line.is_required,
                "choices": [] if spec is None else _choices(spec),
            }
        )
    return shown


def _choices(spec: FieldSpec) -> list[dict[str, Any]]:
    return [{"key": choice.key, "name": dict(choice.name)} for choice in spec.choices]


def _label(spec: FieldSpec | None, value: Any) -> dict[str, str] | None:
    if spec is None or is_unknown(value):
        return None
    for choice in spec.choices:
        if choice.key == value:
            return dict(choice.name)
    return None


def _spec(line: FormField) -> FieldSpec:
    return FieldSpec(
        record_type="",
        key=line.key,
        name=line.name or {},
        type=line.type,
        is_required=line.is_required,
        choices=tuple(Choice(key=key, name=name) for key, name in line.choices),
    )
