"""Gate items as closures, and what a person is told about an item that is not there yet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from closeloop.engine import blueprint as blueprints
from closeloop.engine import codec, conditions, refusals
from closeloop.engine.blueprint import (
    ApprovalItem,
    ChecklistItem,
    ConditionItem,
    DocumentItem,
    FieldItem,
    GateSide,
    ItemKind,
    PlacedItem,
    RolesItem,
)
from closeloop.engine.conditions import LeafResult, Verdict
from closeloop.engine.facts import MOVE, Catalogue, Unknown
from closeloop.engine.problems import Problem

Facts = Mapping[str, object]
Test = Callable[[Facts], bool | None]
"""True met, False not met, None unknown."""
_ABSENT = object()


class UnknownReason(StrEnum):
    """Why the engine itself cannot tell; the provider of a fact may give other codes."""

    FACT_UNKNOWN = "fact_unknown"
    FACT_NOT_SUPPLIED = "fact_not_supplied"
    RULE_UNREADABLE = "rule_unreadable"


@dataclass(frozen=True, slots=True)
class What:
    """What is wanted and what is there. `rows` holds the rows of a condition, in order.

    field: expected "filled", actual the value · document, roles: counts · checklist: the keys
    to tick and the keys ticked · condition: the tree, and the named facts by key · approval: the
    flow, and the move that it must grant.
    """

    expected: object
    actual: object
    rows: tuple[LeafResult, ...] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """The rule that asks for it. `words` explain the rule to people."""

    blueprint: str
    version: int | None
    stage: str
    side: GateSide
    words: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class MissingItem:
    """One item that keeps a lock shut: what, why, who can supply it and where.

    `verdict` is not_met or unknown; `reason` tells the code of an unknown one.
    """

    item_key: str
    kind: ItemKind
    name: Mapping[str, str]
    what: What
    why: Why
    supplier: str
    where: str
    verdict: Verdict
    reason: str | None = None

    def as_data(self) -> dict[str, object]:
        """Give the item as JSON data."""
        return {
            "item_key": self.item_key,
            "kind": self.kind.value,
            "name": dict(self.name),
            "what": {
                "expected": codec.to_data(self.what.expected),
                "actual": codec.to_data(self.what.actual),
                "rows": [_row_data(row) for row in self.what.rows],
            },
            "why": {
                "blueprint": self.why.blueprint,
                "version": self.why.version,
                "stage": self.why.stage,
                "side": self.why.side.value,
                "words": dict(self.why.words) if self.why.words else None,
            },
            "supplier": self.supplier,
            "where": self.where,
            "verdict": self.verdict.value,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True, eq=False)
class CompiledItem:
    """A gate item ready to be asked: its closure and the facts it needs.

    `own_keys` are the facts that the item itself is about, `fact_keys` those and the ones that tell
    of whom it is asked. `problems` are told when a condition no longer fits the catalogue: the
    item's own then stays shut, and with a broken scope it is asked of everybody.
    """

    placed: PlacedItem
    test: Test
    own_keys: tuple[str, ...]
    fact_keys: tuple[str, ...]
    condition: conditions.Condition | None = None
    problems: tuple[Problem, ...] = ()


def compile_item(placed: PlacedItem, catalogue: Catalogue) -> CompiledItem:
    """Give the item with its closure."""
    own = _compile_own(placed, catalogue)
    scope = placed.item.applies_when
    if scope is None:
        return own
    keys = tuple(dict.fromkeys((*own.own_keys, *blueprints.scope_facts_of(placed))))
    try:
        applies = conditions.compile_condition(scope, catalogue).test
    except refusals.ConditionInvalid as invalid:
        return replace(own, fact_keys=keys, problems=(*own.problems, *invalid.problems))
    return replace(own, fact_keys=keys, test=_where_it_applies(applies, own.test))


def _compile_own(placed: PlacedItem, catalogue: Catalogue) -> CompiledItem:
    keys = blueprints.facts_of(placed)
    match placed.item:
        case FieldItem():
            return CompiledItem(placed, _filled(keys[0]), keys, keys)
        case DocumentItem(at_least=at_least) | RolesItem(at_least=at_least):
            return CompiledItem(placed, _counted(keys[0], at_least), keys, keys)
        case ApprovalItem():
            return CompiledItem(placed, _granted(keys[0]), keys, keys)
        case ConditionItem(condition=tree):
            return _compile_condition(placed, tree, keys, catalogue)
        case _:
            return CompiledItem(placed, _ticked(keys), keys, keys)


def missing_item(
    compiled: CompiledItem, facts: Facts, met: bool | None, *, blueprint: str, version: int | None
) -> MissingItem:
    """Tell everything about an item whose closure gave `met` (False or None)."""
    item = compiled.placed.item
    return MissingItem(
        item_key=item.key,
        kind=item.kind,
        name=item.name,
        what=_what(compiled, facts),
        why=Why(blueprint, version, compiled.placed.stage, compiled.placed.side, item.why),
        supplier=item.supplier,
        where=item.where,
        verdict=Verdict.UNKNOWN if met is None else Verdict.NOT_MET,
        reason=_reason(compiled, facts) if met is None else None,
    )


def _compile_condition(
    placed: PlacedItem, tree: Mapping[str, object], keys: tuple[str, ...], catalogue: Catalogue
) -> CompiledItem:
    try:
        condition = conditions.compile_condition(tree, catalogue)
    except refusals.ConditionInvalid as invalid:
        # A field of a published rule has gone: the lock stays shut and says so.
        return CompiledItem(placed, _never_known, keys, keys, problems=invalid.problems)
    return CompiledItem(placed, condition.test, keys, keys, condition)


def _where_it_applies(applies: Test, test: Test) -> Test:
    """Met by whom it is not asked of; where that cannot be told, it is asked."""

    def asked(facts: Facts) -> bool | None:
        return True if applies(facts) is False else test(facts)

    return asked


def _never_known(_facts: Facts) -> None:
    return None


def _filled(key: str) -> Test:
    def filled(facts: Facts) -> bool | None:
        value = facts.get(key, _ABSENT)
        if value is None:
            return False
        if value is _ABSENT or value.__class__ is Unknown:
            return None
        if isinstance(value, str):
            return bool(value.strip())
        return not (isinstance(value, Collection) and len(value) == 0)

    return filled


def _counted(key: str, at_least: int) -> Test:
    def counted(facts: Facts) -> bool | None:
        count = facts.get(key)
        return count >= at_least if isinstance(count, int) else None

    return counted


def _granted(key: str) -> Test:
    """Granted is the move that is being decided, and no other."""

    def granted(facts: Facts) -> bool | None:
        moves = facts.get(key)
        if moves is None or isinstance(moves, str) or not isinstance(moves, Collection):
            return None
        return facts.get(MOVE) in moves

    return granted


def _ticked(keys: tuple[str, ...]) -> Test:
    def ticked(facts: Facts) -> bool | None:
        verdict: bool | None = True
        for key in keys:
            tick = facts.get(key)
            if tick is not True:
                if tick is False:
                    return False
                verdict = None
        return verdict

    return ticked


def _what(compiled: CompiledItem, facts: Facts) -> What:
    keys = compiled.own_keys
    match compiled.placed.item:
        case FieldItem():
            return What("filled", _known(facts.get(keys[0])))
        case DocumentItem(at_least=at_least) | RolesItem(at_least=at_least):
            return What(at_least, _known(facts.get(keys[0])))
        case ChecklistItem(ticks=ticks):
            done = (tick for tick, key in zip(ticks, keys, strict=True) if facts.get(key) is True)
            return What(ticks, tuple(done))
        case ApprovalItem(flow=flow):
            return What(flow, _known(facts.get(MOVE)))
        case ConditionItem(condition=tree):
            return What(tree, {key: _known(facts.get(key)) for key in keys}, _rows(compiled, facts))
        case item:
            raise TypeError(f"no such gate item: {item!r}")


def _rows(compiled: CompiledItem, facts: Facts) -> tuple[LeafResult, ...]:
    if compiled.condition is None:
        return ()
    return tuple(conditions.explain_node(compiled.condition.node, facts))


def _reason(compiled: CompiledItem, facts: Facts) -> str:
    if compiled.problems:
        return UnknownReason.RULE_UNREADABLE.value
    for row in _rows(compiled, facts):
        if row.reason is not None and row.field in facts:
            return row.reason
    for key in compiled.own_keys:
        value = facts.get(key, _ABSENT)
        if isinstance(value, Unknown):
            return value.reason
        if value is _ABSENT:
            return UnknownReason.FACT_NOT_SUPPLIED.value
    return UnknownReason.FACT_UNKNOWN.value


def _known(value: object) -> object:
    return None if isinstance(value, Unknown) else value


def _row_data(row: LeafResult) -> dict[str, object]:
    return {
        "path": row.path,
        "field": row.field,
        "operator": row.operator.value,
        "expected": codec.to_data(row.expected),
        "actual": codec.to_data(row.actual),
        "verdict": row.verdict.value,
        "reason": row.reason,
    }
