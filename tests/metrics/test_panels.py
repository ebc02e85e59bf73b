"""Panels that are read at the moment: coverage, lists, blockers, rankings, the map, today."""

import uuid
from datetime import datetime, time, timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.utils import timezone

from closeloop.desk import actions as desk
from closeloop.desk.actions import MoveAsk
from closeloop.edge import work
from closeloop.engine.refusals import Refusal
from closeloop.fields import queries as fields
from closeloop.fieldwork.models import FollowUp
from closeloop.metrics import actions as metrics
from closeloop.metrics import definitions
from closeloop.metrics.panels import days
from closeloop.playbooks.models import Entry, Use, Version
from closeloop.process.models import Visit
from closeloop.records.models import Record
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.people import actor_of, make_user
from tests.builders.records import make_customer, make_deal, open_lock
from tests.metrics.committed import settle

pytestmark = pytest.mark.django_db
OLD = 30


def address(chart, number=0, board="morning"):
    panels = definitions.book().boards[board].panels
    places = [at for at, panel in enumerate(panels) if panel.chart == chart]
    return f"/boards/{board}/panels/{places[number]}"


def ask(person, path, **query):
    answer = client_as(person).get(f"{path}?{urlencode(query)}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def aged(table, pk, *, back):
    """As if it had been made so many days ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET created_at = %s WHERE id = %s", [from_now(days=-back), pk]
        )


def with_potential(seller, name, *, back=OLD):
    """A customer with an open deal, both so many days old; gives the deal."""
    customer = make_customer(seller, name)
    deal = make_deal(seller, name=f"{name}的商机", customer=customer)
    for table, pk in (
        ("customers_customer", customer),
        ("deals_deal", deal),
        ("records_record", deal),
    ):
        aged(table, pk, back=back)
    return customer, deal


def follow_up(seller, customer, at):
    held = Record.objects.get(pk=customer)
    FollowUp.objects.create(
        author=seller, client_id=uuid.uuid4(), kind="call", state="counted", record=held,
        record_type="customer", customer_id=customer, unit_id=held.unit_id, at=at, counted_at=at,
        text="约定周五演示",
    )  # fmt: skip


def tiles_of(person, **query):
    told = ask(person, f"{address('coverage')}/coverage", **query)
    return {
        tile["unit"]["id"]: (tile["state"], tile["customers"], tile["uncovered"], tile["fresh"])
        for tile in told["tiles"]
    }


def waiting(person, **query):
    items = ask(person, f"{address('coverage')}/coverage/customers", **query)["items"]
    return {item["record"]["title"] for item in items}


def test_a_unit_is_red_once_nobody_was_followed_up_for_three_working_days(company):
    first, second, east = company.teams[0].pk, company.teams[1].pk, company.regions[0].pk
    other = make_user("孙二", role="salesperson", unit=company.teams[1])
    seen, _ = with_potential(company.seller, "星海医院")
    with_potential(company.colleague, "远山医院")
    with_potential(other, "长河医院")
    with_potential(other, "新来医院", back=0)
    with_potential(company.stranger, "别家医院")
    limit = days.workdays_before(timezone.localdate(from_now()), 3)
    midnight = timezone.make_aware(datetime.combine(limit, time.min))
    follow_up(company.seller, seen, midnight - timedelta(seconds=1))
    assert tiles_of(company.manager) == {first: ("red", 2, 2, 0), second: ("red", 2, 1, 1)}
    follow_up(company.seller, seen, midnight)
    assert tiles_of(company.manager) == {first: ("plain", 2, 1, 0), second: ("red", 2, 1, 1)}
    assert tiles_of(company.director)[east] == ("plain", 4, 2, 1)
    assert waiting(company.manager, region=second) == {"长河医院"}
    assert waiting(company.manager) == {"远山医院", "长河医院"}
    assert waiting(company.seller) == {"远山医院"}
    assert tiles_of(company.manager, unit=company.regions[1].pk) == {}


def test_high_intent_without_a_quotation_is_listed_until_one_is_there(company):
    path = f"{address('list', 1)}/list"
    _, mine = with_potential(company.seller, "星海医院")
    _, others = with_potential(company.stranger, "别家医院")
    desk.change_record(
        "deal",
        mine,
        {"intent_level": "high"},
        expected_version=None,
        actor=actor_of(company.seller),
    )
    desk.change_record(
        "deal",
        others,
        {"intent_level": "high"},
        expected_version=None,
        actor=actor_of(company.stranger),
    )
    (line,) = ask(company.manager, path)["items"]
    assert (line["record"]["id"], line["owner"]["name"], line["days"]) == (mine, "张伟", OLD)
    assert len(ask(company.director, path)["items"]) == 2
    assert len(ask(company.director, path, unit=company.regions[1].pk)["items"]) == 1
    Visit.objects.filter(record_id=mine).update(stage="quotation")
    assert ask(company.manager, path)["items"] == []


def blocked(seller):
    _, deal = with_potential(seller, f"{seller.name}的医院")
    with pytest.raises(Refusal) as refused:
        desk.move_record("deal", deal, MoveAsk(to_stage="first_talk"), actor=actor_of(seller))
    work.settle(refused.value)
    return deal


def test_blockers_say_what_was_missing_and_open_the_deals(company):
    mine, others = blocked(company.seller), blocked(company.stranger)
    period = {"since": from_now(days=-1).date(), "until": from_now(days=1).date()}
    path = f"{address('blockers')}/blockers"
    found = {each["key"]: each for each in ask(company.manager, path, **period)["items"]}
    wanted = found["first_contact_source"]
    assert (wanted["kind"], wanted["attempts"], wanted["records"]) == ("missing", 1, 1)
    assert wanted["name"]["zh-CN"] == "选择来源"
    behind = {**period, "kind": "missing", "key": "first_contact_source"}
    items = ask(company.manager, f"{path}/records", **behind)["items"]
    assert [each["record"]["id"] for each in items] == [mine]
    everywhere = ask(company.director, f"{path}/records", **behind)["items"]
    assert {each["record"]["id"] for each in everywhere} == {mine, others}


def test_rankings_name_colleagues_but_open_no_deal_that_is_not_ones_own(company):
    for who, back in ((company.seller, 12), (company.stranger, 5)):
        _, deal = with_potential(who, f"{who.name}的医院", back=back)
        Visit.objects.filter(record_id=deal).update(left_at=from_now())
        Visit.objects.create(record_id=deal, stage="payment", kind="forward", entered_at=from_now())
    told = ask(company.seller, f"{address('ranking', 1, 'incentive')}/ranking")
    places = [(each["rank"], each["person"]["name"], each["value"]) for each in told["items"]]
    assert places == [(1, "赵强", 5.0), (2, "张伟", 12.0)]
    assert [each["record"] is None for each in told["items"]] == [True, False]
    assert told["mine"]["rank"] == 2
    assert "赵强的医院" not in str(told)


def test_the_best_contributor_is_whose_talk_tracks_others_used(company):
    entry = Entry.objects.create(kind="talk_track", created_by=company.seller)
    Version.objects.create(entry=entry, number=1, content={}, published_by=company.ops)
    record = make_customer(company.colleague)
    for person in (company.colleague, company.seller):
        Use.objects.create(
            entry=entry, number=1, person=person, kind="used", record_id=record,
            on=from_now().date(), at=from_now(),
        )  # fmt: skip
    told = ask(company.stranger, f"{address('ranking', 2, 'incentive')}/ranking")
    assert [(each["person"]["name"], each["value"]) for each in told["items"]] == [("张伟", 1.0)]


def test_the_best_filled_records_are_those_that_came_this_month(company):
    for number in range(5):
        make_customer(company.seller, f"星海医院{number}", region="east", level="a")
        make_customer(company.stranger, f"别家医院{number}")
    for number in range(5):
        old = make_customer(company.stranger, f"老客户{number}", region="east", level="a")
        aged("customers_customer", old, back=40)
    make_customer(company.colleague, "只有一家", region="east", level="a")
    told = ask(company.stranger, f"{address('ranking', 4, 'incentive')}/ranking")
    (first, mine) = told["items"]
    assert [first["person"]["name"], mine["person"]["name"]] == ["张伟", "赵强"]
    specs = fields.specs_of("customer")
    assert (first["value"], mine["value"]) == (round(4 / len(specs), 4), round(2 / len(specs), 4))


def test_the_map_counts_open_deals_of_ones_own_units_and_opens_them(company):
    _, mine = with_potential(company.seller, "星海医院")
    with_potential(company.stranger, "别家医院")
    told = ask(company.manager, "/boards/battle-map")
    (cell,) = told["cells"]
    assert (cell["unit"], cell["stage"], cell["count"]) == (company.teams[0].pk, "first_contact", 1)
    assert told["stages"][0]["actions"][0]["zh-CN"] == "已找到业务相关人"
    items = ask(company.manager, "/boards/battle-map/deals", stage="first_contact")["items"]
    assert [each["record"]["id"] for each in items] == [mine]
    beyond = {"stage": "first_contact", "region": company.regions[1].pk}
    assert ask(company.manager, "/boards/battle-map/deals", **beyond)["items"] == []
    assert {each["unit"] for each in ask(company.director, "/boards/battle-map")["cells"]} == {
        region.pk for region in company.regions
    }


def test_today_tells_only_of_records_in_reach(company):
    make_customer(company.seller, "星海医院")
    make_customer(company.stranger, "别家医院")
    seen = [each["record"]["title"] for each in ask(company.manager, "/boards/happened")["items"]]
    assert seen == ["星海医院"]
    everything = ask(company.director, "/boards/happened")["items"]
    assert {each["record"]["title"] for each in everything} == {"星海医院", "别家医院"}


def test_a_panel_that_is_not_there_or_is_drawn_otherwise_is_not_found(company):
    for path in (
        "/boards/morning/panels/0/list",
        "/boards/gone/panels/0/list",
        "/boards/morning/panels/99/ranking",
    ):
        answer = client_as(company.manager).get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "board_panel_not_found")


def test_the_stage_table_agrees_with_its_metrics_and_keeps_to_the_scope(company):
    mine, others = blocked(company.seller), blocked(company.stranger)
    lost = MoveAsk(to_stage="lost", outcome_reason="price")
    for seller, deal in ((company.seller, mine), (company.stranger, others)):
        open_lock("deal", deal, "lost")
        desk.move_record("deal", deal, lost, actor=actor_of(seller))
    settle(1)
    metrics.rebuild()
    path = f"{address('stages', board='process_health')}/stages"
    period = {"since": from_now(days=-1).date(), "until": from_now(days=1).date()}
    deals = {company.manager: {mine}, company.director: {mine, others}, company.seller: {mine}}
    for person, expected in deals.items():
        told = ask(person, path, **period)
        for part, metric in told["metrics"].items():
            rows = ask(person, f"/metrics/{metric}/figures", **period, by="kind")["rows"]
            second = {row["key"]: row["figure"] for row in rows}
            assert {row["key"]: row[part] for row in told["rows"] if row[part]} == second
        left, *rest = told["rows"]
        share = (left["conversion"]["numerator"], left["conversion"]["denominator"])
        assert (left["stay"]["denominator"], share) == (
            str(len(expected)),
            ("0", str(len(expected))),
        )
        assert {row["key"] for row in rest if row["blockers"] or row["losses"]} == set()
        assert [(loss["key"], loss["records"]) for loss in left["losses"]] == [
            ("price", len(expected))
        ]
        assert 0 < len(left["blockers"]) <= 3
        first = left["blockers"][0]
        assert (first["kind"], first["records"]) == ("missing", len(expected))
        for kind, key in (("lost", "price"), ("missing", first["key"])):
            what = {**period, "stage": left["key"], "kind": kind, "key": key}
            items = ask(person, f"{path}/records", **what)["items"]
            assert {item["record"]["id"] for item in items} == expected
    other = {**period, "stage": "quotation", "kind": "lost", "key": "price"}
    assert ask(company.director, f"{path}/records", **other)["items"] == []
