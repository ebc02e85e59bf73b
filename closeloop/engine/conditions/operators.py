"""The closed list of operators, which types take which, and what each expects as its value."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from closeloop.engine.facts import FactType


class Operator(StrEnum):
    """An operator as the stored form spells it."""

    EQUAL = "="
    NOT_EQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    IN = "in"
    NOT_IN = "notIn"
    BETWEEN = "between"
    NOT_BETWEEN = "notBetween"
    CONTAINS = "contains"
    NOT_CONTAINS = "doesNotContain"
    BEGINS = "beginsWith"
    ENDS = "endsWith"
    NULL = "null"
    NOT_NULL = "notNull"


POSITIVE_OF: Mapping[Operator, Operator] = {
    Operator.NOT_EQUAL: Operator.EQUAL,
    Operator.NOT_IN: Operator.IN,
    Operator.NOT_BETWEEN: Operator.BETWEEN,
    Operator.NOT_CONTAINS: Operator.CONTAINS,
    Operator.NOT_NULL: Operator.NULL,
}
"""Each negative operator is NOT of the positive one."""

_NULLS = frozenset({Operator.NULL, Operator.NOT_NULL})
_SAME = frozenset({Operator.EQUAL, Operator.NOT_EQUAL}) | _NULLS
_MEMBER = frozenset({Operator.IN, Operator.NOT_IN})
_ORDER = frozenset(
    {
        Operator.LESS,
        Operator.AT_MOST,
        Operator.MORE,
        Operator.AT_LEAST,
        Operator.BETWEEN,
        Operator.NOT_BETWEEN,
    }
)
_PART = frozenset({Operator.CONTAINS, Operator.NOT_CONTAINS})
_EDGE = frozenset({Operator.BEGINS, Operator.ENDS})

OPERATORS_BY_TYPE: Mapping[FactType, frozenset[Operator]] = {
    FactType.TEXT: _SAME | _MEMBER | _ORDER | _PART | _EDGE,
    FactType.NUMBER: _SAME | _MEMBER | _ORDER,
    FactType.MONEY: _SAME | _MEMBER | _ORDER,
    FactType.DATE: _SAME | _MEMBER | _ORDER,
    FactType.DATETIME: _SAME | _MEMBER | _ORDER,
    FactType.BOOLEAN: _SAME,
    FactType.CHOICE: _SAME | _MEMBER,
    FactType.CHOICES: _SAME | _MEMBER | _PART,
    FactType.PERSON: _SAME | _MEMBER,
}
"""What may be asked of a fact. On `choices`: = the same set, in any of these, contains this one."""


class ValueShape(StrEnum):
    """What an operator expects in the value place."""

    NOTHING = "nothing"
    SINGLE = "single"
    PAIR = "pair"
    MANY = "many"


def value_shape(operator: Operator, type_: FactType) -> ValueShape:
    """Tell how many values `operator` takes on a fact of `type_`."""
    positive = POSITIVE_OF.get(operator, operator)
    if positive is Operator.NULL:
        return ValueShape.NOTHING
    if positive is Operator.BETWEEN:
        return ValueShape.PAIR
    if positive is Operator.IN or (positive is Operator.EQUAL and type_ is FactType.CHOICES):
        return ValueShape.MANY
    return ValueShape.SINGLE
