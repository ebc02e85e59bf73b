"""Wins by the contact that came before them: counts always, shares only of enough cases."""

import pytest

from closeloop.engine import association


def closed(**told):
    """Deals by contacts: (won, lost)."""
    found = []
    for name, (won, lost) in told.items():
        found += [(int(name[1:]), True)] * won + [(int(name[1:]), False)] * lost
    return found


def test_wins_are_told_by_the_contact_before_them():
    rows = association.by_touch(closed(n0=(1, 9), n1=(3, 17), n3=(16, 4)))
    assert [(row.number, row.traced.hits, row.lost) for row in rows] == [
        (0, 1, 9), (1, 3, 17), (2, 0, 0), (3, 16, 4),
    ]  # fmt: skip
    third = rows[3]
    assert third.traced.value == 0.8
    assert third.traced.interval == pytest.approx((0.584, 0.919), abs=1e-3)
    assert association.likeliest(rows) == third


def test_three_cases_have_no_percentage():
    (none, first) = association.by_touch(closed(n0=(0, 0), n1=(2, 1)))
    assert (none.won.of, first.won.hits, first.won.of) == (0, 2, 3)
    assert first.won.value is first.won.interval is first.traced.value is None
    assert association.likeliest([none, first]) is None


def test_many_contacts_stand_in_one_row():
    rows = association.by_touch(closed(n7=(1, 0), n9=(2, 3), n40=(1, 1)))
    assert (rows[-1].number, rows[-1].is_more, rows[-1].won.of) == (8, True, 7)


def test_it_is_told_from_which_contact_on_deals_are_won_more_often():
    rows = association.by_touch(
        closed(n0=(2, 38), n1=(4, 36), n2=(5, 35), n3=(30, 10), n4=(28, 12))
    )
    number, after, before = association.better_from(rows)
    assert (number, after.hits, after.of, before.hits, before.of) == (3, 58, 80, 11, 120)
    even = association.by_touch(closed(n0=(20, 20), n1=(21, 19), n2=(19, 21)))
    assert association.better_from(even) is None
    assert association.by_touch([]) == []
