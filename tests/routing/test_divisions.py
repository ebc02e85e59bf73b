"""Places in words or by code: the division, and everything that it lies in."""

import pytest

from closeloop.routing import divisions


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("440305", "440305"),
        ("广东省深圳市", "440300"),
        ("广东深圳南山区", "440305"),
        ("浙江 杭州", "330100"),
        ("深圳", "440300"),
        ("北京市朝阳区", "110105"),
        ("上海浦东新区", "310115"),
        ("浦东新区", "310115"),
        ("内蒙古呼和浩特", "150100"),
        ("江苏/南京/鼓楼区", "320106"),
        ("东莞", "441900"),
        ("中国香港", "810000"),
        ("吉林", "220000"),
        ("吉林市", "220200"),
    ],
)
def test_a_place_is_found_however_it_is_written(text, code):
    assert divisions.place_of(text)[-1] == code


@pytest.mark.parametrize("text", ["", "朝阳区", "鼓楼区", "Shenzhen", "不知道", "123456"])
def test_what_names_no_one_place_is_not_guessed(text):
    assert divisions.place_of(text) == ()


def test_a_province_covers_its_cities_and_counties():
    assert divisions.path_of("440305") == ("440000", "440300", "440305")
    assert divisions.full_name("440305") == "广东省深圳市南山区"
    assert divisions.full_name("110105") == "北京市朝阳区"


def test_every_division_lies_in_a_province():
    provinces = {each.code for each in divisions.within(None)}
    assert len(provinces) == 34
    assert {divisions.path_of(code)[0] for code in divisions.codes()} == provinces


def test_what_nobody_says_is_skipped():
    assert "东城区" in {each.name for each in divisions.within("110000")}
    assert "济源市" in {each.name for each in divisions.within("410000")}


def test_the_larger_is_found_first():
    assert [each.name for each in divisions.search("吉林", limit=2)] == ["吉林省", "吉林市"]
