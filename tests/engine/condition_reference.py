"""The meaning of conditions, written a second time for clarity and without any speed.

It reads the raw stored tree and shares nothing with the engine but the type names.
"""
# ruff: noqa: PLR0911  (one return per operator reads like the definition it is)

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from closeloop.engine.facts import Catalogue, FactType, Unknown


def evaluate(
    tree: Mapping, catalogue: Catalogue, facts: Mapping[str, object], now: datetime
) -> str:
    """Give "met", "not_met" or "unknown"."""
    return {1: "met", 0: "not_met", None: "unknown"}[_node(tree, catalogue, facts, now)]


def _node(tree: Mapping, catalogue: Catalogue, facts: Mapping, now: datetime) -> int | None:
    if "rules" not in tree:
        return _row(tree, catalogue, facts, now)
    found = [_node(rule, catalogue, facts, now) for rule in tree["rules"]]
    if tree["combinator"] == "and":
        result = 0 if 0 in found else None if None in found else 1
    else:
        result = 1 if 1 in found else None if None in found else 0
    return _not(result) if tree.get("not") else result


def _not(value: int | None) -> int | None:
    return None if value is None else 1 - value


def _row(rule: Mapping, catalogue: Catalogue, facts: Mapping, now: datetime) -> int | None:
    type_ = catalogue[rule["field"]].type
    actual = facts.get(rule["field"])
    unknown = actual is None or isinstance(actual, Unknown)
    name = rule["operator"]
    if name in ("null", "notNull"):
        empty = unknown or actual == "" or (type_ is FactType.CHOICES and not list(actual))
        return int(empty) if name == "null" else int(not empty)
    if unknown:
        return None
    expected = _expected(rule["value"], type_, now)
    if type_ is FactType.PERSON:
        actual = str(actual)
    if name == "!=":
        return _not(_compare("=", type_, actual, expected))
    if name == "notIn":
        return _not(_compare("in", type_, actual, expected))
    if name == "notBetween":
        return _not(_compare("between", type_, actual, expected))
    if name == "doesNotContain":
        return _not(_compare("contains", type_, actual, expected))
    return _compare(name, type_, actual, expected)


def _compare(name: str, type_: FactType, actual: object, expected: object) -> int:
    if type_ is FactType.CHOICES:
        held = sorted(set(actual))
        if name == "=":
            return int(held == sorted(set(expected)))
        if name == "in":
            return int(any(each in expected for each in held))
        return int(expected in held)
    if name == "in":
        return int(any(actual == each for each in expected))
    if name == "between":
        return int(expected[0] <= actual <= expected[1])
    if name == "contains":
        size = len(expected)
        return int(any(actual[i : i + size] == expected for i in range(len(actual) + 1)))
    if name == "beginsWith":
        return int(actual[: len(expected)] == expected)
    if name == "endsWith":
        return int(actual[max(0, len(actual) - len(expected)) :] == expected)
    return int(
        (name == "=" and actual == expected)
        or (name == "<" and actual < expected)
        or (name == "<=" and not expected < actual)
        or (name == ">" and expected < actual)
        or (name == ">=" and not actual < expected)
    )


def _expected(raw: object, type_: FactType, now: datetime) -> object:
    if isinstance(raw, list):
        return [_expected(each, type_, now) for each in raw]
    if type_ in (FactType.NUMBER, FactType.MONEY):
        return Decimal(str(raw))
    if type_ is FactType.PERSON:
        return str(raw)
    if type_ is FactType.DATE and raw.startswith("today"):
        return now.date() + timedelta(days=int(raw[5:-1] or 0))
    if type_ is FactType.DATE:
        return date.fromisoformat(raw)
    if type_ is FactType.DATETIME and raw.startswith("now"):
        return now.astimezone(UTC) + timedelta(hours=int(raw[3:-1] or 0))
    if type_ is FactType.DATETIME:
        return datetime.fromisoformat(raw)
    return raw
