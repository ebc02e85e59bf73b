"""The closure, the explanation and the slow reference say the same on every input."""

from __future__ import annotations

from hypothesis import given, settings

from closeloop.engine import conditions
from tests.engine.condition_reference import evaluate
from tests.engine.condition_strategies import CATALOGUE, NOW, fact_sets, groups


@settings(max_examples=200, deadline=None)
@given(tree=groups(), facts=fact_sets())
def test_closure_equals_the_reference_on_every_tree_and_facts(tree, facts):
    expected = evaluate(tree, CATALOGUE, facts, NOW)

    late = conditions.compile_closure(tree, CATALOGUE)
    fixed = conditions.compile_closure(tree, CATALOGUE, now=NOW)

    assert late({**facts, "now": NOW}).value == expected
    assert fixed(facts).value == expected


@settings(max_examples=200, deadline=None)
@given(tree=groups(depth=1), facts=fact_sets())
def test_each_explained_row_has_the_verdict_of_that_row_alone(tree, facts):
    results = conditions.explain(tree, CATALOGUE, {**facts, "now": NOW})

    assert [result.verdict.value for result in results] == [
        evaluate(rule, CATALOGUE, facts, NOW) for rule in tree["rules"]
    ]
    assert [result.field for result in results] == [rule["field"] for rule in tree["rules"]]


@settings(max_examples=200, deadline=None)
@given(tree=groups(), facts=fact_sets())
def test_facts_that_a_tree_does_not_name_change_nothing(tree, facts):
    closure = conditions.compile_closure(tree, CATALOGUE, now=NOW)
    named = {key: facts[key] for key in conditions.fact_keys(tree) if key in facts}

    assert closure(named) is closure(facts)
