"""Reading which fields there are, who may see them, and the facts they give."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from closeloop.edge import revisions
from closeloop.edge.revisions import CachedByRevision
from closeloop.engine.facts import Catalogue, Fact, FactType
from closeloop.fields.models import ChoiceSet, Field, FieldAccess, FieldPermission, UserType
from closeloop.fields.specs import Choice, FieldSpec
from closeloop.org.access import Access
from closeloop.records.types import FactSource, registry

REVISION = "fields"
PREFIX = "field."
_WIDTH = ["hidden", "masked", "read", "edit"]
_FACT_TYPES = {
    "text": FactType.TEXT,
    "long_text": FactType.TEXT,
    "phone": FactType.TEXT,
    "email": FactType.TEXT,
    "credit_code": FactType.TEXT,
    "url": FactType.TEXT,
    "number": FactType.NUMBER,
    "money": FactType.MONEY,
    "date": FactType.DATE,
    "datetime": FactType.DATETIME,
    "boolean": FactType.BOOLEAN,
    "choice": FactType.CHOICE,
    "choices": FactType.CHOICES,
    "person": FactType.PERSON,
    "record": FactType.NUMBER,
}
_CASTS = {
    "number": "::numeric",
    "money": "::numeric",
    "date": "::date",
    "datetime": "::timestamptz",
    "boolean": "::boolean",
    "person": "::bigint",
    "record": "::bigint",
}


def specs_of(record_type: str) -> Mapping[str, FieldSpec]:
    """The active fields of a record type by key, in their order."""
    return _specs.get().get(record_type, {})


def access_to(record_type: str, access: Access) -> Mapping[str, str]:
    """What the viewer may do with each field: edit, read, masked or hidden."""
    role_ids = () if access.is_system else access.role_ids
    return _widths(record_type, role_ids, revisions.number(REVISION))


@lru_cache(maxsize=2048)
def _widths(record_type: str, role_ids: tuple[int, ...], _revision: int) -> Mapping[str, str]:
    """What the bearer of some roles may do with each field; with none, nothing is limited."""
    limits = _limits.get()
    found: dict[str, str] = {}
    for key, spec in specs_of(record_type).items():
        widest = FieldAccess.READ if spec.is_computed else FieldAccess.EDIT
        by_role = limits.get(spec.id, {})
        widths = [by_role.get(role_id, widest) for role_id in role_ids]
        found[key] = str(max(widths, key=_WIDTH.index, default=widest))
    return MappingProxyType(found)


def hidden_from(record_type: str, access: Access) -> frozenset[str]:
    """The fields whose values the viewer must not learn: hidden and masked ones."""
    allowed = access_to(record_type, access)
    return frozenset(
        key for key, width in allowed.items() if width in (FieldAccess.HIDDEN, FieldAccess.MASKED)
    )


def user_types() -> Mapping[str, UserType]:
    """The record types that administrators made, by key."""
    return _user_types.get()


def settings() -> Mapping[str, Any]:
    """The choice sets by key: document_kinds, role_templates, sections:<type>, …"""
    return _settings.get()


def fact_catalogue(record_type: str) -> Catalogue:
    """The facts that a record type's fields give, for gates and conditions."""
    return _fact_catalogue(record_type, revisions.number(REVISION))


def fact_source(record_type: str, key: str) -> FactSource | None:
    """The SQL of a field's fact (`field.<key>`), or None where there is no such field."""
    if not key.startswith(PREFIX):
        return None
    spec = specs_of(record_type).get(key.removeprefix(PREFIX))
    return None if spec is None else column_of(spec)


def column_of(spec: FieldSpec, *, alias: str = "r") -> FactSource:
    """A field as an SQL expression over the record's row."""
    if spec.column is not None:
        return FactSource(f"{alias}.{spec.column}")
    if spec.type == "choices":
        listed = f"jsonb_array_elements_text(coalesce({alias}.extra->%s, '[]'))"
        return FactSource(f"ARRAY(SELECT {listed})", (spec.key,))
    return FactSource(f"({alias}.extra->>%s){_CASTS.get(spec.type, '')}", (spec.key,))


def load_specs() -> dict[str, dict[str, FieldSpec]]:
    """Every active field by type and key."""
    found: dict[str, dict[str, FieldSpec]] = {}
    for field in Field.objects.filter(is_active=True).order_by("record_type", "position", "pk"):
        found.setdefault(field.record_type, {})[field.key] = _spec(field)
    return found


_specs = CachedByRevision(REVISION, load_specs)
_user_types = CachedByRevision(
    REVISION, lambda: {each.key: each for each in UserType.objects.filter(is_active=True)}
)


_settings = CachedByRevision(REVISION, lambda: dict(ChoiceSet.objects.values_list("key", "items")))


def _load_limits() -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    for limit in FieldPermission.objects.all():
        found.setdefault(limit.field_id, {})[limit.role_id] = limit.access
    return found


_limits = CachedByRevision(REVISION, _load_limits)


def forget() -> None:
    """Drop what was cached (tests whose transactions are rolled back)."""
    for held in (_specs, _user_types, _limits, _settings):
        held.clear()
    _fact_catalogue.cache_clear()
    _widths.cache_clear()


@lru_cache(maxsize=64)
def _fact_catalogue(record_type: str, _revision: int) -> Catalogue:
    return Catalogue(
        Fact(
            key=PREFIX + spec.key,
            type=_FACT_TYPES[spec.type],
            label=spec.name,
            choices=tuple(choice.key for choice in spec.choices) or None,
        )
        for spec in specs_of(record_type).values()
    )


def _spec(field: Field) -> FieldSpec:
    column = None
    if field.is_builtin:
        column = registry.get(field.record_type).columns[field.key]
    return FieldSpec(
        record_type=field.record_type,
        key=field.key,
        name=field.name,
        type=field.type,
        column=column,
        is_required=field.is_required,
        is_computed=field.is_computed,
        section=field.section,
        choices=tuple(
            Choice(
                key=choice["key"],
                name=choice["name"],
                when={other: tuple(keys) for other, keys in choice.get("when", {}).items()},
            )
            for choice in field.choices
        ),
        defaults=field.defaults,
        target=field.target,
        max_length=field.max_length,
        help=field.help,
        id=field.pk,
    )
