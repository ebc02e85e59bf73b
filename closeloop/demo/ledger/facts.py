"""The facts that gates ask for, told from what the books hold instead of from the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from closeloop.demo.ledger.held import Held
from closeloop.engine import facts as names
from closeloop.engine.facts import PRODUCT_LINE, ROLES_COVERED, UNITS
from closeloop.fields import queries as fields
from closeloop.fields.specs import FieldSpec
from closeloop.files import formats
from closeloop.org.queries import units_above
from closeloop.process.facts import NOT_PROVIDED

_FIELD, _TICK, _DOCUMENT = fields.PREFIX, "checklist.ticked:", "document.count:"
_READERS: Mapping[str, Any] = {
    "number": Decimal,
    "money": Decimal,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
}


@dataclass(frozen=True)
class Around:
    """What stands around a record: its customer, how many chain roles the contacts there fill, and
    its product."""

    customer: Held | None
    roles: int
    product: Held | None


def facts_of(held: Held, keys: Iterable[str], around: Around) -> Mapping[str, Any]:
    """Facts by key, as one query would give them; what nobody provides is unknown."""
    return {key: _fact(held, key, around) for key in sorted(keys)}


def _fact(held: Held, key: str, around: Around) -> Any:
    if key.startswith(_TICK):
        return key.removeprefix(_TICK) in held.ticks
    if key.startswith(_FIELD):
        spec = fields.specs_of(held.type.key).get(key.removeprefix(_FIELD))
        return NOT_PROVIDED if spec is None else field_fact(spec, held.values.get(spec.key))
    if key.startswith(_DOCUMENT):
        return _documents(held, key)
    if key == UNITS:
        return [] if held.unit_id is None else [str(each) for each in units_above(held.unit_id)]
    return NOT_PROVIDED if held.type.facts(key) is None else _fact_around(key, around)


def _fact_around(key: str, around: Around) -> Any:
    if key == ROLES_COVERED:
        return around.roles
    if key == PRODUCT_LINE:
        return (around.product and around.product.values.get("family")) or ""
    return around.customer.values.get("industry") if around.customer else None


def field_fact(spec: FieldSpec, value: Any) -> Any:
    """A field's value as its SQL expression gives it; user fields lie as JSON."""
    if spec.column is not None:
        return value
    if spec.type == "choices":
        return value or []
    if value is None:
        return None
    read = _READERS.get(spec.type)
    return read(value) if read else value


def _documents(held: Held, key: str) -> int:
    kind, types = names.split_document_key(key)
    groups = {_group(each) for each in types}
    return sum(
        count
        for (own_kind, own_format), count in held.documents.items()
        if own_kind == kind and (not types or own_format in groups)
    )


@cache
def _group(ending: str) -> str:
    """The format that an ending stands for."""
    for known in formats.ALL:
        if f".{ending}" in known.endings:
            return known.group
    return ending
