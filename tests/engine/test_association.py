"""What goes together with step-backs is found, and nothing where there is nothing."""

from datetime import datetime, timedelta

import pytest

from closeloop.engine import association
from closeloop.engine.association import Limits, Observation
from tests.engine.step_back_company import HABIT, moves

MONDAY = datetime.fromisoformat("2026-06-01T09:00:00+08:00")


def test_known_values():
    assert association.chi_square_p(3.841458820694124) == pytest.approx(0.05)
    assert association.fisher_p(3, 4, 1, 4) == pytest.approx(34 / 70)  # the lady tasting tea
    assert association.fisher_p(1, 10, 11, 14) == pytest.approx(0.002759456, rel=1e-6)
    assert association.holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert association.cramers_v(10, 10, 0, 10) == 1.0
    assert association.share_interval(0, 10) == pytest.approx((0, 0.2775), abs=1e-4)


def test_a_company_without_the_habit_shows_no_finding():
    false = [seed for seed in range(100) if _findings(moves(seed, deals=150))]
    assert len(false) <= 5


def test_the_habit_is_ranked_first():
    for seed in range(20):
        found = _findings(moves(seed, has_habit=True))
        assert found[0].trait == HABIT, seed
        assert found[0].interval[0] > 5


def test_what_is_a_part_of_the_habit_does_not_stand_by_itself():
    observed = moves(3, has_habit=True)
    assert len(_findings(observed)) > 1
    assert association.left_over(observed, Limits(), without=HABIT) == set()


def test_the_habit_is_told_with_its_class_and_stage():
    observed = moves(3, has_habit=True)
    rows = association.concentrations(observed, within=HABIT, besides=("weekday", "hour"))
    told = {row.trait: row for row in rows}
    assert told.keys() == {("class", "public"), ("from", "5")}
    public = told[("class", "public")]
    assert public.hits / public.of > 0.9
    assert public.elsewhere / public.elsewhere_of < 0.5


def test_one_deal_that_goes_to_and_fro_is_no_evidence():
    """Thirty step-backs in one hour are a finding of thirty deals, not of one or two."""
    calm = [Observation(deal, deal % 41 == 0, _at(9 + deal % 8)) for deal in range(800)]
    one = [Observation(1000, True, _at(20)) for _ in range(30)]
    few = [Observation(1000 + each % 3, True, _at(20)) for each in range(30)]
    many = [Observation(1000 + each, True, _at(20)) for each in range(30)]
    assert _findings(calm + one) == _findings(calm + few) == []
    assert [each.trait for each in _findings(calm + many)] == [("hour", "20")]


def test_flapping_is_more_than_five_changes_in_a_week_with_a_way_back():
    fast = [(1, MONDAY + timedelta(hours=each), False) for each in range(8)]
    slow = [(2, MONDAY + timedelta(days=2 * each), each == 1) for each in range(12)]
    to_and_fro = [(3, MONDAY + timedelta(days=each), each % 2 == 1) for each in range(6)]
    five = [(4, MONDAY + timedelta(days=each), each % 2 == 1) for each in range(5)]
    found = association.flapping([*fast, *slow, *to_and_fro, *five])
    assert [(each.record, each.changes, each.backs) for each in found] == [(3, 6, 3)]
    assert found[0].last == MONDAY + timedelta(days=5)
    assert {each.record for each in association.flapping(five, most=4)} == {4}


def _findings(observed):
    return [each for each in association.rank(observed, Limits()) if each.is_found]


def _at(hour):
    return frozenset({("hour", str(hour))})
