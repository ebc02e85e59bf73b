"""Saved views: one's own, those shared with one, and who may change them."""

import pytest

from tests.builders.asking import client_as
from tests.builders.records import make_deal

pytestmark = pytest.mark.django_db
LARGE = {
    "combinator": "and",
    "rules": [{"field": "amount", "operator": ">=", "value": 1000}],
}


def save(user, name="大单", **values):
    body = {"record_type": "deal", "name": name, **values}
    return client_as(user).post("/views", body)


def names(user):
    return [view["name"] for view in client_as(user).get("/views", record_type="deal").json()]


def test_a_view_gives_its_filter_and_order_to_a_list(company):
    for amount in ("10", "2000", "1000"):
        make_deal(company.seller, amount=amount)
    view = save(company.seller, filter=LARGE, sort="amount", columns=[{"field": "name"}]).json()
    desk = client_as(company.seller)

    def amounts(**query):
        items = desk.get("/records/deal", view=view["id"], **query).json()["items"]
        return [item["values"]["amount"] for item in items]

    assert amounts() == ["1000.00", "2000.00"]
    assert amounts(sort="-amount") == ["2000.00", "1000.00"]
    assert (view["mine"], view["pinned"], view["columns"]) == (
        True, False, [{"field": "name", "width": None}],
    )  # fmt: skip


def test_a_view_is_seen_by_those_it_is_shared_with(company):
    save(company.seller, "私有")
    save(company.seller, "本组", visibility="unit")
    assert save(company.seller, "全员", visibility="everyone").status_code == 403
    assert save(company.manager, "全员", visibility="everyone").status_code == 201
    assert names(company.seller) == ["私有", "本组", "全员"]
    assert names(company.colleague) == ["本组", "全员"]
    assert names(company.stranger) == ["全员"]


def test_a_shared_view_is_pinned_by_anyone_and_changed_by_its_owner(company):
    save(company.seller, "甲", visibility="unit")
    view = save(company.seller, "乙", visibility="unit").json()["id"]
    desk = client_as(company.colleague)

    assert desk.patch(f"/views/{view}", {"pinned": True}).json()["pinned"] is True
    assert names(company.colleague) == ["乙", "甲"]
    assert names(company.seller) == ["甲", "乙"]
    for answer in (desk.patch(f"/views/{view}", {"name": "改"}), desk.delete(f"/views/{view}")):
        assert (answer.status_code, answer.json()["code"]) == (403, "view_not_yours")
    assert client_as(company.stranger).patch(f"/views/{view}", {"name": "改"}).status_code == 404


def test_two_views_of_one_person_have_two_names(company):
    view = save(company.seller, "甲").json()["id"]
    save(company.seller, "乙")
    assert save(company.seller, "甲").json()["code"] == "view_name_taken"
    taken = client_as(company.seller).patch(f"/views/{view}", {"name": "乙"})
    assert (taken.status_code, taken.json()["code"]) == (409, "view_name_taken")
    assert save(company.colleague, "甲").status_code == 201


def test_a_stale_change_of_a_view_is_refused(company):
    view = save(company.seller).json()["id"]
    desk = client_as(company.seller)
    assert desk.patch(f"/views/{view}", {"sort": "amount"}, version=1).json()["version"] == 2
    assert desk.patch(f"/views/{view}", {"sort": "-amount"}, version=1).status_code == 412


def test_what_is_null_stays_and_only_a_filter_is_taken_away(company):
    view = save(company.seller, filter=LARGE, sort="amount").json()["id"]
    changed = client_as(company.seller).patch(
        f"/views/{view}", {"kind": None, "sort": None, "filter": None}
    )
    assert changed.status_code == 200
    told = changed.json()
    assert (told["kind"], told["sort"], told["filter"]) == ("table", "amount", None)


def test_a_removed_view_is_gone(company):
    view = save(company.seller).json()["id"]
    desk = client_as(company.seller)
    assert desk.delete(f"/views/{view}").status_code == 204
    assert names(company.seller) == []
    assert desk.get("/records/deal", view=view).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {"record_type": "nothing"},
        {"filter": {"combinator": "and", "rules": [{"field": "colour", "operator": "="}]}},
        {"sort": "colour"},
        {"name": "   "},
        {"kind": None},
    ],
)
def test_a_view_that_no_list_could_show_is_not_saved(company, body):
    assert save(company.seller, **{"name": "坏", **body}).status_code in {404, 422}
    assert names(company.seller) == []
