"""The timeout brief from plain data."""

from datetime import UTC, datetime, timedelta

import pytest

from closeloop.documents import content
from closeloop.documents.briefs import Brief, BriefNode, timeout_brief
from closeloop.documents.content import Moment, said
from closeloop.documents.durations import duration

NOW = datetime(2026, 11, 20, 10, 5, tzinfo=UTC)
HOUR = 3600


def brief(**more):
    asked = NOW - timedelta(hours=8, minutes=5)
    given = {
        "case_title": "江苏省人民医院合同",
        "flow": said("合同审批", "Contract approval"),
        "node": said("总监审批", "Director"),
        "approver": "周总监",
        "requester": "张伟",
        "asked_at": asked,
        "now": NOW,
        "waited_s": 8 * HOUR + 300,
        "target_s": 4 * HOUR,
        "superior": "吴总",
        "nodes": [
            BriefNode(said("经理审批", "Manager"), ["王经理"], "done", 1.5 * HOUR, 4 * HOUR),
            BriefNode(said("总监审批", "Director"), ["周总监"], "current", 8 * HOUR, 4 * HOUR),
            BriefNode(said("法务", "Legal"), ["法务"], "ahead"),
        ],
        "history": [Moment(asked, said("提交", "Asked"), "张伟")],
        **more,
    }
    return content.as_data(timeout_brief(Brief(**given)))


def test_a_brief_says_who_waits_for_whom_how_long():
    made = brief()
    figures = made["blocks"][0]["items"]
    assert [each["value"]["zh-CN"] for each in figures] == [
        "8 小时 5 分",
        "4 小时 5 分",
        "周总监",
        "0",
    ]
    summary = made["blocks"][1]["paragraphs"][0]
    assert "张伟 发起的「江苏省人民医院合同」" in summary["zh-CN"]
    assert "尚未查看" in summary["zh-CN"]
    table, chart = made["blocks"][2], made["blocks"][3]
    assert table["tones"] == ["normal", "bad", "normal"]
    assert [(bar["value"], bar["limit"]) for bar in chart["items"]] == [(1.5, 4.0), (8.0, 4.0)]
    assert "吴总" in made["blocks"][-1]["paragraphs"][1]["zh-CN"]


def test_a_brief_tells_whether_it_was_looked_at_and_for_whom():
    made = brief(seen_at=NOW - timedelta(hours=7), on_behalf_of="赵强", also_waiting=5, also_late=2)
    assert "looked at it 1 h 5 min after it came" in made["blocks"][1]["paragraphs"][0]["en-US"]
    figures = made["blocks"][0]["items"]
    assert figures[2]["note"]["en-US"] == "on behalf of 赵强"
    assert figures[3]["note"]["zh-CN"] == "其中 2 项已超时"


def test_working_time_is_told_in_hours_with_its_limit_on_the_chart():
    made = brief(is_working_time=True, waited_s=52 * HOUR, target_s=8 * HOUR)
    waited, late = made["blocks"][0]["items"][:2]
    assert (waited["value"]["zh-CN"], late["value"]["zh-CN"]) == ("52 小时", "44 小时")
    assert waited["note"]["zh-CN"] == "应于 8 小时 内处理（工作时间）"
    assert "52 h of working time" in made["blocks"][1]["paragraphs"][0]["en-US"]
    chart = made["blocks"][3]
    assert chart["unit"]["zh-CN"] == "工作小时"
    assert [(bar["value"], bar["limit"]) for bar in chart["items"]] == [(1.5, 4.0), (8.0, 4.0)]


def test_every_text_of_a_brief_is_there_in_both_languages():
    assert halves(brief(record_title="CT 采购", also_late=1)) == []


@pytest.mark.parametrize(
    ("seconds", "chinese", "english"),
    [
        (59, "0 分钟", "0 min"),
        (3599, "59 分钟", "59 min"),
        (3600, "1 小时", "1 h"),
        (29100, "8 小时 5 分", "8 h 5 min"),
        (172800, "2 天", "2 d"),
        (190000, "2 天 4 小时", "2 d 4 h"),
    ],
)
def test_lengths_of_time_are_said_as_people_say_them(seconds, chinese, english):
    assert duration(seconds) == {"zh-CN": chinese, "en-US": english}


def halves(value):
    """Texts that lack a language."""
    if isinstance(value, list):
        return [each for one in value for each in halves(one)]
    if not isinstance(value, dict):
        return []
    if set(value) & {"zh-CN", "en-US"}:
        return [] if value.get("zh-CN") and value.get("en-US") else [value]
    return [each for one in value.values() for each in halves(one)]
