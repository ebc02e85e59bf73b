"""Finding records by two characters, by pinyin initials, and only within reach."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeloop.records import search
from closeloop.sla.models import Clock
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.records import make_customer, make_deal

NAMES = st.text(alphabet="江苏省人民医院深圳市ABC 09（）-", min_size=2, max_size=12)


@given(name=NAMES, data=st.data())
def test_every_part_of_two_or_more_characters_is_among_the_grams(name, data):
    flat = search.normalize(name)
    first = data.draw(st.integers(0, max(len(flat) - 2, 0)))
    last = data.draw(st.integers(first + 2, max(len(flat), first + 2)))
    part = flat[first:last]
    assert set(search.query_grams(part)[: len(part) - 1]) <= set(search.grams_of(name))


@given(name=NAMES)
def test_a_name_is_found_however_it_is_spaced_widened_or_cased(name):
    spaced = " ".join(name.upper())
    assert search.query_grams(spaced) == search.query_grams(name)


def test_initials_are_those_of_the_syllables():
    assert search.initials_of("深圳市ABC医院") == "szsABCyy"
    assert "~sz" in search.grams_of("深圳市")
    assert search.initials_grams("深") == search.initials_grams("s") == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("人民", ["江苏省人民医院"]),
        ("省人", ["江苏省人民医院"]),
        ("医院", ["深圳市医院", "江苏省人民医院"]),
        ("江", ["江苏省人民医院"]),
        ("jss", ["江苏省人民医院"]),
        ("szsyy", ["深圳市医院"]),
        ("SZ", ["深圳市医院"]),
        ("人院", []),
        ("  ", []),
    ],
)
def test_two_characters_and_initials_find_a_name(company, q, found):
    for name in ("江苏省人民医院", "深圳市医院", "上海检测中心"):
        make_customer(company.seller, name)
    hits = client_as(company.seller).get("/search", q=q).json()
    assert [hit["title"] for hit in hits] == found


@pytest.mark.django_db
def test_a_short_name_finds_its_customer_and_goes_with_it(company):
    customer = make_customer(company.seller, "江苏省人民医院", short_name="省人医")
    desk = client_as(company.seller)
    assert [hit["id"] for hit in desk.get("/search", q="人医").json()] == [customer]
    desk.patch(f"/records/customer/{customer}", {"values": {"short_name": "江苏一院"}}, version=1)
    assert desk.get("/search", q="人医").json() == []
    assert [hit["id"] for hit in desk.get("/search", q="一院").json()] == [customer]


@pytest.mark.django_db
def test_a_search_ends_at_the_readers_reach(company):
    mine, theirs = (make_deal(owner, "监护仪采购") for owner in (company.seller, company.stranger))
    people = (company.seller, company.colleague, company.manager, company.director)
    answers = {user.name: client_as(user).get("/search", q="监护", type="deal") for user in people}
    by = {name: [hit["id"] for hit in answer.json()] for name, answer in answers.items()}
    assert by == {"张伟": [mine], "李娜": [], "王经理": [mine], "周总监": [theirs, mine]}


@pytest.mark.django_db
def test_the_nearest_name_comes_first(company):
    for name in ("东方医院集团总部", "医院", "医院管理公司"):
        make_customer(company.seller, name)
    hits = client_as(company.seller).get("/search", q="医院").json()
    assert [hit["title"] for hit in hits] == ["医院", "医院管理公司", "东方医院集团总部"]


@pytest.mark.django_db
def test_a_hit_tells_the_clock_that_presses_most_where_clocks_are_asked_for(company):
    deal = make_deal(company.seller, "监护仪采购")
    late = Clock.objects.filter(record_id=deal, policy__key="stage_overstay")
    late.update(due_at=from_now(days=-1), next_at=None)
    desk = client_as(company.seller)
    (hit,) = desk.get("/search", q="监护", clocks="true").json()
    assert (hit["clock"]["id"], hit["clock"]["is_late"]) == (late.get().pk, True)
    (hit,) = desk.get("/search", q="监护").json()
    assert hit["clock"] is None
