"""Days as people name them, promises in a text, whose a conversation is."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from closeloop.engine.promises.days import days_in
from closeloop.engine.promises.filing import By, Evidence, judge
from closeloop.engine.promises.finding import find

WEDNESDAY = datetime(2026, 11, 18, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
NEW_YEAR = {(2026, 11, 19), (2026, 11, 20)}


def is_working(day):
    return day.weekday() < 5 and (day.year, day.month, day.day) not in NEW_YEAR


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("下周三下午两点半", "2026-11-25T14:30+08:00"),
        ("本周五下午前", "2026-11-20T18:00+08:00"),
        ("月底前", "2026-11-30"),
        ("12月3号上午", "2026-12-03T12:00+08:00"),
        ("1月5日", "2027-01-05"),
        ("周一", "2026-11-23"),
        ("两周后", "2026-12-02"),
        ("下个月初", "2026-12-05"),
        ("25号之前", "2026-11-25"),
        ("今晚8点", "2026-11-18T20:00+08:00"),
        ("十二月三日", "2026-12-03"),
        ("下下周二", "2026-12-01"),
    ],
)
def test_a_day_is_resolved_against_the_moment_it_was_said(said, due):
    [day] = days_in(f"我们{said}给您", said_at=WEDNESDAY)
    assert day.value == due
    assert f"我们{said}给您"[day.start : day.end] == said


def test_working_days_are_those_of_the_calendar():
    [day] = days_in("3 个工作日内答复", said_at=WEDNESDAY, is_working=is_working)
    assert day.value == "2026-11-25"


@pytest.mark.parametrize("said", ["改天", "尽快", "3号楼", "第3条", "1/3", "2月30日", "十月九十日"])
def test_what_is_no_day_is_none(said):
    assert list(days_in(f"我们{said}谈", said_at=WEDNESDAY)) == []


def test_who_promises_is_told_by_the_speaker():
    text = (
        "陈林：我们下周二前准备好场地\n张伟：我明天把图纸发给您\n"
        "张伟：贵院负责确认电源\n陈林：院方负责付款"
    )
    found = list(find(text, said_at=WEDNESDAY, own_names={"张伟"}))
    assert [(each.speaker, each.is_ours) for each in found] == [
        ("陈林", False),
        ("张伟", True),
        ("张伟", False),
        ("陈林", False),
    ]
    assert [text[each.start : each.end] for each in found] == [each.sentence for each in found]


def test_what_a_line_is_about_is_no_speaker():
    text = "陆知行来电：问质保年限。我今天下班前把备件清单发到邮箱。\n纪要：我们明天把方案发给您"
    found = list(find(text, said_at=WEDNESDAY, own_names={"张伟"}))
    assert [(each.speaker, each.is_ours, each.sentence) for each in found] == [
        ("", True, "我今天下班前把备件清单发到邮箱。"),
        ("", True, "我们明天把方案发给您"),
    ]


def evidence(*pairs):
    return [Evidence(record_id, by, "x") for record_id, by in pairs]


def test_evidence_of_different_kinds_counts_together():
    verdict = judge(evidence((1, By.COMPANY), (1, By.PERSON), (1, By.COMPANY)))
    assert (verdict.chosen.record_id, verdict.chosen.confidence) == (1, 0.8625)


@pytest.mark.parametrize(
    "given",
    [
        [(1, By.COMPANY)],
        [(1, By.PHONE), (2, By.PHONE)],
        [(1, By.PHONE), (2, By.EMAIL)],
        [],
    ],
)
def test_what_is_weak_or_points_to_two_decides_nothing(given):
    assert judge(evidence(*given)).chosen is None


def test_the_clear_one_wins_over_a_weak_second():
    verdict = judge(evidence((1, By.PHONE), (2, By.PERSON)))
    assert verdict.chosen.record_id == 1
    assert [each.record_id for each in verdict.candidates] == [1, 2]
