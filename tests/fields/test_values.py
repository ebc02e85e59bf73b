"""One validation for forms, programs and imports: canonical forms, and what is refused."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeloop.fields.specs import Choice, FieldSpec
from closeloop.fields.values import ValueProblem, clean_values, cleaner_of, masked, stored

NAME = {"zh-CN": "字段", "en-US": "Field"}
CHOICES = tuple(Choice(key, NAME) for key in ("high", "low", "none"))
TYPES = (
    "text", "long_text", "number", "money", "date", "datetime", "boolean", "choice", "choices",
    "person", "record", "phone", "email", "url",
)  # fmt: skip
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.text(max_size=30),
    st.dates().map(str),
    st.datetimes().map(str),
    st.decimals(allow_nan=False).map(str),
    st.sampled_from(
        ["high", "是", "否", "1.0", "￥1,200", "13812345678", "a@b.cn", "2026年3月6日"]
    ),
)
ANYTHING = SCALARS | st.lists(SCALARS, max_size=3) | st.dictionaries(st.text(max_size=3), SCALARS)


def spec(kind, **options):
    given = {"choices": CHOICES} if kind in {"choice", "choices"} else {}
    return FieldSpec("deal", options.pop("key", "field"), NAME, kind, **{**given, **options})


def clean(kind, value):
    return cleaner_of(spec(kind))(value)


@pytest.mark.parametrize("kind", TYPES)
def test_whatever_comes_is_cleaned_or_refused_with_a_code(kind):
    @given(value=ANYTHING)
    def check(value):
        try:
            cleaned = clean(kind, value)
        except ValueProblem:
            return
        assert clean(kind, cleaned) == cleaned
        assert clean(kind, stored(cleaned)) == cleaned

    check()


@pytest.mark.parametrize(
    "given_as",
    [
        "13812345678", "138 1234 5678", "138-1234-5678", "+86 13812345678", "0086-138-1234-5678",
        "１３８１２３４５６７８", 13812345678, 13812345678.0, "(+86)138 1234 5678",
    ],
)  # fmt: skip
def test_one_mobile_number_has_one_form(given_as):
    assert clean("phone", given_as) == "13812345678"


@pytest.mark.parametrize(
    ("given_as", "expected"),
    [
        ("025-83718836", "02583718836"),
        ("(025) 8371 8836 转 8012", "02583718836-8012"),
        ("400-800-1234", "4008001234"),
        ("+1 650 253 0000", "+16502530000"),
        ("", None),
    ],
)
def test_other_numbers_keep_area_extension_and_country(given_as, expected):
    assert clean("phone", given_as) == expected


@pytest.mark.parametrize("wrong", ["12", "not a number", "138123456789012345678"])
def test_what_is_no_number_is_refused(wrong):
    with pytest.raises(ValueProblem):
        clean("phone", wrong)


@pytest.mark.parametrize(
    ("kind", "given_as", "expected"),
    [
        ("money", "￥1,200.505", Decimal("1200.50")),
        ("money", "１２００", Decimal("1200.00")),
        ("money", 0, Decimal("0.00")),
        ("number", "-1,5", Decimal("-15")),
        ("date", "2026年3月6日", date(2026, 3, 6)),
        ("date", "2026/3/6", date(2026, 3, 6)),
        ("date", "2026-03-06T23:00:00", date(2026, 3, 6)),
        ("datetime", "2026-03-06T08:00:00+08:00", datetime.fromisoformat("2026-03-06T00:00Z")),
        ("boolean", "是", True),
        ("boolean", "0", False),
        ("choices", ["none", "high", "none"], ["high", "none"]),
        ("choices", "", []),
        ("email", " Sun@Example.COM ", "sun@example.com"),
        ("url", "example.com/x", "https://example.com/x"),
        ("text", "  e\u0301t\u00e9\x07 ", "été"),
        ("person", "12", 12),
        ("credit_code", " 91320000ma1abcde07 ", "91320000MA1ABCDE07"),
    ],
)
def test_each_kind_has_its_canonical_form(kind, given_as, expected):
    assert clean(kind, given_as) == expected


@pytest.mark.parametrize(
    ("kind", "wrong", "code"),
    [
        ("money", "-1", "money_negative"),
        ("money", "NaN", "number_out_of_range"),
        ("money", "1e15", "number_out_of_range"),
        ("number", True, "number_invalid"),
        ("date", "2026-02-30", "date_invalid"),
        ("date", "26-3-6", "date_invalid"),
        ("datetime", "gestern", "datetime_invalid"),
        ("boolean", "vielleicht", "boolean_invalid"),
        ("choice", "middle", "choice_unknown"),
        ("choices", ["high", "middle"], "choice_unknown"),
        ("email", "a@b", "email_invalid"),
        ("url", "javascript:alert(1)", "url_invalid"),
        ("text", "长" * 201, "too_long"),
        ("text", ["a"], "text_expected"),
        ("record", "-3", "reference_invalid"),
        ("record", str(2**63), "reference_invalid"),
        ("credit_code", "91320000MA1ABCDE0X", "credit_code_invalid"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_code(kind, wrong, code):
    with pytest.raises(ValueProblem) as problem:
        clean(kind, wrong)
    assert problem.value.code == code


FAULTS = {
    "device": spec("choice", key="device", choices=(Choice("scanner", NAME), Choice("pump", NAME))),
    "fault": spec(
        "choice",
        key="fault",
        choices=(Choice("leak", NAME, {"device": ("pump",)}), Choice("noise", NAME)),
    ),
}


@pytest.mark.parametrize(
    ("raw", "present", "problems"),
    [
        ({"device": "pump", "fault": "leak"}, {}, []),
        ({"device": "scanner", "fault": "noise"}, {}, []),
        ({"device": "scanner", "fault": "leak"}, {}, ["fault"]),
        ({"fault": "leak"}, {"device": "scanner"}, ["fault"]),
        ({"fault": "leak"}, {"device": None}, []),
        ({"device": "scanner"}, {"fault": "leak"}, ["fault"]),
    ],
)
def test_a_choice_fits_the_field_that_it_depends_on(raw, present, problems):
    cleaned = clean_values(FAULTS, raw, is_new=False, present=present)
    assert [problem["field"] for problem in cleaned.problems] == problems
    assert all(problem["code"] == "choice_does_not_fit" for problem in cleaned.problems)


def test_required_fields_are_asked_for_once_and_cannot_be_emptied():
    specs = {"name": spec("text", key="name", is_required=True), "note": spec("text", key="note")}
    new = clean_values(specs, {"note": "x"}, is_new=True)
    emptied = clean_values(specs, {"name": "  "}, is_new=False)
    untouched = clean_values(specs, {"note": ""}, is_new=False)
    wrong = clean_values(specs, {"name": ["a"]}, is_new=True)
    assert new.problems == emptied.problems == [{"field": "name", "code": "required"}]
    assert (untouched.problems, untouched.values) == ([], {"note": None})
    assert wrong.problems == [{"field": "name", "code": "text_expected"}]


def test_a_mask_tells_that_there_is_a_value_and_not_which():
    assert masked(spec("phone"), "13812345678") == "138****5678"
    assert masked(spec("money"), Decimal("100.00")) == "***"
    assert masked(spec("text"), None) is None
