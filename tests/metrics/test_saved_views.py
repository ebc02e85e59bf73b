"""Saved views of figures: who finds them, who changes them, and whose figures they show."""

from datetime import timedelta
from typing import get_args

import pytest

from closeloop.activity.models import Entry
from closeloop.engine.metrics.view import PRESETS, VIEW_CHARTS
from closeloop.metrics import actions as figures
from closeloop.metrics.models import FigureView
from closeloop.metrics.saved import schemas
from closeloop.org.models import Position
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.records import make_customer
from tests.metrics.committed import settle

DOCUMENT = {
    "metric": "new_customers",
    "by": "unit",
    "and_by": None,
    "period": "month",
    "unit": None,
    "person": None,
    "kind": None,
    "compare": "previous",
    "chart": "bars",
}


def save(user, name="新客户", sharing="private", **changes):
    body = {"name": name, "document": {**DOCUMENT, **changes}, "sharing": sharing}
    return client_as(user).post("/figure-views", body)


def names(user):
    return [each["name"] for each in client_as(user).get("/figure-views").json()["items"]]


def test_what_is_sent_names_every_preset_and_chart():
    assert get_args(schemas.Preset) == PRESETS
    assert get_args(schemas.Chart) == tuple(VIEW_CHARTS)


@pytest.mark.django_db
def test_a_view_is_kept_as_it_was_given_and_told_in_the_record(company):
    made = save(company.seller)
    view = made.json()
    assert made.status_code == 201
    assert view == {
        "id": view["id"], "name": "新客户", "document": DOCUMENT, "sharing": "private",
        "owner": company.seller.name, "mine": True, "pinned": False, "version": 1,
    }  # fmt: skip
    desk = client_as(company.seller)
    changed = desk.put(
        f"/figure-views/{view['id']}", {"name": "改", "document": DOCUMENT}, version=1
    )
    assert (changed.json()["name"], changed.json()["version"]) == ("改", 2)
    assert desk.delete(f"/figure-views/{view['id']}").status_code == 204
    told = Entry.objects.filter(verb__startswith="figure_view.").order_by("pk")
    assert [(each.verb, each.data["name"]) for each in told] == [
        ("figure_view.saved", "新客户"),
        ("figure_view.changed", "改"),
        ("figure_view.removed", "改"),
    ]


@pytest.mark.django_db
def test_a_view_is_found_by_those_it_is_shared_with(company):
    save(company.seller, "私有")
    save(company.director, "总监团队", "unit")
    assert save(company.seller, "全员", "everyone").status_code == 403
    assert save(company.manager, "全员", "everyone").status_code == 201
    save(company.manager, "经理团队", "unit")
    home = Position.objects.get(user=company.director).unit_id
    assert Position.objects.get(user=company.seller).unit_id != home
    assert names(company.seller) == ["全员", "总监团队", "私有", "经理团队"]
    assert names(company.colleague) == ["全员", "总监团队", "经理团队"]
    assert names(company.director) == ["全员", "总监团队"]


@pytest.mark.django_db
def test_nobody_overwrites_or_removes_what_is_not_his(company):
    view = save(company.manager, sharing="unit").json()["id"]
    hidden = save(company.director).json()["id"]
    body = {"name": "改", "document": DOCUMENT}
    desk = client_as(company.seller)
    for answer in (
        desk.put(f"/figure-views/{view}", body, version=1),
        desk.delete(f"/figure-views/{view}"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "figure_view_not_yours")
    for answer in (
        desk.put(f"/figure-views/{hidden}", body, version=1),
        desk.put(f"/figure-views/{hidden}/pin", {"pinned": True}),
        desk.delete(f"/figure-views/{hidden}"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "figure_view_not_found")
    own = client_as(company.manager)
    assert own.put(f"/figure-views/{view}", body).status_code == 428
    assert own.put(f"/figure-views/{view}", body, version=7).status_code == 412
    assert FigureView.objects.filter(name="改").count() == 0


@pytest.mark.django_db
def test_a_pin_is_each_persons_own(company):
    save(company.manager, "乙", "unit")
    view = save(company.manager, "甲", "unit").json()["id"]
    desk = client_as(company.seller)
    assert desk.put(f"/figure-views/{view}/pin", {"pinned": True}).json()["pinned"] is True
    assert (names(company.seller), names(company.manager)) == (["甲", "乙"], ["乙", "甲"])
    desk.put(f"/figure-views/{view}/pin", {"pinned": False})
    assert names(company.seller) == ["乙", "甲"]


@pytest.mark.django_db
def test_a_view_that_nothing_can_draw_is_refused_whole(company):
    wrong = save(company.seller, by="person", chart="calendar", metric="gone")
    found = [(each["code"], each["path"]) for each in wrong.json()["problems"]]
    assert (wrong.status_code, found) == (
        422,
        [("view.metric_unknown", "/metric"), ("view.calendar_needs", "/chart")],
    )
    assert FigureView.objects.count() == 0
    save(company.seller)
    assert save(company.seller).json()["code"] == "figure_view_name_taken"
    assert FigureView.objects.count() == 1


@pytest.mark.django_db
def test_a_shared_view_shows_each_viewer_only_his_own(company):
    for owner in (company.seller, company.stranger, company.stranger):
        make_customer(owner)
    settle(1)
    figures.rebuild()
    save(company.manager, sharing="everyone")
    today = from_now().date()
    since, until = today - timedelta(days=1), today + timedelta(days=1)
    totals = []
    for viewer in (company.seller, company.stranger, company.ops):
        desk = client_as(viewer)
        document = desk.get("/figure-views").json()["items"][0]["document"]
        path = f"/metrics/{document['metric']}/figures"
        answer = desk.get(path, since=since, until=until, by=document["by"])
        totals.append(answer.json()["total"]["value"])
    assert totals == ["1", "2", "3"]
