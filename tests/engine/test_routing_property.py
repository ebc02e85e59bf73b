"""Whatever the groups and loads: nobody above the cap, the same twice, the same in any order."""

from copy import deepcopy

from hypothesis import given
from hypothesis import strategies as st

from closeloop.engine.routing import (
    Branch,
    Group,
    Person,
    Seat,
    State,
    Strategy,
    Why,
    decide,
    take,
)

NAME = {"zh-CN": "名称", "en-US": "Name"}
IDS = range(1, 9)
SKILLS = st.frozensets(st.sampled_from(["x-ray", "english"]))
PERSONS = st.fixed_dictionaries(
    {
        each: st.builds(
            Person,
            id=st.just(each),
            cap=st.integers(0, 4),
            skills=SKILLS,
            unable=st.sampled_from([None, None, None, Why.AWAY, Why.OFF_HOURS]),
        )
        for each in IDS
    }
)


@st.composite
def groups(draw, key):
    members = draw(st.lists(st.sampled_from(IDS), unique=True))
    seats = [
        Seat(
            each, place, draw(st.integers(1, 5)), draw(st.integers(0, 3)), draw(st.integers(-4, 4))
        )
        for place, each in enumerate(members)
    ]
    given = max((seat.turn for seat in seats), default=0)
    return Group(key, draw(st.sampled_from(Strategy)), seats, given)


@st.composite
def states(draw):
    return State(
        people=draw(PERSONS),
        loads=draw(st.dictionaries(st.sampled_from(IDS), st.integers(0, 5))),
        groups={key: draw(groups(key)) for key in ("a", "b", "c")},
    )


BRANCHES = st.builds(
    Branch,
    key=st.just("branch"),
    name=st.just(NAME),
    groups=st.lists(st.sampled_from(["a", "b", "c", "gone"]), unique=True).map(tuple),
    skills=SKILLS.map(lambda found: tuple(sorted(found))),
)
EARLIER = st.frozensets(st.sampled_from(IDS))


def fresh(state):
    """The same state, with nothing prepared."""
    return deepcopy(State(people=state.people, loads=state.loads, groups=state.groups))


@given(states(), st.lists(BRANCHES, max_size=30))
def test_nobody_receives_at_the_cap_away_or_without_the_skill(state, branches):
    for branch in branches:
        before = dict(state.loads)
        decision = decide(branch, state)
        take(state, decision)
        if decision.person is None:
            assert state.loads == before
            continue
        person = state.people[decision.person]
        assert person.unable is None
        assert set(branch.skills) <= person.skills
        assert decision.load == before.get(person.id, 0) < person.cap == decision.cap
        assert state.loads == {**before, person.id: decision.load + 1}


@given(states(), BRANCHES, EARLIER)
def test_the_same_state_gives_the_same_decision_and_stays_as_it_is(state, branch, earlier):
    kept = fresh(state)
    first = decide(branch, state, earlier=earlier)
    assert decide(branch, state, earlier=earlier) == first == decide(branch, kept, earlier=earlier)
    assert (state.loads, state.groups) == (kept.loads, kept.groups)


@given(states(), st.lists(BRANCHES, max_size=30))
def test_many_in_one_state_are_as_one_by_one(state, branches):
    one_by_one, kept = [], fresh(state)
    for branch in branches:
        # Each decision reads its state afresh, as the single path does.
        kept = fresh(kept)
        decision = decide(branch, kept)
        take(kept, decision)
        one_by_one.append(decision)
    together = []
    for branch in branches:
        decision = decide(branch, state)
        take(state, decision)
        together.append(decision)
    assert together == one_by_one


@given(states(), BRANCHES, EARLIER, st.randoms(use_true_random=False))
def test_the_order_in_which_members_are_listed_does_not_matter(state, branch, earlier, chance):
    shuffled = fresh(state)
    for group in shuffled.groups.values():
        chance.shuffle(group.seats)
    decision = decide(branch, state, earlier=earlier)
    assert decide(branch, shuffled, earlier=earlier) == decision


@given(states(), BRANCHES, EARLIER)
def test_everybody_asked_either_had_room_or_was_passed_over_once(state, branch, earlier):
    decision = decide(branch, state, earlier=earlier)
    asked = [*decision.overflow, *([decision.group] if decision.group else [])]
    for key in asked:
        members = (
            {seat.person for seat in state.groups[key].seats} if key in state.groups else set()
        )
        passed = [person for each in decision.passed if each.group == key for person in each.people]
        room = {person for person, _ in decision.room} if key == decision.group else set()
        assert sorted([*passed, *room]) == sorted(members)
    assert asked == list(branch.groups)[: len(asked)]
    assert decision.group is not None or len(asked) == len(branch.groups)
