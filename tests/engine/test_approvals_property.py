"""Flows of any shape end, wait on somebody while they run, and come out the same in any order."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from closeloop.engine import approvals as engine
from closeloop.engine.approvals import Around, AskState, Case, CaseState
from closeloop.engine.approvals.refusals import (
    NodeNotPassed,
    NotReturned,
    RightMissing,
    SignerNotPossible,
)
from tests.engine.approval_strategies import PEOPLE, REQUESTER, flows, villages

ENDED = {CaseState.GRANTED, CaseState.REFUSED, CaseState.ENDED}
MOST_ANSWERS = 400


def around(flow, village, amount):
    return Around(flow, {"form.amount": amount}, village)


def begun(place):
    return engine.start(Case(requester=REQUESTER, unit=1), place)


def assert_waits_on_somebody(case, place):
    waiting = case.waiting()
    assert bool(waiting) is (case.state is CaseState.RUNNING)
    assert all(place.directory.is_active(ask.person) for ask in waiting)
    if case.state is not CaseState.RUNNING:
        assert not [ask for ask in case.asks if ask.state.is_open]


def played(place, refusing, rng):
    """Answer until the end, whoever comes first; people who refuse always refuse."""
    case, answers = begun(place), 0
    while case.state is CaseState.RUNNING:
        assert_waits_on_somebody(case, place)
        ask = rng.choice(case.waiting())
        answer = engine.refuse if ask.person in refusing else engine.agree
        case = answer(case, ask, place)
        answers += 1
        assert answers < MOST_ANSWERS
    return case


@settings(max_examples=400, deadline=None)
@given(flows(), villages, st.integers(0, 3), st.frozensets(st.sampled_from(PEOPLE)))
def test_any_flow_ends_the_same_in_whatever_order_answers_come(flow, village, amount, refusing):
    place = around(flow, village, amount)
    outcomes = {played(place, refusing, Random(seed)).state for seed in range(4)}
    assert len(outcomes) == 1
    assert outcomes <= ENDED


@settings(max_examples=400, deadline=None)
@given(flows(), villages, st.integers(0, 3), st.randoms(use_true_random=False))
def test_whatever_people_do_it_waits_on_somebody_and_ends(flow, village, amount, rng):
    place = around(flow, village, amount)
    case = begun(place)
    for _ in range(30):
        assert_waits_on_somebody(case, place)
        if case.state.is_final:
            break
        case = something(case, place, rng)
    for _ in range(MOST_ANSWERS):
        if case.state is CaseState.RETURNED:
            case = engine.resubmit(case, REQUESTER, place)
        assert_waits_on_somebody(case, place)
        if case.state.is_final:
            break
        case = engine.agree(case, case.waiting()[0], place)
    assert case.state in ENDED | {CaseState.WITHDRAWN}


def something(case, place, rng):
    """One thing that somebody may try; what is refused leaves the case as it was."""
    if case.state is CaseState.RETURNED:
        return engine.resubmit(case, REQUESTER, place)
    ask, other = rng.choice(case.waiting()), rng.choice(PEOPLE)
    nodes = engine.passed_nodes(case)
    deeds = [
        lambda: engine.agree(case, ask, place),
        lambda: engine.agree(case, ask, place),
        lambda: engine.transfer(case, ask, place, to=other),
        lambda: engine.add_signer(case, ask, place, person=other, is_before=True),
        lambda: engine.add_signer(case, ask, place, person=other, is_before=False),
        lambda: engine.send_back(case, ask, place),
        lambda: engine.send_back(case, ask, place, to_node=rng.choice(nodes) if nodes else "x"),
        lambda: engine.reassign(case, ask, place, to=other) if able(place, other) else case,
    ]
    try:
        return rng.choice(deeds)()
    except (SignerNotPossible, RightMissing, NodeNotPassed, NotReturned):
        return case


def able(place, person):
    return place.directory.is_active(person) and person != REQUESTER


@settings(max_examples=200, deadline=None)
@given(flows(), villages, st.integers(0, 3))
def test_nobody_is_asked_twice_at_once_nor_about_their_own(flow, village, amount):
    place = around(flow, village, amount)
    case = begun(place)
    while case.state is CaseState.RUNNING:
        people = [ask.person for ask in case.waiting()]
        assert len(people) == len(set(people))
        if flow.flow.own_request.value != "ask" and village.admins != (REQUESTER,):
            chosen = [ask for ask in case.waiting() if ask.state is AskState.WAITING]
            assert REQUESTER not in [ask.person for ask in chosen]
        case = engine.agree(case, case.waiting()[0], place)
