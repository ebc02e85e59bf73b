"""The facts of where a record belongs: to which units, to which product line.

Gates and clocks may ask for them, so that one can be tried in a part of the company first (P05).
"""

from collections.abc import Mapping

from closeloop.engine.facts import PRODUCT_LINE, UNITS, Catalogue, Fact, FactType
from closeloop.fields import queries as fields
from closeloop.fields.specs import Choice
from closeloop.org import queries as org
from closeloop.records.types import FactSource, registry

_LABELS: Mapping[str, Mapping[str, str]] = {
    UNITS: {"zh-CN": "所属部门", "en-US": "Unit"},
    PRODUCT_LINE: {"zh-CN": "产品线", "en-US": "Product line"},
}
_TYPES = {UNITS: FactType.CHOICES, PRODUCT_LINE: FactType.CHOICE}
_UNITS = FactSource(
    "ARRAY(SELECT above.ancestor_id::text FROM org_unitclosure above"
    " WHERE above.descendant_id = r.unit_id)"
)


def fact_source(key: str) -> FactSource | None:
    """The SQL of what every record belongs to; None for any other fact."""
    return _UNITS if key == UNITS else None


def catalogue(record_type: str, *, is_checked: bool = False) -> Catalogue:
    """The facts for records of a type; `is_checked` limits them to units and lines there are.

    What was published once stays readable after a unit or a line has gone, so only what is about to
    be published is checked.
    """
    return Catalogue(
        Fact(key, _TYPES[key], _LABELS[key], _keys(record_type, key) if is_checked else None)
        for key in _facts_of(record_type)
    )


def choices(record_type: str, key: str) -> tuple[Choice, ...]:
    """The values that one of these facts may have, with their names; none for any other fact."""
    if key == UNITS:
        return tuple(_unit(each.pk, each.name) for each in org.units() if each.is_active)
    source = registry.get(record_type).choices_of.get(key)
    if source is None:
        return ()
    spec = fields.specs_of(source[0]).get(source[1])
    return spec.choices if spec else ()


def _facts_of(record_type: str) -> list[str]:
    for known in registry:
        if known.key == record_type:
            return [UNITS, *known.choices_of]
    return []


def _keys(record_type: str, key: str) -> tuple[str, ...]:
    return tuple(choice.key for choice in choices(record_type, key))


def _unit(unit_id: int, name: str) -> Choice:
    return Choice(key=str(unit_id), name=dict.fromkeys(_LABELS[UNITS], name))
