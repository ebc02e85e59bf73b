"""Conditions as Python closures: checked once, then called for every record."""

from __future__ import annotations

import operator as python
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from closeloop.engine.conditions import tree as trees
from closeloop.engine.conditions.operators import POSITIVE_OF, Operator
from closeloop.engine.conditions.tree import Combinator, Group, Leaf, Node
from closeloop.engine.conditions.values import Relative, has_relative, resolved
from closeloop.engine.facts import Catalogue, FactType, Unknown

Facts = Mapping[str, object]
Test = Callable[[Facts], bool | None]
"""True met, False not met, None unknown: the cheapest three values to pass around."""


class Verdict(StrEnum):
    """What a condition says. Unknown never counts as yes."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """A compiled condition: the checked tree, its closures and the facts it needs.

    `test` gives True, False or None, `closure` the same as a Verdict.
    """

    node: Group
    test: Test
    closure: Callable[[Facts], Verdict]
    fact_keys: frozenset[str]


def compile_closure(
    tree: Mapping[str, object], catalogue: Catalogue, *, now: datetime | None = None
) -> Callable[[Facts], Verdict]:
    """Give a function from facts to verdict. Raises ConditionInvalid with every problem.

    Relative dates count from `now` when it is given, else from the fact `now` of each call;
    without either they are unknown.
    """
    return closure_of(trees.parse(tree, catalogue), now=now)


def compile_condition(tree: Mapping[str, object], catalogue: Catalogue) -> Condition:
    """Give everything about a condition at once. Raises ConditionInvalid."""
    node = trees.parse(tree, catalogue)
    keys = frozenset(leaf.fact.key for leaf in trees.leaves(node))
    return Condition(node, compile_test(node), closure_of(node), keys)


def closure_of(node: Node, *, now: datetime | None = None) -> Callable[[Facts], Verdict]:
    """Give the closure of a checked tree."""
    test = compile_test(node, now=now)

    def verdict(facts: Facts) -> Verdict:
        found = test(facts)
        return MET if found else UNKNOWN if found is None else NOT_MET

    return verdict


def compile_test(node: Node, *, now: datetime | None = None) -> Test:
    """Give the closure of a checked tree or row in its inner form: True, False or None."""
    if isinstance(node, Leaf):
        return _leaf(node, now)
    tests = tuple(compile_test(rule, now=now) for rule in node.rules)
    if len(tests) == 1:
        joined = tests[0]
    else:
        joined = _all(tests) if node.combinator is Combinator.AND else _any(tests)
    return _not(joined) if node.negated else joined


def _all(tests: tuple[Test, ...]) -> Test:
    def all_of(facts: Facts) -> bool | None:
        verdict: bool | None = True
        for test in tests:
            found = test(facts)
            if not found:
                if found is not None:
                    return False
                verdict = None
        return verdict

    return all_of


def _any(tests: tuple[Test, ...]) -> Test:
    def any_of(facts: Facts) -> bool | None:
        verdict: bool | None = False
        for test in tests:
            found = test(facts)
            if found:
                return True
            if found is None:
                verdict = None
        return verdict

    return any_of


def _not(test: Test) -> Test:
    def negation(facts: Facts) -> bool | None:
        found = test(facts)
        return None if found is None else not found

    return negation


def _leaf(leaf: Leaf, now: datetime | None) -> Test:
    positive = POSITIVE_OF.get(leaf.operator, leaf.operator)
    if positive is Operator.NULL:
        test = _null(leaf.fact.key)
    elif now is None and has_relative(leaf.value):
        test = _late(leaf, positive)
    else:
        value = leaf.value if now is None else resolved(leaf.value, now)
        test = _comparison(leaf.fact.key, *_comparer(leaf.fact.type, positive, value))
    return _not(test) if positive is not leaf.operator else test


def _null(key: str) -> Test:
    def null(facts: Facts) -> bool:
        value = facts.get(key)
        return value is None or value.__class__ is Unknown or is_blank(value)

    return null


def _comparison(key: str, compare: Callable[..., bool], constant: object) -> Test:
    def comparison(facts: Facts) -> bool | None:
        value = facts.get(key)
        if value is None or value.__class__ is Unknown:
            return None
        return compare(value, constant)

    return comparison


def _late(leaf: Leaf, positive: Operator) -> Test:
    """Compare with a relative date, which each call resolves by its own `now`."""
    key, type_, value = leaf.fact.key, leaf.fact.type, leaf.value
    parts = value if isinstance(value, tuple) else (value,)

    def late(facts: Facts) -> bool | None:
        fact = facts.get(key)
        if fact is None or fact.__class__ is Unknown:
            return None
        found = tuple(
            part.resolve_from(facts) if isinstance(part, Relative) else part for part in parts
        )
        if None in found:
            return None
        constant = found if isinstance(value, tuple) else found[0]
        compare, ready = _comparer(type_, positive, constant)
        return compare(fact, ready)

    return late


def _comparer(
    type_: FactType, positive: Operator, constant: object
) -> tuple[Callable[..., bool], object]:
    """Give the comparison of a fact with a constant, and the constant as it wants it."""
    if type_ is FactType.CHOICES:
        return _SETS[positive], frozenset(constant) if isinstance(constant, tuple) else constant
    if type_ is FactType.PERSON:
        return (
            (_person_in, frozenset(constant))
            if isinstance(constant, tuple)
            else (_person_is, constant)
        )
    if positive is Operator.IN and isinstance(constant, tuple):
        return _is_in, frozenset(constant)
    if positive is Operator.BETWEEN:
        return _is_between, constant
    return _SCALARS[positive], constant


def _is_in(value: object, constants: frozenset[object]) -> bool:
    return value in constants


def _is_between(value: object, bounds: tuple[object, object]) -> bool:
    low, high = bounds
    return bool(low <= value <= high)  # type: ignore[operator]


def _person_is(value: object, constant: str) -> bool:
    return str(value) == constant


def _person_in(value: object, constants: frozenset[str]) -> bool:
    return str(value) in constants


def _same_set(value: Collection[str], constants: frozenset[str]) -> bool:
    return constants == frozenset(value)


def _any_of_set(value: Collection[str], constants: frozenset[str]) -> bool:
    return not constants.isdisjoint(value)


_SCALARS: Mapping[Operator, Callable[..., bool]] = {
    Operator.EQUAL: python.eq,
    Operator.LESS: python.lt,
    Operator.AT_MOST: python.le,
    Operator.MORE: python.gt,
    Operator.AT_LEAST: python.ge,
    Operator.CONTAINS: python.contains,
    Operator.BEGINS: str.startswith,
    Operator.ENDS: str.endswith,
}
_SETS: Mapping[Operator, Callable[..., bool]] = {
    Operator.EQUAL: _same_set,
    Operator.IN: _any_of_set,
    Operator.CONTAINS: python.contains,
}


def is_blank(value: object) -> bool:
    """Tell whether a known value is empty: an empty text or an empty collection."""
    return isinstance(value, Collection) and len(value) == 0
