"""Whatever the facts are: unknown never opens a lock, and the list of missing items is exact."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from closeloop.engine import stages
from closeloop.engine.facts import Unknown
from closeloop.engine.stages import Allowed, Blocked, GrantedException, InstanceState
from tests.engine import blueprint_builder as build

PROCESS = build.compiled()
GATED = [ends for ends, move in PROCESS.moves.items() if move.items]
UNKNOWN = [None, Unknown("later")]
VALUES = {
    "field.budget": ["low", "", *UNKNOWN],
    "document.count:minutes:docx,pdf": [0, 1, 2, *UNKNOWN],
    "checklist.ticked:meet.greeted": [True, False, *UNKNOWN],
    "checklist.ticked:meet.noted": [True, False, *UNKNOWN],
    "contacts.roles_covered": [0, 2, 3, 7, *UNKNOWN],
    "document.count:slides": [0, 1, 2, *UNKNOWN],
    "field.seal": ["pending", "stamped", "esign", *UNKNOWN],
    "field.amount": [0, 1, *UNKNOWN],
}
FACTS = st.fixed_dictionaries(
    {}, optional={key: st.sampled_from(values) for key, values in VALUES.items()}
)
OPENS = {
    "meet_budget": lambda f: f.get("field.budget") == "low",
    "meet_minutes": lambda f: f.get("document.count:minutes:docx,pdf") in (1, 2),
    "meet_list": lambda f: all(f.get(f"checklist.ticked:meet.{t}") is True for t in TICKS),
    "show_roles": lambda f: f.get("contacts.roles_covered") in (3, 7),
    "show_slides": lambda f: f.get("document.count:slides") == 2,
    "seal_done": lambda f: f.get("field.seal") in ("stamped", "esign"),
    "won_amount": lambda f: f.get("field.amount") in (0, 1),
}
TICKS = ("greeted", "noted")


def decide(ends: tuple[str, str], facts: dict, exception: GrantedException | None = None):
    return stages.decide_advance(
        PROCESS,
        InstanceState(ends[0], frozenset({ends[0]})),
        facts,
        to_stage=ends[1],
        now=build.NOW,
        outcome_reason="price",
        exception=exception,
    )


@settings(max_examples=400, deadline=None)
@given(ends=st.sampled_from(GATED), facts=FACTS)
def test_missing_items_are_exactly_those_the_facts_do_not_meet(ends, facts):
    wanted = [item.placed.item.key for item in PROCESS.moves[ends].items]
    lacking = [key for key in wanted if not OPENS[key](facts)]

    decision = decide(ends, facts)

    found = [m.item_key for m in decision.missing] if isinstance(decision, Blocked) else []
    assert found == lacking
    assert isinstance(decision, Blocked if lacking else Allowed)


@settings(max_examples=200, deadline=None)
@given(ends=st.sampled_from(GATED), facts=FACTS, lost=st.sampled_from(sorted(VALUES)))
def test_forgetting_a_fact_never_opens_a_lock(ends, facts, lost):
    less = {**facts, lost: Unknown("forgotten")}

    assert not (
        isinstance(decide(ends, less), Allowed) and isinstance(decide(ends, facts), Blocked)
    )


@settings(max_examples=200, deadline=None)
@given(ends=st.sampled_from(GATED), facts=FACTS)
def test_only_the_facts_named_by_the_move_count(ends, facts):
    named = {key: value for key, value in facts.items() if key in PROCESS.fact_keys(*ends)}

    assert decide(ends, named) == decide(ends, facts)


@settings(max_examples=200, deadline=None)
@given(
    ends=st.sampled_from(GATED),
    facts=FACTS,
    items=st.sets(st.sampled_from(sorted(OPENS))),
    version=st.sampled_from([2, 3, None]),
)
def test_exception_takes_away_exactly_what_it_names_for_its_version(ends, facts, items, version):
    exception = GrantedException("e", "sale", version, ends[0], ends[1], frozenset(items))
    without = decide(ends, facts)
    lacking = without.missing if isinstance(without, Blocked) else ()
    left = tuple(m for m in lacking if version != 3 or m.item_key not in items)

    decision = decide(ends, facts, exception)

    if left:
        assert decision == replace(without, missing=left)
    else:
        assert decision.excepted == lacking
