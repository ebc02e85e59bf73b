"""Why a condition says what it says: one result per row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from closeloop.engine.conditions import tree as trees
from closeloop.engine.conditions.closures import Verdict, closure_of
from closeloop.engine.conditions.operators import Operator
from closeloop.engine.conditions.tree import Node
from closeloop.engine.conditions.values import Relative
from closeloop.engine.facts import Catalogue, Unknown


@dataclass(frozen=True, slots=True)
class LeafResult:
    """What one row found. `path` is the JSON Pointer of the row inside the tree.

    `reason` is the code given with an unknown fact, or `fact_unknown` when none was given.
    """

    path: str
    field: str
    operator: Operator
    expected: object
    actual: object
    verdict: Verdict
    reason: str | None = None


def explain(
    tree: Mapping[str, object], catalogue: Catalogue, facts: Mapping[str, object]
) -> list[LeafResult]:
    """Give the result of every row in document order. Raises ConditionInvalid."""
    return explain_node(trees.parse(tree, catalogue), facts)


def explain_node(node: Node, facts: Mapping[str, object]) -> list[LeafResult]:
    """Give the result of every row of a checked tree, in document order."""
    return [_result(leaf, facts) for leaf in trees.leaves(node)]


def _result(leaf: trees.Leaf, facts: Mapping[str, object]) -> LeafResult:
    raw = facts.get(leaf.fact.key)
    verdict = closure_of(leaf)(facts)
    return LeafResult(
        path=leaf.path,
        field=leaf.fact.key,
        operator=leaf.operator,
        expected=_expected(leaf.value, facts),
        actual=None if isinstance(raw, Unknown) else raw,
        verdict=verdict,
        reason=_reason(raw) if verdict is Verdict.UNKNOWN else None,
    )


def _expected(value: object, facts: Mapping[str, object]) -> object:
    if isinstance(value, Relative):
        return value.resolve_from(facts)
    if isinstance(value, tuple):
        return tuple(_expected(each, facts) for each in value)
    return value


def _reason(raw: object) -> str:
    if isinstance(raw, Unknown):
        return raw.reason
    return "fact_unknown" if raw is None else "now_unknown"
