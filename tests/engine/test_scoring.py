"""What a scorecard gives, and what it refuses to be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeloop.engine.facts import Catalogue, Fact, FactType
from closeloop.engine.scoring import (
    Counter,
    ScorecardInvalid,
    Seen,
    find_problems,
    parse_scorecard,
)

TODAY = 740_000
NAME = {"zh-CN": "名", "en-US": "name"}
FACTS = Catalogue(
    [
        Fact("field.industry", FactType.CHOICE, NAME, ("hospital", "school")),
        Fact("field.beds", FactType.NUMBER, NAME),
    ]
)


def rule(key="watch", kind="video_play", points=10, **more):
    return {"key": key, "name": NAME, "kind": kind, "points": points, **more}


def fact_rule(key="hospital", points=20, field="field.industry", operator="=", value="hospital"):
    leaf = {"field": field, "operator": operator, "value": value}
    return {"key": key, "name": NAME, "points": points, "when": tree(leaf)}


def tree(*leaves, combinator="and"):
    return {"combinator": combinator, "rules": list(leaves)}


def at_least(field, value):
    return {"field": field, "operator": ">=", "value": value}


def card(**more):
    return {"key": "lead", "name": NAME, "about": "lead", "floor": 0, "ceiling": 100, **more}


def score(document, seen=(), facts=None, today=TODAY):
    return Counter(parse_scorecard(document, FACTS), FACTS).score(facts or {}, seen, today=today)


def watched(days_ago=0, times=1, **data):
    return Seen("video_play", TODAY - days_ago, data, times)


def test_facts_and_behaviour_add_up_and_each_part_is_told():
    found = score(
        card(facts=[fact_rule()], behaviour=[rule(points=8)]),
        [watched(times=2)],
        {"field.industry": "hospital"},
    )
    assert found.score == 36
    assert [(part.rule, part.points, part.times) for part in found.parts] == [
        ("hospital", 20, 1),
        ("watch", 16, 2),
    ]


def test_a_fact_that_is_not_known_gives_nothing():
    assert score(card(facts=[fact_rule(operator="!=", value="school")])).parts == ()


def test_behaviour_is_worth_half_after_its_half_life():
    found = score(card(behaviour=[rule(points=8, half_life_days=7)]), [watched(7), watched(14)])
    assert [(part.points, part.fresh) for part in found.parts] == [(6.0, 16.0)]


def test_a_cap_holds_what_a_rule_gives_and_what_it_takes():
    rules = [rule(cap=15), rule("leave", "unsubscribed", -30, cap=20)]
    found = score(
        card(floor=-50, behaviour=rules), [watched(times=9), Seen("unsubscribed", TODAY, {})]
    )
    assert [(part.points, part.is_capped) for part in found.parts] == [(15, True), (-20, True)]
    assert found.score == -5


@pytest.mark.parametrize(
    ("repeat", "counted"),
    [
        ("each", 7),
        ("once", 1),
        ({"at_most": 2, "per": "day"}, 4),
        ({"at_most": 3, "per": "month"}, 3),
        ({"at_most": 5, "per": "ever"}, 5),
    ],
)
def test_repetitions_count_as_the_rule_says(repeat, counted):
    found = score(card(behaviour=[rule(points=1, repeat=repeat)]), [watched(0, 5), watched(1, 2)])
    assert [(part.times, part.counted) for part in found.parts] == [(7, counted)]


def test_once_counts_the_latest():
    rules = [rule(points=16, half_life_days=10, repeat="once")]
    found = score(card(behaviour=rules), [watched(10), watched(20)])
    assert found.parts[0].points == 8


def test_only_behaviour_that_fits_the_filter_counts():
    rules = [
        rule("product", points=1, where={"topic": "product"}),
        rule("long", points=10, where={"seconds": {"at_least": 60}}),
        rule("price", points=100, where={"path": {"begins": "/price"}}),
        rule("other", points=1000, where={"topic": {"not": ["product", "news"]}}),
    ]
    seen = [
        watched(topic="product", seconds=59, path="/price/a"),
        watched(topic="news", seconds=True),
        watched(seconds=60, path=7),
    ]
    found = score(card(floor=0, ceiling=9999, behaviour=rules), seen)
    assert found.counts == {"product": 1, "long": 1, "price": 1, "other": 1}
    assert found.score == 1111


def test_old_behaviour_falls_out_of_its_window():
    found = score(card(behaviour=[rule(within_days=30)]), [watched(29), watched(30)])
    assert found.counts == {"watch": 1}


def test_the_first_grade_that_is_met_counts():
    grades = [
        {"key": "sql", "name": NAME, "when": tree(at_least("count.demo", 1))},
        {
            "key": "mql",
            "name": NAME,
            "when": tree(
                tree(at_least("count.form", 1), at_least("count.watch", 2)),
                at_least("score", 60),
                combinator="or",
            ),
        },
    ]
    document = card(
        behaviour=[rule("form", "form", 5), rule(), rule("demo", "demo_booked", 0)], grades=grades
    )
    form, demo = Seen("form", TODAY, {}), Seen("demo_booked", TODAY, {})
    assert score(document, [form, watched()]).grade is None
    assert score(document, [form, watched(times=2)]).grade == "mql"
    assert score(document, [watched(times=6)]).grade == "mql"
    assert score(document, [form, watched(times=2), demo]).grade == "sql"


def test_every_fault_is_told_at_once():
    document = card(
        floor=10,
        ceiling=5,
        facts=[fact_rule(), fact_rule(points="many", field="field.gone")],
        behaviour=[
            rule(kind="juggling", half_life_days=0, repeat={"at_most": 0, "per": "day"}),
            rule("hospital", where={"topic": {}}, cap=-1, colour="red"),
            7,
        ],
        grades=[
            {"key": "sql", "name": {"zh-CN": "销"}, "when": tree(at_least("count.gone", 1))},
            {"key": "sql", "name": NAME, "when": {}},
        ],
    )
    found = find_problems(document, FACTS, kinds=["video_play"])
    assert {(problem.code, problem.path) for problem in found} == {
        ("scoring.ceiling_below_floor", "/ceiling"),
        ("condition.field_unknown", "/facts/1/when/rules/0/field"),
        ("scoring.points_needed", "/facts/1/points"),
        ("scoring.key_twice", "/facts/1/key"),
        ("scoring.kind_unknown", "/behaviour/0/kind"),
        ("scoring.number_needed", "/behaviour/0/half_life_days"),
        ("scoring.repeat_unknown", "/behaviour/0/repeat"),
        ("scoring.key_twice", "/behaviour/1/key"),
        ("scoring.value_needed", "/behaviour/1/where/topic"),
        ("scoring.number_needed", "/behaviour/1/cap"),
        ("scoring.key_unknown", "/behaviour/1/colour"),
        ("scoring.not_an_object", "/behaviour/2"),
        ("scoring.name_needed", "/grades/0/name"),
        ("condition.field_unknown", "/grades/0/when/rules/0/field"),
        ("scoring.key_twice", "/grades/1/key"),
        ("condition.combinator_unknown", "/grades/1/when/combinator"),
        ("condition.group_empty", "/grades/1/when/rules"),
    }
    with pytest.raises(ScorecardInvalid):
        parse_scorecard(document)


REPEATS = st.sampled_from(["each", "once"]) | st.fixed_dictionaries(
    {"at_most": st.integers(1, 5), "per": st.sampled_from(["day", "week", "month", "ever"])}
)
RULES = st.builds(
    lambda points, half, cap, repeat, within: rule(
        points=points, half_life_days=half, cap=cap, repeat=repeat, within_days=within
    ),
    points=st.integers(0, 50),
    half=st.none() | st.floats(0.1, 400),
    cap=st.none() | st.integers(0, 120),
    repeat=REPEATS,
    within=st.none() | st.integers(1, 400),
)
EVENTS = st.lists(st.builds(watched, days_ago=st.integers(0, 500), times=st.integers(1, 4)))


@given(RULES, EVENTS, st.integers(0, 300))
def test_points_never_grow_by_the_passing_of_days_alone(one, seen, later):
    document = card(ceiling=10_000, behaviour=[one])
    assert score(document, seen, today=TODAY + later).total <= score(document, seen).total


@given(RULES, EVENTS)
def test_no_rule_gives_more_than_its_cap_or_its_fresh_worth(one, seen):
    for part in score(card(ceiling=10_000, behaviour=[one]), seen).parts:
        assert 0 <= part.points <= part.fresh
        assert one["cap"] is None or part.points <= one["cap"]
        assert part.counted <= part.times


@given(RULES, EVENTS, st.randoms(use_true_random=False))
def test_the_order_in_which_behaviour_arrives_changes_nothing(one, seen, chance):
    mixed = list(seen)
    chance.shuffle(mixed)
    singly = [Seen(each.kind, each.day, each.data) for each in mixed for _ in range(each.times)]
    document = card(ceiling=10_000, behaviour=[one])
    assert score(document, seen) == score(document, mixed) == score(document, singly)


@given(RULES, EVENTS, EVENTS)
def test_more_behaviour_is_never_worth_less(one, seen, more):
    document = card(ceiling=10_000, behaviour=[one])
    assert score(document, [*seen, *more]).score >= score(document, seen).score


@given(RULES, EVENTS)
def test_the_score_is_the_sum_of_its_parts_within_floor_and_ceiling(one, seen):
    found = score(card(floor=5, ceiling=40, behaviour=[one]), seen)
    assert 5 <= found.score <= 40
    assert found.total == round(sum(part.points for part in found.parts), 1)
