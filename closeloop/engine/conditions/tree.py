"""The stored tree of a condition, read once and checked against the fact catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from closeloop.engine import refusals
from closeloop.engine.conditions.operators import (
    OPERATORS_BY_TYPE,
    Operator,
    ValueShape,
    value_shape,
)
from closeloop.engine.conditions.values import ValueInvalid, read_value, read_values
from closeloop.engine.facts import Catalogue, Fact
from closeloop.engine.problems import Problem, ProblemList

MAX_DEPTH = 12
MAX_RULES = 300
_GROUP_KEYS = frozenset({"combinator", "not", "rules", "id", "path"})
_RULE_KEYS = frozenset({"field", "operator", "value", "valueSource", "id", "path"})


class Combinator(StrEnum):
    """How the rules of a group are joined."""

    AND = "and"
    OR = "or"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One row: a fact, an operator and its constant (a tuple for lists and pairs)."""

    path: str
    fact: Fact
    operator: Operator
    value: object


@dataclass(frozen=True, slots=True)
class Group:
    """Rows and groups joined by one combinator, perhaps negated as a whole."""

    combinator: Combinator
    negated: bool
    rules: tuple[Node, ...]


Node = Leaf | Group


def parse(tree: Mapping[str, object], catalogue: Catalogue) -> Group:
    """Give the checked tree. Raises ConditionInvalid with every problem."""
    reader = _Reader(catalogue)
    group = reader.group(tree, "", 1)
    if group is None or reader.problems.found:
        raise refusals.ConditionInvalid(reader.problems.found)
    return group


def find_problems(tree: object, catalogue: Catalogue | None, *, path: str = "") -> list[Problem]:
    """Give every problem of `tree`; without a catalogue only its shape is checked.

    `path` is the JSON Pointer of the tree inside a larger document.
    """
    reader = _Reader(catalogue)
    reader.group(tree, path, 1)
    return reader.problems.found


def fact_keys(tree: object) -> frozenset[str]:
    """Give the keys of all facts that a stored tree names, down to the depth limit."""
    return frozenset(_named(tree, 1))


def leaves(node: Node) -> Iterator[Leaf]:
    """Run through the rows of a checked tree in document order."""
    if isinstance(node, Leaf):
        yield node
    else:
        for rule in node.rules:
            yield from leaves(rule)


def _named(tree: object, depth: int) -> Iterator[str]:
    if isinstance(tree, Mapping) and depth <= MAX_DEPTH + 1:
        rules = tree.get("rules")
        if isinstance(rules, list | tuple):
            for rule in rules:
                yield from _named(rule, depth + 1)
        elif isinstance(field := tree.get("field"), str):
            yield field


class _Reader:
    def __init__(self, catalogue: Catalogue | None) -> None:
        self.catalogue = catalogue
        self.problems = ProblemList()
        self.count = 0

    def group(self, tree: object, path: str, depth: int) -> Group | None:
        if not isinstance(tree, Mapping):
            self.problems.add("condition.not_a_group", path)
            return None
        self._no_other_keys(tree, _GROUP_KEYS, path)
        if depth > MAX_DEPTH:
            self.problems.add("condition.too_deep", path, limit=MAX_DEPTH)
            return None
        combinator = self._combinator(tree.get("combinator"), path)
        negated = tree.get("not", False)
        if not isinstance(negated, bool):
            self.problems.add("condition.not_a_boolean", f"{path}/not")
        rules = tree.get("rules")
        if not isinstance(rules, list | tuple) or not rules:
            # An empty group would be met by nothing and by everything: ask for a row instead.
            self.problems.add("condition.group_empty", f"{path}/rules")
            return None
        read = [
            self._node(rule, f"{path}/rules/{index}", depth) for index, rule in enumerate(rules)
        ]
        kept = tuple(node for node in read if node is not None)
        return Group(combinator, negated is True, kept)

    def _node(self, rule: object, path: str, depth: int) -> Node | None:
        if isinstance(rule, Mapping) and "rules" in rule:
            return self.group(rule, path, depth + 1)
        return self._leaf(rule, path)

    def _leaf(self, rule: object, path: str) -> Leaf | None:
        self.count += 1
        if self.count == MAX_RULES + 1:
            self.problems.add("condition.too_many_rules", path, limit=MAX_RULES)
        if self.count > MAX_RULES:
            return None
        if not isinstance(rule, Mapping):
            self.problems.add("condition.not_a_rule", path)
            return None
        self._no_other_keys(rule, _RULE_KEYS, path)
        if rule.get("valueSource", "value") != "value":
            self.problems.add("condition.value_source_unsupported", f"{path}/valueSource")
        operator = self._operator(rule.get("operator"), path)
        key = rule.get("field")
        if not isinstance(key, str) or not key:
            self.problems.add("condition.field_missing", f"{path}/field")
            return None
        if self.catalogue is None or operator is None:
            return None
        fact = self.catalogue.get(key)
        if fact is None:
            self.problems.add("condition.field_unknown", f"{path}/field", field=key)
            return None
        return self._typed(fact, operator, rule.get("value"), path)

    def _typed(self, fact: Fact, operator: Operator, raw: object, path: str) -> Leaf | None:
        facts: dict[str, object] = {
            "field": fact.key,
            "type": fact.type.value,
            "operator": operator.value,
        }
        if operator not in OPERATORS_BY_TYPE[fact.type]:
            self.problems.add("condition.operator_unsupported", f"{path}/operator", **facts)
            return None
        try:
            value = _value(fact, operator, raw)
        except ValueInvalid as invalid:
            code = f"condition.{invalid.args[0]}"
            self.problems.add(code, f"{path}/value", **facts, value=raw)
            return None
        return Leaf(path, fact, operator, value)

    def _combinator(self, raw: object, path: str) -> Combinator:
        if isinstance(raw, str) and raw in ("and", "or"):
            return Combinator(raw)
        self.problems.add("condition.combinator_unknown", f"{path}/combinator")
        return Combinator.AND

    def _operator(self, raw: object, path: str) -> Operator | None:
        try:
            return Operator(str(raw))
        except ValueError:
            self.problems.add("condition.operator_unknown", f"{path}/operator", operator=raw)
            return None

    def _no_other_keys(
        self, tree: Mapping[object, object], known: frozenset[str], path: str
    ) -> None:
        for key in tree:
            if key not in known:
                self.problems.add("condition.key_unknown", f"{path}/{key}", key=str(key))


def _value(fact: Fact, operator: Operator, raw: object) -> object:
    match value_shape(operator, fact.type):
        case ValueShape.NOTHING:
            return None
        case ValueShape.SINGLE:
            return read_value(fact, raw)
        case ValueShape.MANY:
            return read_values(fact, raw)
        case ValueShape.PAIR:
            values = read_values(fact, raw)
            if len(values) != 2:
                raise ValueInvalid("value_not_pair")
            return values
