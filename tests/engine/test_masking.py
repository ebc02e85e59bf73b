"""What is taken out of a text before it leaves, and put back afterwards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeloop.engine.masking import mask


@pytest.mark.parametrize(
    ("text", "kept_here"),
    [
        ("请打 138-1234-5678 找我", "138-1234-5678"),
        ("座机 0512-88886666 转行政", "0512-88886666"),
        ("邮箱 wang.li@clinic.example 已发", "wang.li@clinic.example"),
        ("统一代码 91320505MA1XXXXX0K 已核对", "91320505MA1XXXXX0K"),
        ("账号 6222020200112233445 已到账", "6222020200112233445"),
        ("李院长说再等等", "李"),
        ("苏州康健医疗器械有限公司来电", "苏州康健医疗器械有限公司"),
    ],
)
def test_what_names_somebody_stays_here(text, kept_here):
    masked = mask(text)
    assert kept_here not in masked.text
    assert masked.restored(masked.text) == text


def test_known_names_go_first_and_stay_the_same_mark():
    masked = mask("陈建国问了陈建国的报价", names=["陈建国", "陈"])
    assert masked.text == "[[NAME1]]问了[[NAME1]]的报价"


def test_a_mark_that_stands_for_nothing_is_dropped():
    assert mask("你好").restored("找[[PERSON9]]谈") == "找谈"


@given(st.text(alphabet="王李陈主任医院138012345678，。a@.cn预算", max_size=40))
def test_whatever_is_masked_comes_back(text):
    masked = mask(text, names=["陈主任"])
    assert masked.restored(masked.text) == text
