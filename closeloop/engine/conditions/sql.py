"""Conditions as PostgreSQL: true, false and NULL mean met, not met and unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from closeloop.engine.conditions import tree as trees
from closeloop.engine.conditions.operators import POSITIVE_OF, Operator
from closeloop.engine.conditions.tree import Combinator, Leaf, Node
from closeloop.engine.conditions.values import has_relative, resolved
from closeloop.engine.facts import Catalogue, FactType

_CASTS: Mapping[FactType, str] = {
    FactType.TEXT: "::text",
    FactType.CHOICE: "::text",
    FactType.PERSON: "::text",
    FactType.NUMBER: "::numeric",
    FactType.MONEY: "::numeric",
    FactType.DATE: "::date",
    FactType.DATETIME: "::timestamptz",
    FactType.BOOLEAN: "::boolean",
    FactType.CHOICES: "::text[]",
}
# "C" orders by code point, as Python does, whatever the collation of the database.
_COLLATIONS = dict.fromkeys((FactType.TEXT, FactType.CHOICE, FactType.PERSON), ' COLLATE "C"')
_SIGNS = frozenset(
    {Operator.EQUAL, Operator.LESS, Operator.AT_MOST, Operator.MORE, Operator.AT_LEAST}
)
_TEXT_TESTS: Mapping[Operator, str] = {
    Operator.CONTAINS: "strpos({column}, {value}) > 0",
    Operator.BEGINS: "starts_with({column}, {value})",
    Operator.ENDS: "right({column}, char_length({value})) = {value}",
}
_SET_TESTS: Mapping[Operator, str] = {
    Operator.EQUAL: "({column} @> {value} AND {column} <@ {value})",
    Operator.IN: "{column} && {value}",
    Operator.CONTAINS: "{column} @> {value}",
}


@dataclass(frozen=True, slots=True)
class SqlFragment:
    """A boolean expression with psycopg's %s places and their values in order."""

    sql: str
    params: tuple[object, ...]


def compile_sql(
    tree: Mapping[str, object],
    catalogue: Catalogue,
    column: Callable[[str], str],
    *,
    now: datetime | None = None,
) -> SqlFragment:
    """Give the condition as SQL. Raises ConditionInvalid with every problem.

    `column` gives the trusted SQL expression of a fact (a literal % doubled), castable to the
    type of the fact: numeric, date, timestamptz, boolean, text, and text[] for choices.
    Relative dates need `now` (aware; ValueError without it).
    """
    writer = _Writer(column, now)
    sql = writer.node(trees.parse(tree, catalogue))
    return SqlFragment(sql, tuple(writer.params))


class _Writer:
    def __init__(self, column: Callable[[str], str], now: datetime | None) -> None:
        self.column = column
        self.now = now
        self.params: list[object] = []

    def node(self, node: Node) -> str:
        if isinstance(node, Leaf):
            return self._leaf(node)
        joint = " AND " if node.combinator is Combinator.AND else " OR "
        joined = "(" + joint.join(self.node(rule) for rule in node.rules) + ")"
        return f"(NOT {joined})" if node.negated else joined

    def _leaf(self, leaf: Leaf) -> str:
        positive = POSITIVE_OF.get(leaf.operator, leaf.operator)
        test = self._test(leaf, positive)
        return f"({test})" if positive is leaf.operator else f"(NOT ({test}))"

    def _test(self, leaf: Leaf, positive: Operator) -> str:
        type_ = leaf.fact.type
        plain = _CASTS[type_]
        column = f"({self.column(leaf.fact.key)}){plain}{_COLLATIONS.get(type_, '')}"
        if positive is Operator.NULL:
            return _null(column, type_)
        value = self._ready(leaf.value)
        if type_ is FactType.CHOICES:
            listed = list(value) if isinstance(value, tuple) else [value]
            return self._fill(_SET_TESTS[positive], column, "%s::text[]", listed)
        if positive in _TEXT_TESTS:
            return self._fill(_TEXT_TESTS[positive], column, "%s::text", value)
        if isinstance(value, tuple):
            if positive is Operator.BETWEEN:
                self.params.extend(value)
                return f"{column} BETWEEN (%s){plain} AND (%s){plain}"
            self.params.append(list(value))
            return f"{column} = ANY ((%s){plain}[])"
        assert positive in _SIGNS, positive
        self.params.append(value)
        return f"{column} {positive.value} (%s){plain}"

    def _fill(self, template: str, column: str, place: str, value: object) -> str:
        self.params.extend([value] * template.count("{value}"))
        return template.format(column=column, value=place)

    def _ready(self, value: object) -> object:
        if self.now is not None:
            value = resolved(value, self.now)
        elif has_relative(value):
            raise ValueError("a relative date needs the time it counts from")
        return tuple(map(_exact, value)) if isinstance(value, tuple) else _exact(value)


def _exact(value: object) -> object:
    """Give whole numbers as decimals too: one list must hold one type."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    return Decimal(value) if whole else value  # type: ignore[arg-type]


def _null(column: str, type_: FactType) -> str:
    if type_ is FactType.CHOICES:
        return f"coalesce(cardinality({column}), 0) = 0"
    if type_ in (FactType.TEXT, FactType.CHOICE, FactType.PERSON):
        return f"coalesce({column}, '') = ''"
    return f"{column} IS NULL"
