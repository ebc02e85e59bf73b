"""Conditions by example: what unknown means, what is refused, and what the user is told."""

from __future__ import annotations

from datetime import date

import pytest

from closeloop.engine import conditions, refusals
from closeloop.engine.conditions import LeafResult, Operator, Verdict
from closeloop.engine.facts import Unknown
from tests.engine.condition_strategies import CATALOGUE, NOW

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN


def rule(field: str, operator: str, value: object = None) -> dict:
    return {"field": field, "operator": operator, "value": value}


def group(*rules: dict, combinator: str = "and", **more) -> dict:
    return {"combinator": combinator, "rules": list(rules), **more}


def verdict(tree: dict, **facts) -> Verdict:
    return conditions.compile_closure(tree, CATALOGUE)(facts)


YES, NO, MAYBE = rule("visits", ">", 0), rule("visits", "<", 0), rule("amount", ">", 0)


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (group(YES, MAYBE), UNKNOWN),
        (group(NO, MAYBE), NOT_MET),
        (group(MAYBE, NO), NOT_MET),
        (group(YES, MAYBE, combinator="or"), MET),
        (group(MAYBE, YES, combinator="or"), MET),
        (group(NO, MAYBE, combinator="or"), UNKNOWN),
        (group(NO, combinator="or"), NOT_MET),
        (group(MAYBE, **{"not": True}), UNKNOWN),
        (group(NO, **{"not": True}), MET),
        (group(group(NO, combinator="or", **{"not": True}), YES), MET),
    ],
)
def test_groups_follow_the_three_valued_tables_of_kleene(tree, expected):
    assert verdict(tree, visits=1) is expected


@pytest.mark.parametrize("operator", ["!=", "notIn", "notBetween", "doesNotContain"])
@pytest.mark.parametrize("missing", [{}, {"name": None}, {"name": Unknown("hidden")}])
def test_negative_operator_on_an_unknown_fact_is_unknown(operator, missing):
    value = ["a", "b"] if operator in ("notIn", "notBetween") else "a"

    assert verdict(group(rule("name", operator, value)), **missing) is UNKNOWN


@pytest.mark.parametrize("missing", [None, Unknown("hidden"), ""])
def test_null_always_knows(missing):
    assert verdict(group(rule("name", "null")), name=missing) is MET
    assert verdict(group(rule("name", "notNull")), name=missing) is NOT_MET


def test_relative_date_without_a_time_is_unknown():
    tree = group(rule("due_on", "<", "today"))

    assert verdict(tree, due_on=date(2026, 3, 5)) is UNKNOWN
    assert verdict(tree, due_on=date(2026, 3, 5), now=NOW) is MET


def test_today_is_the_day_in_the_zone_that_now_carries():
    late_evening_utc = NOW.replace(hour=2)  # 02:30 in China is still the day before in UTC
    tree = group(rule("due_on", "=", "today"))

    assert verdict(tree, due_on=date(2026, 3, 6), now=late_evening_utc) is MET


def test_lists_may_come_as_the_comma_text_of_the_query_builder():
    assert verdict(group(rule("seal", "in", "stamped, esign")), seal="esign") is MET


def test_explanation_names_each_row_with_expected_actual_and_reason():
    tree = group(rule("visits", ">=", "3"), group(rule("seal", "!=", "pending"), combinator="or"))

    assert conditions.explain(tree, CATALOGUE, {"visits": 2, "seal": Unknown("not_synced")}) == [
        LeafResult("/rules/0", "visits", Operator.AT_LEAST, 3, 2, NOT_MET),
        LeafResult(
            "/rules/1/rules/0", "seal", Operator.NOT_EQUAL, "pending", None, UNKNOWN, "not_synced"
        ),
    ]


@pytest.mark.parametrize(
    ("tree", "code", "path"),
    [
        (group(), "condition.group_empty", "/rules"),
        (group(combinator="xor"), "condition.combinator_unknown", "/combinator"),
        (group(YES, **{"not": "yes"}), "condition.not_a_boolean", "/not"),
        (group(YES, muted=True), "condition.key_unknown", "/muted"),
        ("visits > 3", "condition.not_a_group", ""),
        (group("visits > 3"), "condition.not_a_rule", "/rules/0"),
        (group({"operator": "="}), "condition.field_missing", "/rules/0/field"),
        (group(rule("nothing", "=", 1)), "condition.field_unknown", "/rules/0/field"),
        (group(rule("visits", "like", 1)), "condition.operator_unknown", "/rules/0/operator"),
        (group(rule("seal", "<", "a")), "condition.operator_unsupported", "/rules/0/operator"),
        (group({**YES, "valueSource": "field"}), "condition.value_source_unsupported", None),
        (group(rule("visits", "=", "many")), "condition.value_type", "/rules/0/value"),
        (group(rule("visits", "=", True)), "condition.value_type", "/rules/0/value"),
        (group(rule("visits", "=", "NaN")), "condition.value_type", "/rules/0/value"),
        (group(rule("visits", "=", "1e999999")), "condition.value_too_large", "/rules/0/value"),
        (group(rule("visits", "=", "")), "condition.value_missing", "/rules/0/value"),
        (group(rule("visits", "in", [])), "condition.value_missing", "/rules/0/value"),
        (group(rule("visits", "in", 1)), "condition.value_not_list", "/rules/0/value"),
        (group(rule("visits", "between", [1])), "condition.value_not_pair", "/rules/0/value"),
        (group(rule("name", "contains", "")), "condition.value_missing", "/rules/0/value"),
        (group(rule("name", "=", "a\x00")), "condition.value_type", "/rules/0/value"),
        (group(rule("seal", "=", "torn")), "condition.choice_unknown", "/rules/0/value"),
        (group(rule("due_on", "=", "tomorrow")), "condition.value_type", "/rules/0/value"),
        (group(rule("due_on", "=", "now-3h")), "condition.value_type", "/rules/0/value"),
        (group(rule("due_on", "=", "today-3h")), "condition.value_type", "/rules/0/value"),
        (group(rule("seen_at", "=", "today")), "condition.value_type", "/rules/0/value"),
        (
            group(rule("seen_at", "=", "2026-03-06T08:00:00")),
            "condition.datetime_without_zone",
            "/rules/0/value",
        ),
        (group(rule("is_key", "=", "perhaps")), "condition.value_type", "/rules/0/value"),
        (group(rule("owner", "=", 1.5)), "condition.value_type", "/rules/0/value"),
    ],
)
def test_faulty_row_is_refused_with_its_code_and_place(tree, code, path):
    with pytest.raises(refusals.ConditionInvalid) as refused:
        conditions.compile_closure(tree, CATALOGUE)

    found = [(problem.code, problem.path) for problem in refused.value.problems]
    assert (code, path or "/rules/0/valueSource" if path != "" else "") in found


def test_every_faulty_row_is_told_at_once():
    tree = group(rule("visits", "=", "many"), group(rule("nothing", "=", 1)), YES)

    with pytest.raises(refusals.ConditionInvalid) as refused:
        conditions.compile_sql(tree, CATALOGUE, str)

    assert [problem["path"] for problem in refused.value.data["problems"]] == [
        "/rules/0/value",
        "/rules/1/rules/0/field",
    ]


def test_tree_deeper_or_longer_than_anyone_reads_is_refused():
    deep = YES
    for _ in range(2000):
        deep = group(deep)

    assert conditions.fact_keys(deep) == frozenset()
    assert [p.code for p in conditions.find_problems(deep, CATALOGUE)] == ["condition.too_deep"]
    assert [p.code for p in conditions.find_problems(group(*[YES] * 301), CATALOGUE)] == [
        "condition.too_many_rules"
    ]


def test_facts_named_by_a_tree_are_found_at_every_depth():
    tree = group(YES, group(MAYBE, group(rule("document.count:minutes", ">", 1))))

    assert conditions.fact_keys(tree) == {"visits", "amount", "document.count:minutes"}
