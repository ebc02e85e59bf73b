"""A follow-up counts when it meets its standard; what does not is told item by item."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from closeloop.engine import evidence, refusals
from closeloop.engine.evidence import (
    Complete,
    EvidenceItem,
    EvidenceKind,
    Incomplete,
    MissingEvidence,
    Shortfall,
    Standard,
)

NOW = datetime(2026, 3, 6, 8, 30, tzinfo=UTC)
PLACE = EvidenceItem("place", EvidenceKind.PLACE, {})
PHOTO = EvidenceItem("photo", EvidenceKind.FILES, {})
PAIN = EvidenceItem("pain", EvidenceKind.TEXT, {}, max_length=120)
NEXT = EvidenceItem("next", EvidenceKind.NEXT_DATE, {})
VISIT = Standard("visit", 2, {}, (PLACE, PHOTO, PAIN, NEXT))
CALL = Standard(
    "call",
    1,
    {},
    tuple(EvidenceItem(key, EvidenceKind.TICK, {}) for key in ("need", "next_step", "referral")),
    at_least=1,
)
REPORT = {"place": {"lat": 30.2}, "photo": 1, "pain": "通量不足", "next": date(2026, 3, 7)}


def test_visit_with_place_photo_pain_and_next_date_counts():
    assert evidence.judge(VISIT, REPORT, now=NOW) == Complete(
        "visit", 2, ("place", "photo", "pain", "next")
    )


def test_visit_without_anything_tells_all_four_items():
    judged = evidence.judge(VISIT, {}, now=NOW)

    assert isinstance(judged, Incomplete)
    assert [m.item_key for m in judged.missing] == ["place", "photo", "pain", "next"]
    assert {m.shortfall for m in judged.missing} == {Shortfall.ABSENT}
    assert (judged.met, judged.still_needed) == ((), 4)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"place": {}}, MissingEvidence("place", {}, Shortfall.ABSENT, None, {})),
        ({"photo": []}, MissingEvidence("photo", {}, Shortfall.ABSENT, 1, 0)),
        ({"pain": "  "}, MissingEvidence("pain", {}, Shortfall.ABSENT, 120, 0)),
        ({"pain": "痛" * 121}, MissingEvidence("pain", {}, Shortfall.TOO_LONG, 120, 121)),
        ({"next": "soon"}, MissingEvidence("next", {}, Shortfall.ABSENT, NOW, "soon")),
        (
            {"next": date(2026, 3, 6)},
            MissingEvidence("next", {}, Shortfall.NOT_LATER, NOW, date(2026, 3, 6)),
        ),
        ({"next": NOW}, MissingEvidence("next", {}, Shortfall.NOT_LATER, NOW, NOW)),
    ],
)
def test_item_that_falls_short_says_how(change, expected):
    judged = evidence.judge(VISIT, {**REPORT, **change}, now=NOW)

    assert (judged.missing, judged.still_needed) == ((expected,), 1)


def test_pain_of_exactly_120_characters_and_a_later_moment_count():
    report = {**REPORT, "pain": "痛" * 120, "next": NOW + timedelta(minutes=1)}

    assert isinstance(evidence.judge(VISIT, report, now=NOW), Complete)


@pytest.mark.parametrize("found", ["need", "next_step", "referral"])
def test_any_one_of_three_makes_a_call_count(found):
    assert evidence.judge(CALL, {found: True}) == Complete("call", 1, (found,))


def test_call_without_any_of_the_three_does_not_count():
    judged = evidence.judge(CALL, {"need": "yes", "referral": False})

    assert isinstance(judged, Incomplete)
    assert (len(judged.missing), judged.still_needed) == (3, 1)


def test_too_few_files_are_counted():
    two = Standard("site", 1, {}, (EvidenceItem("photo", EvidenceKind.FILES, {}, at_least=2),))

    judged = evidence.judge(two, {"photo": ["one"]})

    assert judged.missing == (MissingEvidence("photo", {}, Shortfall.TOO_FEW, 2, 1),)


@pytest.mark.parametrize(
    ("items", "at_least", "code"),
    [
        ((), None, "standard.items_missing"),
        ((PLACE, PLACE), None, "key.duplicate"),
        ((PLACE,), 2, "standard.at_least_out_of_range"),
        ((PLACE,), 0, "standard.at_least_out_of_range"),
    ],
)
def test_standard_that_could_not_judge_is_refused(items, at_least, code):
    with pytest.raises(refusals.StandardInvalid) as refused:
        Standard("x", 1, {}, items, at_least)

    assert [problem.code for problem in refused.value.problems] == [code]
