"""Places, texts and doubts: what the checks of a follow-up say."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeloop.engine import evidence
from closeloop.engine.evidence import (
    Applies,
    DoubtKind,
    Known,
    Occasion,
    Photo,
    Place,
    Situation,
    choose,
    find_doubts,
)

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
HERE = Known(31.2304, 121.4737, 300)
IN_CHINA = st.tuples(st.floats(18.5, 53), st.floats(74, 134))


def doubts(**given):
    told = Situation(**{"at": NOON, "received_at": NOON, **given})
    found = find_doubts(told, likeness=lambda one, other: 100.0 if one == other else 0.0)
    return [each.kind for each in found]


def test_a_map_of_shanghai_is_some_five_hundred_metres_aside():
    # Shanghai, a pair from the test data of eviltransform
    latitude, longitude = evidence.wgs84_to_gcj02(31.1774276, 121.5272106)
    assert (round(latitude, 5), round(longitude, 5)) == (31.17530, 121.53154)


@given(IN_CHINA)
def test_turning_coordinates_back_gives_the_place(place):
    shown = evidence.wgs84_to_gcj02(*place)
    back = evidence.gcj02_to_wgs84(*shown)
    assert evidence.haversine_m(Place(*place), Place(*back)) < 0.05


@given(IN_CHINA, IN_CHINA)
def test_distance_is_the_same_both_ways_and_no_longer_than_half_the_earth(one, other):
    there = evidence.haversine_m(Place(*one), Place(*other))
    assert there == pytest.approx(evidence.haversine_m(Place(*other), Place(*one)))
    assert 0 <= there <= 20_100_000


def test_three_kilometres_are_doubted_and_the_grounds_are_not():
    assert doubts(place=Place(31.2574, 121.4737, 30), known=HERE) == [DoubtKind.FAR]
    assert doubts(place=Place(31.2574, 121.4737, 50_000), known=HERE) == [DoubtKind.FAR]
    assert doubts(place=Place(31.2330, 121.4737, 30), known=HERE) == []
    assert doubts(place=Place(31.2574, 121.4737, 30)) == []


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        (None, []),
        (NOON - timedelta(hours=2), []),
        (NOON - timedelta(hours=30), [DoubtKind.PHOTO_TIME]),
        (NOON + timedelta(hours=9), [DoubtKind.PHOTO_TIME]),
    ],
)
def test_a_photo_belongs_to_the_half_day_of_its_visit(taken, expected):
    assert doubts(photos=[Photo("a.jpg", taken_at=taken)]) == expected


def test_a_photo_from_elsewhere_is_doubted():
    photo = Photo("a.jpg", place=Place(31.3, 121.4737))
    assert doubts(photos=[photo], place=Place(31.2304, 121.4737, 20)) == [DoubtKind.PHOTO_PLACE]
    assert doubts(photos=[photo]) == []


def test_a_clock_off_by_a_day_is_doubted_and_one_off_by_minutes_is_not():
    assert doubts(device_now=NOON + timedelta(days=1)) == [DoubtKind.DEVICE_CLOCK]
    assert doubts(device_now=NOON + timedelta(minutes=5)) == []
    assert doubts(received_at=NOON + timedelta(days=5)) == [DoubtKind.BACKDATED]
    assert doubts(received_at=NOON - timedelta(hours=2)) == [DoubtKind.DEVICE_CLOCK]


@pytest.mark.parametrize(
    ("text", "is_stock"),
    [
        ("已联系", True),
        ("已联系，再沟通。", True),
        (" 反馈 良好!! ", True),
        ("已联系王主任，周三带样机", False),
        ("", False),
    ],
)
def test_stock_phrases_are_the_whole_text_or_nothing(text, is_stock):
    assert evidence.is_stock(text, ["已联系", "再沟通", "反馈良好"]) is is_stock


def test_names_and_numbers_do_not_make_a_copy_another_text():
    one = evidence.masked("拜访仁和医院王主任，需要 12 台监护仪", ["仁和医院", "王主任"])
    other = evidence.masked("拜访协和医院李主任，需要 5 台监护仪。", ["协和医院", "李主任"])
    assert one == other
    assert doubts(masked=one, before=[(7, other)]) == [DoubtKind.COPIED_TEXT]


def test_a_stage_says_more_than_a_team_and_the_nearer_team_more_than_the_farther():
    contact = Occasion("visit", "deal", "quotation", {5: 0, 2: 1, 1: 2})
    candidates = [
        Applies("any", frozenset({"visit"})),
        Applies("all_east", frozenset({"visit"}), unit_ids=frozenset({2})),
        Applies("team", frozenset({"visit"}), unit_ids=frozenset({5})),
        Applies("stage", frozenset({"visit"}), record_type="deal", stages=frozenset({"quotation"})),
        Applies("elsewhere", frozenset({"visit"}), unit_ids=frozenset({9})),
        Applies("calls", frozenset({"call"})),
    ]
    chosen = choose(candidates, contact)
    assert (chosen.key, chosen.over) == ("stage", ("team", "all_east", "any"))
    assert choose(candidates[4:], contact) is None
