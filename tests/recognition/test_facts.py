"""What a text proposes to be noted."""

from datetime import datetime
from zoneinfo import ZoneInfo

from closeloop.recognition.facts import facts_in

WEDNESDAY = datetime(2026, 11, 18, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def told(text):
    return [(fact["kind"], fact["value"]) for fact in facts_in(text, said_at=WEDNESDAY)]


def test_facts_of_a_chat_in_their_order():
    text = (
        "总价能不能控制在135万以内？现在是1,428,000元，下周三前发 chenlin@hospital.example.cn，"
        "电话１３８１２３４５６７８，序列号US-8800-2291A，座机 021-62345678"
    )
    assert told(text) == [
        ("amount", "1350000"),
        ("amount", "1428000"),
        ("date", "2026-11-25"),
        ("email", "chenlin@hospital.example.cn"),
        ("phone", "13812345678"),
        ("serial", "US-8800-2291A"),
        ("phone", "02162345678"),
    ]


def test_bare_numbers_are_no_amounts_and_a_value_is_told_once():
    assert told("第7条有30项，13812345678和 138-1234-5678 是同一个") == [("phone", "13812345678")]


def test_a_span_names_the_characters_that_were_read():
    text = "首付款￥４０５，０００元。"
    [fact] = facts_in(text, said_at=WEDNESDAY)
    assert (fact["value"], text[slice(*fact["span"])]) == ("405000", "￥４０５，０００元")
