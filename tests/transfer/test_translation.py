from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from closeloop.fields.values import ValueProblem
from closeloop.transfer import sheets, translation


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1,234,567.80", "1234567.80"),
        ("¥ 1,200", "1200"),
        ("￥1200元", "1200"),
        ("12.5万", "125000.0"),
        ("1.2亿元", "120000000.0"),
        ("RMB 300", "300"),
        ("（500）", "-500"),
        (1200.5, "1200.5"),
        (42, "42"),
    ],
)
def test_amounts_are_understood(written, amount):
    assert translation.money_of(written) == Decimal(amount)


@pytest.mark.parametrize("written", ["abc", "12%", "1.2.3", "十万"])
def test_what_is_no_amount_is_refused(written):
    with pytest.raises(ValueProblem):
        translation.money_of(written)


@pytest.mark.parametrize(
    "written",
    [
        "2016-11-04",
        "2016/11/4",
        "2016.11.04",
        "2016年11月4日",
        "20161104",
        "Nov 4, 2016",
        "4 November 2016",
        "04-Nov-2016",
        "2016-11-04 09:30:00",
        42678,
        datetime(2016, 11, 4, 9, 30),  # noqa: DTZ001 (a spreadsheet's moment has no zone)
    ],
)
def test_days_are_understood(written):
    assert translation.date_of(written) == date(2016, 11, 4)


@pytest.mark.parametrize(("order", "day"), [("mdy", date(2016, 4, 11)), ("dmy", date(2016, 11, 4))])
def test_the_order_of_a_column_settles_its_days(order, day):
    assert translation.date_of("04/11/2016", order=order) == day


def test_a_day_that_could_be_two_is_refused():
    with pytest.raises(ValueProblem) as refused:
        translation.date_of("04/11/2016")
    assert refused.value.code == "date_ambiguous"


def test_a_column_gives_its_order_away():
    assert translation.order_of(["04/11/2016", "04/25/2016"]) == "mdy"
    assert translation.order_of(["04/11/2016", "25/04/2016"]) == "dmy"
    assert translation.order_of(["04/11/2016"]) == ""


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-21 08:00", datetime(2026, 11, 21, 0, 0, tzinfo=UTC)),
        ("2026-11-21T08:00:00+00:00", datetime(2026, 11, 21, 8, 0, tzinfo=UTC)),
        ("2026/11/21 下午", datetime(2026, 11, 20, 16, 0, tzinfo=UTC)),
        ("11/21/2026 2:05 PM", datetime(2026, 11, 21, 6, 5, tzinfo=UTC)),
    ],
)
def test_moments_are_on_the_companys_clock(written, moment):
    assert translation.datetime_of(written) == moment


@pytest.mark.parametrize("text", ["=1+1", "+8613800138000", "-x", "@SUM(A1)", "\tx", "＝1"])
def test_cells_that_begin_like_a_formula_are_quoted_and_come_back(text):
    assert sheets.safe_text(text) == f"'{text}"
    assert sheets.plain_text(sheets.safe_text(text)) == text


@pytest.mark.parametrize("text", ["-5", "-3.5%", "a=b", "", "'quoted"])
def test_other_cells_stay_as_they_are(text):
    assert sheets.safe_text(text) == text
    assert sheets.plain_text(text) == text
