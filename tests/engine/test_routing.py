"""What a rule set says and what is wrong with it; who gets a lead, and why."""

import pytest

from closeloop.engine.facts import Catalogue, Fact, FactType
from closeloop.engine.routing import (
    Branch,
    Group,
    Known,
    Passed,
    Person,
    RulesInvalid,
    Seat,
    State,
    Strategy,
    Why,
    compile_rules,
    decide,
    find_problems,
    parse_rules,
    take,
)

NAME = {"zh-CN": "名称", "en-US": "Name"}
INDUSTRY = Fact("field.industry", FactType.CHOICE, NAME, ("hospital", "school"))
KNOWN = Known(
    catalogue=Catalogue([INDUSTRY]),
    groups={"a": [frozenset({"x-ray"})], "b": [frozenset()], "empty": []},
    grades=frozenset({"sql"}),
)
HOSPITAL = {
    "combinator": "and",
    "rules": [{"field": "field.industry", "operator": "=", "value": "hospital"}],
}


def branch(key="one", when=HOSPITAL, groups=("a",), **more):
    return {"key": key, "name": NAME, "when": when, "groups": list(groups), **more}


def rules(*branches, **more):
    return {
        "key": "leads",
        "name": NAME,
        "record_type": "lead",
        "branches": list(branches),
        "otherwise": {"groups": ["b"]},
        **more,
    }


def codes(document, known=KNOWN):
    return [(each.code, each.path) for each in find_problems(document, known)]


def test_a_rule_set_is_read_whole():
    parsed = parse_rules(rules(branch(skills=["x-ray"]), upon={"graded": ["sql"]}), KNOWN)
    assert parsed.branches[0].skills == ("x-ray",)
    assert (parsed.on_created, parsed.on_grades, parsed.reroutes) == (True, {"sql"}, 2)
    assert parsed.groups == ("a", "b")


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ([], ("routing.not_an_object", "")),
        (rules(colour="red"), ("routing.key_unknown", "/colour")),
        (rules(key="Leads!"), ("routing.key_invalid", "/key")),
        (rules(name={"zh-CN": "只有中文"}), ("routing.name_needed", "/name")),
        (rules(otherwise=None), ("routing.otherwise_needed", "/otherwise")),
        (rules(reroutes=11), ("routing.reroutes_invalid", "/reroutes")),
        (rules(upon={"graded": ["mql"]}), ("routing.grade_unknown", "/upon/graded/0")),
        (rules(upon={"created": "yes"}), ("routing.boolean_needed", "/upon/created")),
        (rules(branch(groups=())), ("routing.group_needed", "/branches/0/groups")),
        (rules(branch(groups=["zoo"])), ("routing.group_unknown", "/branches/0/groups/0")),
        (rules(branch(groups=["empty"])), ("routing.group_empty", "/branches/0/groups/0")),
        (rules(branch(groups=["a", "a"])), ("routing.group_twice", "/branches/0/groups/1")),
        (rules(branch(skills=["laser"])), ("routing.skill_nobody_has", "/branches/0/skills")),
        (rules(branch(skills=[""])), ("routing.skill_invalid", "/branches/0/skills/0")),
        (
            rules(branch(when={"combinator": "and", "rules": []})),
            ("condition.group_empty", "/branches/0/when/rules"),
        ),
        (rules(branch(), branch(when=None)), ("routing.key_twice", "/branches/1/key")),
        (
            rules(branch(when=None), branch("two")),
            ("routing.branch_unreachable", "/branches/1"),
        ),
        (rules(branch(), branch("two")), ("routing.branch_unreachable", "/branches/1")),
    ],
)
def test_every_fault_is_told_with_its_place(document, problem):
    assert problem in codes(document)


def test_a_fact_that_nobody_knows_is_told():
    when = {"combinator": "and", "rules": [{"field": "mood", "operator": "=", "value": "good"}]}
    assert codes(rules(branch(when=when))) == [
        ("condition.field_unknown", "/branches/0/when/rules/0/field")
    ]
    with pytest.raises(RulesInvalid):
        parse_rules(rules(branch(when=when)), KNOWN)


def test_an_unknown_fact_is_no_yes():
    compiled = compile_rules(parse_rules(rules(branch()), KNOWN), KNOWN.catalogue)
    assert compiled.branch_for({"field.industry": "hospital"}).key == "one"
    assert compiled.branch_for({"field.industry": None}).key == "otherwise"


def test_a_condition_on_what_has_gone_is_never_met():
    compiled = compile_rules(parse_rules(rules(branch())), Catalogue())
    assert compiled.broken == {"one"}
    assert compiled.branch_for({"field.industry": "hospital"}).key == "otherwise"


def people(*given):
    return {each.id: each for each in given}


def group(key, *seats, strategy=Strategy.LEAST_OPEN):
    return Group(key, strategy, list(seats))


ONE = Branch("one", NAME, ("first", "second"), skills=("x-ray",))


def test_everybody_who_was_passed_over_is_named_with_the_reason():
    able = frozenset({"x-ray"})
    state = State(
        people=people(
            Person(1, unable=Why.AWAY, skills=able),
            Person(2, unable=Why.OFF_HOURS, skills=able),
            Person(3),
            Person(4, cap=2, skills=able),
            Person(5, skills=able),
            Person(6, skills=able),
        ),
        loads={4: 2, 5: 3, 6: 1},
        groups={
            "first": group("first", *(Seat(each) for each in (1, 2, 3, 4, 7))),
            "second": group("second", Seat(5), Seat(6)),
        },
    )
    decision = decide(ONE, state)
    assert (decision.group, decision.person, decision.load, decision.cap) == ("second", 6, 1, 5)
    assert decision.overflow == ("first",)
    assert list(decision.room) == [(5, 3), (6, 1)]
    assert decision.passed == (
        Passed("first", Why.LEFT, (7,)),
        Passed("first", Why.AWAY, (1,)),
        Passed("first", Why.OFF_HOURS, (2,)),
        Passed("first", Why.LACKS_SKILL, (3,)),
        Passed("first", Why.AT_CAP, (4,)),
    )


def shared(strategy, *seats, times):
    state = State(
        people=people(*(Person(seat.person, cap=100) for seat in seats)),
        loads={},
        groups={"first": group("first", *seats, strategy=strategy)},
    )
    found = []
    for _ in range(times):
        decision = decide(Branch("b", NAME, ("first",)), state)
        take(state, decision)
        found.append(decision.person)
    return found


def test_turns_go_round():
    assert shared(Strategy.ROUND_ROBIN, Seat(1), Seat(2), Seat(3), times=5) == [1, 2, 3, 1, 2]


def test_weights_are_kept_and_spread():
    seats = (Seat(1, weight=5), Seat(2), Seat(3))
    assert shared(Strategy.WEIGHTED, *seats, times=7) == [1, 1, 2, 1, 3, 1, 1]


def test_the_list_decides_where_it_is_fixed():
    assert shared(Strategy.FIXED, Seat(1, place=1), Seat(2, place=0), times=2) == [2, 2]


def test_who_had_it_is_passed_over():
    state = State(
        people=people(Person(1), Person(2)),
        loads={},
        groups={"first": group("first", Seat(1), Seat(2))},
    )
    branch_ = Branch("b", NAME, ("first",))
    assert decide(branch_, state, earlier=frozenset({1})).person == 2
    everybody = decide(branch_, state, earlier=frozenset({1, 2}))
    assert everybody.person is None
    assert everybody.passed == (Passed("first", Why.HAD_IT, (1, 2)),)
