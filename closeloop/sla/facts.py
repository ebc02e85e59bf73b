"""The facts that a policy's conditions ask for, read over the record's row."""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

import structlog

from closeloop.edge import revisions, statements
from closeloop.engine.conditions import Condition, compile_condition
from closeloop.engine.facts import GATE_FACTS, Catalogue, Fact, FactType, Unknown
from closeloop.engine.refusals import ConditionInvalid
from closeloop.fields import belonging
from closeloop.fields import queries as fields
from closeloop.records.types import FactSource, registry
from closeloop.sla.subjects import Name, subjects

STAGE = "stage"
log = structlog.get_logger("closeloop.clocks")
_NOT_PROVIDED = Unknown("fact_not_provided")


def is_record_type(key: str) -> bool:
    """Whether a key names a record type."""
    return any(each.key == key for each in registry)


def catalogue_of(record_type: str, *, is_checked: bool = False) -> Catalogue:
    """Every fact of records of a type; nothing for what is no record type.

    `is_checked` for what is about to be published: units and lines must be there.
    """
    if not is_record_type(record_type):
        return Catalogue()
    given = record_type, revisions.number(fields.REVISION), tuple(_stages(record_type))
    if is_checked:
        return _own(*given).joined(belonging.catalogue(record_type, is_checked=True))
    return _catalogue(*given)


def choices(record_type: str, fact: Fact) -> list[tuple[str, Name]]:
    """The values that a fact may have and their names, where it is one of some."""
    if fact.key == STAGE:
        return list(subjects.stages(record_type).items())
    spec = fields.specs_of(record_type).get(fact.key.removeprefix(fields.PREFIX))
    found = spec.choices if spec else belonging.choices(record_type, fact.key)
    return [(choice.key, choice.name) for choice in found]


def is_provided(record_type: str, fact: Fact) -> bool:
    """Whether anything tells this fact of records of a type."""
    return _source(record_type, fact.key) is not None


def facts_of(
    record_type: str, ids: Iterable[int], keys: Iterable[str]
) -> dict[int, Mapping[str, Any]]:
    """The facts of some records, by id; unknown where nobody provides one."""
    kind = registry.get(record_type)
    wanted = sorted(set(keys))
    sources = {key: _source(record_type, key) for key in wanted}
    known = {key: source for key, source in sources.items() if source is not None}
    columns = "".join(f", {source.sql}" for source in known.values())
    params = [value for source in known.values() for value in source.params]
    found = statements.rows(
        f"SELECT r.id{statements.bound(columns, params)} FROM {kind.table} r"
        " WHERE r.id = ANY(%s::bigint[])",
        [list(ids)],
    )
    blank = dict.fromkeys(wanted, _NOT_PROVIDED)
    return {row[0]: {**blank, **dict(zip(known, row[1:], strict=True))} for row in found}


def is_met(record_type: str, record_id: int | None, tree: Mapping[str, Any] | None) -> bool:
    """Whether a record meets a condition now; no condition is met, an unknown answer is not."""
    if tree is None:
        return True
    return record_id is not None and record_id in met_among(record_type, [record_id], tree)


def met_among(
    record_type: str, record_ids: Collection[int], tree: Mapping[str, Any]
) -> frozenset[int]:
    """The records that meet a condition now; an unknown answer is not met."""
    condition = compiled(record_type, tree) if is_record_type(record_type) else None
    if condition is None or not record_ids:
        return frozenset()
    found = facts_of(record_type, record_ids, condition.fact_keys)
    return frozenset(each for each, facts in found.items() if condition.test(facts) is True)


def compiled(record_type: str, tree: Mapping[str, Any]) -> Condition | None:
    """A condition over a record type's facts; None where it names what has gone since.

    A stage or choice that a published policy names may go with a new process: then its condition
    is never met, rather than every move refused.
    """
    try:
        return compile_condition(tree, catalogue_of(record_type))
    except ConditionInvalid as invalid:
        log.warning("clock_condition_unreadable", record_type=record_type, problem=str(invalid))
        return None


def _source(record_type: str, key: str) -> FactSource | None:
    if key == STAGE:
        return FactSource("r.stage")
    return subjects.fact_source(registry.get(record_type), key)


def _stages(record_type: str) -> list[str]:
    return list(subjects.stages(record_type))


@lru_cache(maxsize=64)
def _catalogue(record_type: str, revision: int, stages: tuple[str, ...]) -> Catalogue:
    """Asked for with every condition, so it is kept."""
    return _own(record_type, revision, stages).joined(belonging.catalogue(record_type))


def _own(record_type: str, _revision: int, stages: tuple[str, ...]) -> Catalogue:
    label = {"zh-CN": "阶段", "en-US": "Stage"}
    own = Catalogue([Fact(STAGE, FactType.CHOICE, label, stages or None)])
    return fields.fact_catalogue(record_type).joined(GATE_FACTS).joined(own)
