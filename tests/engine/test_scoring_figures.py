"""The figures by which scores are judged agree with their definitions."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeloop.engine.scoring import figures

PAIRS = st.lists(st.tuples(st.integers(0, 1), st.integers(-3, 3)), min_size=2, max_size=40)


def test_known_values():
    labels, scores = [0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]
    assert figures.auc(labels, scores) == 0.75
    assert figures.brier(labels, scores) == pytest.approx(0.158125)
    assert figures.lift(labels, scores, top=0.25) == 2.0


@given(PAIRS)
def test_auc_is_the_chance_to_stand_above(pairs):
    won = [score for label, score in pairs if label]
    lost = [score for label, score in pairs if not label]
    wins = [(a > b) + (a == b) / 2 for a, b in product(won, lost)]
    expected = sum(wins) / len(wins) if wins else 0.5
    assert figures.auc(*zip(*pairs, strict=True)) == pytest.approx(expected)


@given(PAIRS)
def test_a_score_that_says_nothing_lifts_nothing(pairs):
    labels = [label for label, _ in pairs]
    expected = 1.0 if any(labels) else 0.0
    assert figures.lift(labels, [7] * len(labels)) == pytest.approx(expected)


@given(PAIRS, st.integers(1, 12))
def test_every_record_lies_in_one_bin(pairs, bins):
    labels, scores = zip(*pairs, strict=True)
    found = figures.calibration(labels, scores, bins=bins)
    assert sum(each.count for each in found) == len(labels)
    assert sum(each.came * each.count for each in found) == pytest.approx(sum(labels))


@given(PAIRS, st.lists(st.floats(-5, 5), min_size=2))
def test_calibration_never_turns_an_order_round(pairs, values):
    labels, scores = zip(*pairs, strict=True)
    steps = figures.calibrated(labels, scores)
    chances = [steps.at(value) for value in sorted(values)]
    assert chances == sorted(chances)
    assert all(0 < chance < 1 for chance in chances)
