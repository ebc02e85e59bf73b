"""The closure and PostgreSQL say the same: met, not met, unknown are true, false, NULL."""

from __future__ import annotations

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from closeloop.engine import conditions
from closeloop.engine.facts import FactType, Unknown
from tests.engine.condition_strategies import CATALOGUE, KEYS, NOW, fact_sets, groups

VERDICTS = {True: "met", False: "not_met", None: "unknown"}
SQL_TYPES = {
    FactType.TEXT: "text",
    FactType.NUMBER: "numeric",
    FactType.MONEY: "numeric",
    FactType.DATE: "date",
    FactType.DATETIME: "timestamptz",
    FactType.BOOLEAN: "boolean",
    FactType.CHOICE: "text",
    FactType.CHOICES: "text[]",
    FactType.PERSON: "bigint",
}
COLUMNS = {key: f"c{index}" for index, key in enumerate(KEYS)}


def stored(value: object) -> object:
    return None if isinstance(value, Unknown) else value


def answers(pg: psycopg.Connection, trees: list, facts_list: list) -> list[list[str]]:
    """Ask PostgreSQL for every tree on every row of facts in one query."""
    row = "(" + ", ".join(f"%s::{SQL_TYPES[CATALOGUE[key].type]}" for key in KEYS) + ")"
    fragments = [
        conditions.compile_sql(tree, CATALOGUE, lambda key: f"f.{COLUMNS[key]}", now=NOW)
        for tree in trees
    ]
    tests = ", ".join(fragment.sql for fragment in fragments)
    rows = ", ".join(f"({index}, {row[1:]}" for index in range(len(facts_list)))
    names = ", ".join(["n", *COLUMNS.values()])
    params = [value for fragment in fragments for value in fragment.params]
    params += [stored(facts.get(key)) for facts in facts_list for key in KEYS]
    query = f"SELECT {tests} FROM (VALUES {rows}) AS f ({names}) ORDER BY n"
    return [[VERDICTS[value] for value in found] for found in pg.execute(query, params)]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    trees=st.lists(groups(), min_size=10, max_size=20),
    facts_list=st.lists(fact_sets(), min_size=4, max_size=10),
)
def test_closure_equals_postgresql_on_every_tree_and_facts(pg, trees, facts_list):
    closures = [conditions.compile_closure(tree, CATALOGUE, now=NOW) for tree in trees]

    assert answers(pg, trees, facts_list) == [
        [closure(facts).value for closure in closures] for facts in facts_list
    ]


@pytest.mark.parametrize(
    ("rule", "facts", "verdict"),
    [
        ({"field": "name", "operator": "contains", "value": "%"}, {"name": "50 折"}, "not_met"),
        ({"field": "name", "operator": "beginsWith", "value": "A_"}, {"name": "A_1"}, "met"),
        ({"field": "name", "operator": "endsWith", "value": "\\"}, {"name": "a\\"}, "met"),
        ({"field": "name", "operator": "=", "value": "abc"}, {"name": "ABC"}, "not_met"),
        ({"field": "name", "operator": "<", "value": "a"}, {"name": "B"}, "met"),
        ({"field": "name", "operator": ">", "value": "锁"}, {"name": "🔒"}, "met"),
        ({"field": "name", "operator": "null"}, {"name": ""}, "met"),
        ({"field": "name", "operator": "doesNotContain", "value": "a"}, {}, "unknown"),
        ({"field": "tags", "operator": "notNull"}, {"tags": []}, "not_met"),
        ({"field": "tags", "operator": "in", "value": ["esign"]}, {"tags": []}, "not_met"),
        ({"field": "amount", "operator": "=", "value": 0.1}, {"amount": "0.10"}, "met"),
        ({"field": "due_on", "operator": "<", "value": "today"}, {"due_on": "2026-03-05"}, "met"),
    ],
)
def test_postgresql_reads_wildcards_case_order_and_emptiness_as_the_closure_does(
    pg, rule, facts, verdict
):
    assert answers(pg, [{"combinator": "and", "rules": [rule]}], [facts]) == [[verdict]]


def test_user_text_reaches_postgresql_only_as_a_parameter():
    rule = {"field": "name", "operator": "=", "value": "x'; DROP TABLE deal; --"}
    tree = {"combinator": "or", "not": True, "rules": [rule]}

    fragment = conditions.compile_sql(tree, CATALOGUE, lambda key: f"d.{key}")

    assert fragment.sql == '(NOT (((d.name)::text COLLATE "C" = (%s)::text)))'
    assert fragment.params == ("x'; DROP TABLE deal; --",)


def test_relative_date_without_a_time_cannot_become_sql():
    tree = {
        "combinator": "and",
        "rules": [{"field": "due_on", "operator": "<", "value": "today-7d"}],
    }

    with pytest.raises(ValueError, match="relative date"):
        conditions.compile_sql(tree, CATALOGUE, str)
