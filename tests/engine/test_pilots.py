import random

import pytest

from closeloop.engine.pilots import Cell, Verdict, effect

DAYS = 28


def share(hits, of):
    return Cell(hits, of, DAYS)


def count(hits, days=DAYS):
    return Cell(hits, None, days)


def test_what_happened_to_everybody_is_no_effect():
    found = effect(
        before=share(60, 100), after=share(75, 100),
        rest_before=share(600, 1000), rest_after=share(750, 1000),
    )  # fmt: skip
    assert found.change == pytest.approx(0.0)
    assert found.low < 0 < found.high
    assert found.verdict is Verdict.UNCLEAR


def test_what_happened_to_the_pilot_alone_is_its_effect():
    found = effect(
        before=share(120, 200), after=share(170, 200),
        rest_before=share(600, 1000), rest_after=share(610, 1000),
    )  # fmt: skip
    assert found.change == pytest.approx(0.24)
    assert 0 < found.low < 0.24 < found.high
    assert found.verdict is Verdict.MORE


def test_counts_are_compared_by_their_rate_a_day():
    found = effect(
        before=count(100, days=10), after=count(300, days=20),
        rest_before=count(1000, days=10), rest_after=count(2000, days=20),
    )  # fmt: skip
    assert found.change == pytest.approx(0.5)
    assert found.verdict is Verdict.MORE


@pytest.mark.parametrize("few", [share(1, 4), share(0, 0)])
def test_a_handful_of_cases_says_nothing(few):
    found = effect(
        before=few, after=share(50, 60), rest_before=share(50, 60), rest_after=share(50, 60)
    )
    assert (found.change, found.verdict) == (None, Verdict.TOO_FEW)


def test_the_interval_holds_the_truth_about_95_times_of_100():
    told, held, rounds = random.Random(5), 0, 2000
    truth = (0.7 - 0.6) - (0.55 - 0.5)
    for _ in range(rounds):
        cells = [
            share(sum(told.random() < p for _ in range(n)), n)
            for p, n in ((0.6, 60), (0.7, 60), (0.5, 200), (0.55, 200))
        ]
        found = effect(before=cells[0], after=cells[1], rest_before=cells[2], rest_after=cells[3])
        held += found.low <= truth <= found.high
    assert 0.94 <= held / rounds <= 0.975
