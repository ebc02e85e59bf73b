"""Win rates with something and without it: the difference, its interval, and Holm over all."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, fisher_exact

from closeloop.engine.association import contrasts, difference_interval

COUNTS = st.integers(1, 80).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
KEYS = ("one", "two", "three")
TRAITS = st.fixed_dictionaries({key: st.sampled_from([True, False, None]) for key in KEYS})
CASES = st.lists(st.tuples(st.booleans(), TRAITS), max_size=120)


def cases(having, lacking, key="it"):
    """Cases of (hits, of) with the trait and without it."""
    return [
        (place < hits, {key: has})
        for has, (hits, of) in ((True, having), (False, lacking))
        for place in range(of)
    ]


def test_the_interval_is_that_of_newcombes_paper():
    """Newcombe 1998, table II: 56/70 against 48/80, 9/10 against 3/10, 10/10 against 0/10."""
    for counts, low, high in (
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((10, 10, 0, 10), 0.6075, 1.0),
    ):
        assert difference_interval(*counts) == pytest.approx((low, high), abs=1e-4)
    assert difference_interval(0, 0, 3, 10) is None


@given(COUNTS, COUNTS)
def test_the_interval_stands_on_scipys_wilson_and_turns_with_the_groups(one, other):
    low, high = difference_interval(*one, *other)
    (a, n), (b, m) = one, other
    first = binomtest(a, n).proportion_ci(method="wilson")
    second = binomtest(b, m).proportion_ci(method="wilson")
    between = a / n - b / m
    below = sqrt((a / n - first.low) ** 2 + (second.high - b / m) ** 2)
    above = sqrt((first.high - a / n) ** 2 + (b / m - second.low) ** 2)
    assert (low, high) == pytest.approx((between - below, between + above), abs=1e-9)
    assert -1 <= low <= between + 1e-12
    assert between - 1e-12 <= high <= 1
    assert difference_interval(*other, *one) == pytest.approx((-high, -low))


@given(CASES)
def test_every_case_is_counted_once_and_the_surest_comes_first(given_cases):
    found = contrasts(given_cases, KEYS, enough=5)
    assert {each.key for each in found} == set(KEYS)
    told = [each for each in found if each.p is not None]
    assert found[: len(told)] == told
    for each in found:
        assert each.having.of + each.lacking.of + each.unknown == len(given_cases)
        assert (each.p is None) == (min(each.having.of, each.lacking.of) < 5)
    for each in told:
        tables = [[part.hits, part.of - part.hits] for part in (each.having, each.lacking)]
        assert each.p == pytest.approx(fisher_exact(tables)[1], abs=1e-6)
        assert each.interval[0] <= each.difference <= each.interval[1]
        assert each.p <= each.corrected <= min(1, len(told) * each.p) + 1e-12
    corrected = [each.corrected for each in told]
    assert corrected == sorted(corrected)


def test_groups_of_fewer_than_ten_are_counted_and_not_compared():
    (few,) = contrasts(cases((9, 9), (0, 40)), ["it"])
    assert (few.having.hits, few.having.of, few.lacking.of) == (9, 9, 40)
    assert (few.having.value, few.difference, few.p, few.is_clear) == (None, None, None, False)
    (enough,) = contrasts(cases((10, 10), (0, 40)), ["it"])
    assert enough.difference == 1
    assert enough.is_clear


def test_what_is_not_told_of_a_case_is_in_neither_group():
    unknown = [(True, {"it": None}), (False, {})]
    (found,) = contrasts([*cases((5, 10), (5, 10)), *unknown], ["it"])
    assert (found.having.of, found.lacking.of, found.unknown) == (10, 10, 2)
    assert found.difference == 0
    assert found.p == pytest.approx(1)
    assert not found.is_clear
