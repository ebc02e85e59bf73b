"""Targets: who sets them, who sees them, what came, and what happens when two set at once."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from closeloop.activity.models import Entry
from closeloop.desk import actions as desk
from closeloop.engine.forecast import Standing, missed_in_a_row, together
from closeloop.engine.metrics import MetricInvalid, read_metric
from closeloop.metrics import actions
from closeloop.metrics.models import Target
from closeloop.process.models import Visit
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.people import actor_of
from tests.builders.records import make_deal
from tests.metrics.committed import settle

pytestmark = pytest.mark.django_db
METRIC = "new_leads"
COUNTED = """
    SELECT count(*) FROM activity_entry e JOIN org_unitclosure c ON c.descendant_id = e.unit_id
    WHERE e.verb = 'lead.created' AND c.ancestor_id = %s AND (%s IS NULL OR e.actor_id = %s)
        AND date_trunc('month', e.at AT TIME ZONE 'Asia/Shanghai') = %s::date
"""
"""What came, from the record itself."""


def wish(unit, amount, *, month, person=None, version=0):
    who = None if person is None else person.pk
    return {
        "unit": unit.pk, "person": who, "month": month, "amount": amount, "version": version,
    }  # fmt: skip


@pytest.fixture
def month():
    """The first day of the month before this one: it is over."""
    last = from_now().astimezone().replace(day=1) - timedelta(days=1)
    return last.strftime("%Y-%m-01")


def set_by(who, *cells):
    return client_as(who).put("/targets", {"cells": list(cells)})


def rows(who, month, **asked):
    found = client_as(who).get("/targets", year=month[:4], **asked)
    assert found.status_code == 200, found.json()
    return {
        (row["person"] or row["unit"])["name"]: (
            row, next(cell for cell in row["cells"] if cell["month"] == month)
        )
        for row in found.json()["rows"]
    }  # fmt: skip


def win(person, amount, month):
    deal = make_deal(person, amount=amount)
    at = f"{month[:8]}15T10:00:00+08:00"
    Visit.objects.filter(record_id=deal).update(left_at=at)
    Visit.objects.create(record_id=deal, stage="payment", kind="forward", entered_at=at)


def test_what_came_stands_beside_the_target(company, month):
    region, team = company.regions[0], company.teams[0]
    win(company.seller, "300000", month)
    done = set_by(
        company.manager,
        wish(region, "1000000", month=month),
        wish(team, "400000", month=month),
        wish(team, "200000", month=month, person=company.seller),
    )
    assert done.json() == {"changed": 3}
    row, cell = rows(company.manager, month)[region.name]
    assert (row["is_base"], cell["target"], cell["came"]) == (True, "1000000.00", "300000.00")
    assert (cell["done"], cell["is_missed"], row["missed"]) == (0.3, True, 1)
    row, cell = rows(company.manager, month, unit=team.pk)["张伟"]
    assert (cell["done"], cell["is_missed"], row["missed"]) == (1.5, False, 0)
    row, cell = rows(company.seller, month)["张伟"]
    assert (cell["target"], cell["came"], row["can_set"]) == ("200000.00", "300000.00", False)
    kept = Entry.objects.filter(verb="target.set").values_list("unit_id", "data__count")
    assert sorted(kept) == sorted([(region.pk, 1), (team.pk, 2)])


def behind(who, month, **asked):
    """The deals behind a month's result, all pages."""
    last = (date.fromisoformat(month) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    found, offset = [], 0
    while offset is not None:
        page = client_as(who).get(
            "/targets/deals", since=month, until=last.isoformat(), offset=offset, limit=2, **asked
        )
        assert page.status_code == 200, page.json()
        found += page.json()["items"]
        assert page.json()["count"] >= len(found)
        offset = page.json()["next_offset"]
    return found


def test_a_result_opens_the_deals_that_make_it(company, month):
    region, team = company.regions[0], company.teams[0]
    for amount in ("300000", "20000.50", "7000"):
        win(company.seller, amount, month)
    win(company.colleague, "50000", month)
    win(company.stranger, "900000", month)
    make_deal(company.seller, amount="1000")
    foreign = make_deal(company.seller, amount="10", currency="USD")
    at = f"{month[:8]}15T10:00:00+08:00"
    Visit.objects.filter(record_id=foreign).update(left_at=at)
    Visit.objects.create(record_id=foreign, stage="payment", kind="forward", entered_at=at)
    for who, unit, person in (
        (company.ops, company.head_office, None),
        (company.manager, region, None),
        (company.manager, team, company.seller),
    ):
        cells = rows(who, month, unit=unit.pk)
        _, cell = cells[person.name if person else unit.name]
        asked = {"unit": unit.pk} | ({"person": person.pk} if person else {})
        deals = behind(who, month, **asked)
        assert sum(Decimal(deal["amount"]) for deal in deals) == Decimal(cell["came"]) > 0
        assert len({deal["id"] for deal in deals}) == len(deals)
    assert [deal["amount"] for deal in behind(company.seller, month)] == [
        "300000.00", "20000.50", "7000.00",
    ]  # fmt: skip


def test_deals_of_others_are_not_opened(company, month):
    win(company.stranger, "900000", month)
    far = company.regions[1]
    assert behind(company.seller, month, unit=far.pk) == []
    assert behind(company.manager, month, person=company.stranger.pk) == []
    assert [each["amount"] for each in behind(company.ops, month, unit=far.pk)] == ["900000.00"]
    days = {"since": month, "until": month}
    assert client_as(company.ops).get("/targets/deals", unit=999_999, **days).status_code == 404


def counted(unit, month, person=None):
    who = None if person is None else person.pk
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, [unit.pk, who, who, month])
        return cursor.fetchone()[0]


def test_a_metric_that_adds_up_has_targets_of_its_own(company):
    region, team = company.regions[0], company.teams[0]
    month = from_now().astimezone().strftime("%Y-%m-01")
    for owner in (company.seller, company.seller, company.colleague, company.stranger):
        lead = {"name": "孙主任", "source": "exhibition"}
        desk.create_record("lead", lead, actor=actor_of(owner), owner_id=owner.pk)
    settle(1)
    actions.rebuild()
    done = set_by(
        company.manager,
        {**wish(region, "10", month=month), "metric": METRIC},
        {**wish(team, "4", month=month, person=company.seller), "metric": METRIC},
        wish(region, "1000000", month=month),
    )
    assert done.json() == {"changed": 3}
    told = rows(company.manager, month, metric=METRIC)
    assert told[region.name][1]["target"] == "10.00"
    assert Decimal(told[region.name][1]["came"]) == counted(region, month) == 3
    assert Decimal(told[team.name][1]["came"]) == counted(team, month) == 3
    people = rows(company.manager, month, metric=METRIC, unit=team.pk)
    assert Decimal(people["张伟"][1]["came"]) == counted(team, month, company.seller) == 2
    own = rows(company.seller, month, metric=METRIC)
    assert {name: Decimal(cell["came"]) for name, (_, cell) in own.items()} == {"张伟": 2}
    assert own["张伟"][1]["target"] == "4.00"
    assert rows(company.manager, month)[region.name][1]["target"] == "1000000.00"


def test_only_what_adds_up_and_says_so_has_targets(company, month):
    region = company.regions[0]
    for metric in ("penetration", "gone"):
        assert client_as(company.manager).get("/targets", metric=metric).status_code == 404
        refused = set_by(company.manager, {**wish(region, "1", month=month), "metric": metric})
        assert refused.status_code == 404
    assert not Target.objects.exists()
    known = client_as(company.manager).get("/metrics").json()["items"]
    assert METRIC in {each["key"] for each in known if each["can_target"]}


def test_a_share_cannot_be_given_targets():
    words = {"zh-CN": "率", "en-US": "Rate"}
    document = {
        "key": "rate", "name": words, "format": "met", "numerator": ["due"],
        "parts": [words, words], "source": words, "exclusions": words, "target": True,
    }  # fmt: skip
    with pytest.raises(MetricInvalid) as refused:
        read_metric(document, measures={"due"})
    assert [each["path"] for each in refused.value.data["problems"]] == ["/target"]


def test_nobody_overwrites_what_somebody_else_has_set(company, month):
    team = company.teams[0]
    set_by(company.manager, wish(team, "400000", month=month))
    stale = set_by(company.ops, wish(team, "900000", month=month))
    assert stale.status_code == 412
    assert stale.json()["conflict"][0]["theirs"] == "400000.00"
    assert Target.objects.get().amount == Decimal(400_000)
    assert set_by(company.ops, wish(team, None, month=month, version=1)).json() == {"changed": 1}
    assert (Target.objects.get().amount, Target.objects.get().version) == (None, 2)


def test_targets_are_set_only_by_who_leads_the_unit(company, month):
    far = company.teams[2]
    assert set_by(company.manager, wish(far, "1", month=month)).status_code == 404
    assert set_by(company.seller, wish(company.teams[0], "1", month=month)).status_code == 403
    stranger = wish(company.teams[0], "1", month=month, person=company.stranger)
    assert set_by(company.manager, stranger).status_code == 404
    twice = [wish(company.teams[0], "1", month=month)] * 2
    assert set_by(company.manager, *twice).status_code == 422
    assert not Target.objects.exists()
    assert not Entry.objects.filter(verb="target.set").exists()


def test_targets_of_others_are_not_seen(company, month):
    set_by(company.ops, wish(company.regions[1], "5", month=month))
    asked = client_as(company.manager).get("/targets", unit=company.regions[1].pk)
    assert asked.status_code == 404
    assert company.regions[1].name not in rows(company.manager, month)


def test_the_forecast_names_the_target_of_its_period(company):
    first = from_now().astimezone().strftime("%Y-%m-01")
    set_by(company.manager, wish(company.regions[0], "1000000", month=first))
    told = client_as(company.manager).get("/forecast", period="month").json()
    assert told["target"]["amount"] == "1000000.00"
    assert client_as(company.manager).get("/forecast").json()["target"] is None


def test_a_pace_goes_on_as_so_far():
    half = Standing(Decimal(100), Decimal(40), gone=15, whole=30)
    assert (half.done, half.pace, half.is_missed) == (0.4, 0.8, False)
    assert Standing(Decimal(100), Decimal(0), gone=0, whole=30).pace is None
    assert Standing(None, Decimal(5), gone=30, whole=30).done is None


def test_months_together_have_a_target_only_where_each_has_one():
    one = Standing(Decimal(100), Decimal(90), gone=30, whole=30)
    none = Standing(None, Decimal(30), gone=30, whole=30)
    assert (together([one, one]).target, together([one, one]).came) == (200, 180)
    assert together([one, none]).target is None


def test_months_missed_in_a_row_are_the_latest_that_are_over():
    missed = Standing(Decimal(100), Decimal(90), gone=30, whole=30)
    met = Standing(Decimal(100), Decimal(100), gone=30, whole=30)
    runs = Standing(Decimal(100), Decimal(0), gone=5, whole=30)
    assert missed_in_a_row([missed, met, missed, missed, runs]) == 2
    assert missed_in_a_row([missed, met]) == 0
    assert missed_in_a_row([runs]) == 0
