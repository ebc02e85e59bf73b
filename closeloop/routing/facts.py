"""The facts that branches ask for, read over the record's row, many records at once."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from closeloop.edge import revisions, statements
from closeloop.edge.statements import Row
from closeloop.engine.facts import Catalogue, Fact, FactType, Unknown
from closeloop.fields import queries as fields
from closeloop.fields.specs import Choice
from closeloop.records.types import FactSource, registry
from closeloop.routing import divisions
from closeloop.routing.plugs import plugs

STAGE = "stage"
PLACE = "place"
PLACE_FIELD = "place"
"""The field in which a record of any type names its place in words or by code."""
_NOT_PROVIDED = Unknown("fact_not_provided")
_NO_PLACE = Unknown("place_not_recognised")
_IN_VARIANTS = frozenset({FactType.NUMBER, FactType.MONEY, FactType.CHOICES})
"""Types of which equal values may be written differently, or are no keys."""


def catalogue_of(record_type: str) -> Catalogue:
    """Every fact of records of a type."""
    return _catalogue(record_type, revisions.number(fields.REVISION), tuple(_stages(record_type)))


def choices_of(record_type: str, key: str) -> tuple[Choice, ...]:
    """The values that a field's fact may have, with their names."""
    spec = fields.specs_of(record_type).get(key.removeprefix(fields.PREFIX))
    return spec.choices if spec else ()


def facts_of(
    record_type: str, ids: Iterable[int], keys: Iterable[str]
) -> dict[int, Mapping[str, Any]]:
    """The facts of some records, by id; unknown where nobody provides one.

    Records of which the very same is known share one mapping.
    """
    kind = registry.get(record_type)
    wanted = sorted(set(keys))
    sources = {key: _source(record_type, key) for key in wanted}
    known = {key: source for key, source in sources.items() if source is not None}
    columns = "".join(f", {source.sql}" for source in known.values())
    params = [value for source in known.values() for value in source.params]
    found = statements.rows(
        f"SELECT r.id{statements.bound(columns, params)} FROM {kind.table} r"
        " WHERE r.id = ANY(%s::bigint[])",
        [statements.listed(ids)],
    )
    blank = {key: _NOT_PROVIDED for key in wanted if key not in known}
    names = list(known)
    catalogue = catalogue_of(record_type)
    types = {fact.type for key in names if key != PLACE and (fact := catalogue.get(key))}
    has_variants = not types.isdisjoint(_IN_VARIANTS)
    told: dict[Row, Mapping[str, Any]] = {}
    rows: dict[int, Mapping[str, Any]] = {}
    for row in found:
        values = row[1:]
        said = tuple([_said(each) for each in values]) if has_variants else values
        facts = told.get(said)
        if facts is None:
            facts = told[said] = _facts(names, values, blank)
        rows[row[0]] = facts
    return rows


def _facts(names: Sequence[str], values: Row, blank: Mapping[str, Any]) -> dict[str, Any]:
    facts = {**blank, **dict(zip(names, values, strict=True))}
    if PLACE in names:
        facts[PLACE] = _place(facts[PLACE])
    return facts


def _said(value: Any) -> Any:
    """A value as it is written: 1.0 and 1.00 are equal, but not the same; a list is no key."""
    if isinstance(value, Decimal):
        return str(value)
    return tuple(value) if isinstance(value, list) else value


def _place(text: Any) -> Any:
    """The codes of what a place lies in, so that a province covers its cities and counties."""
    if not text:
        return None
    return divisions.place_of(str(text)) or _NO_PLACE


def _source(record_type: str, key: str) -> FactSource | None:
    if key == STAGE:
        return FactSource("r.stage")
    if key == PLACE:
        return fields.fact_source(record_type, fields.PREFIX + PLACE_FIELD)
    return fields.fact_source(record_type, key)


def _stages(record_type: str) -> list[str]:
    return list(plugs.stages(record_type))


@lru_cache(maxsize=64)
def _catalogue(record_type: str, _revision: int, stages: tuple[str, ...]) -> Catalogue:
    own = [
        Fact(STAGE, FactType.CHOICE, {"zh-CN": "阶段", "en-US": "Stage"}, stages or None),
        Fact(PLACE, FactType.CHOICES, {"zh-CN": "行政区划", "en-US": "Place"}, divisions.codes()),
    ]
    return fields.fact_catalogue(record_type).joined(Catalogue(own))
