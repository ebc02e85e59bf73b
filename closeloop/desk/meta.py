"""What screens are drawn from: record types, their fields as the viewer may use them, stages."""

from collections.abc import Mapping
from typing import Any

from closeloop.desk import details, filters, listing
from closeloop.desk.filters import RowFact
from closeloop.engine.facts import FactType
from closeloop.fields import queries as fields
from closeloop.fields.models import FieldAccess
from closeloop.fields.specs import Choice, FieldSpec
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Access, Verb
from closeloop.process import blueprints
from closeloop.process.blueprints import Loaded
from closeloop.records.types import RecordType, registry

LANGUAGES = ["zh-CN", "en-US"]


def meta_of(actor: Actor) -> dict[str, Any]:
    """Every record type that the actor may read."""
    access = org.access_of(actor)
    settings = fields.settings()
    readable = [each for each in registry if access.reach(each.key, Verb.READ)]
    return {
        "record_types": [_type(each, access) for each in readable],
        "document_kinds": settings.get("document_kinds", []),
        "role_templates": settings.get("role_templates", []),
        "languages": LANGUAGES,
        "currencies": _currencies(),
    }


def can_of(record_type: str, access: Access) -> dict[str, str]:
    """The widest scope of every verb on a type."""
    return {verb.value: access.scope(record_type, verb) for verb in Verb}


def _type(record_type: RecordType, access: Access) -> dict[str, Any]:
    version = blueprints.current_of(record_type.key)
    allowed = fields.access_to(record_type.key, access)
    shown = [
        _field(spec, allowed[spec.key])
        for spec in fields.specs_of(record_type.key).values()
        if allowed[spec.key] != FieldAccess.HIDDEN
    ]
    known = {field["key"] for field in shown}
    return {
        "key": record_type.key,
        "name": record_type.name,
        "plural": record_type.plural,
        "icon": record_type.icon,
        "has_process": version is not None,
        "sections": fields.settings().get(f"sections:{record_type.key}", []),
        "fields": shown,
        "filters": [_filter(fact, version) for fact in filters.row_facts(record_type)],
        "stages": details.stage_rows(version) if version else [],
        "list_columns": [key for key in record_type.list_columns if key in known],
        "card_fields": [key for key in record_type.card_fields if key in known],
        "title_field": record_type.title_field,
        "amount_field": listing.amount_field_of(record_type, access),
        "due_field": record_type.due_field,
        "can": can_of(record_type.key, access),
        "user_defined": record_type.is_user_defined,
    }


def _filter(fact: RowFact, version: Loaded | None) -> dict[str, Any]:
    """What every record has, in the form of a field, so that one control serves both."""
    stages = version.stages if version and fact.type is FactType.CHOICE else ()
    spec = FieldSpec(
        record_type="",
        key=fact.key,
        name=fact.name,
        type=fact.type.value,
        choices=tuple(Choice(stage.key, stage.name) for stage in stages),
    )
    return {**_field(spec, FieldAccess.EDIT), "sortable": False}


def _field(spec: FieldSpec, access: str) -> dict[str, Any]:
    return {
        "key": spec.key,
        "name": spec.name,
        "type": spec.type,
        "required": spec.is_required,
        "builtin": spec.is_builtin,
        "choices": [
            {
                "key": choice.key,
                "name": choice.name,
                "when": {other: list(keys) for other, keys in choice.when.items()} or None,
            }
            for choice in spec.choices
        ],
        "record_type": spec.target or None,
        "section": spec.section,
        "access": access,
        "sortable": spec.type != "choices" and access != FieldAccess.MASKED,
        "filterable": access != FieldAccess.MASKED,
        "max_length": spec.max_length,
        "help": spec.help or None,
        "default": spec.defaults.get("", {}).get(spec.key),
        "defaults": {key: rows for key, rows in spec.defaults.items() if key},
    }


def _currencies() -> list[str]:
    specs: Mapping[str, FieldSpec] = fields.specs_of("deal")
    currency = specs.get("currency")
    return [choice.key for choice in currency.choices] if currency else ["CNY"]
