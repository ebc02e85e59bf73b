"""Recording: what counts, what is a draft, what is repeated, what is refused."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from closeloop.activity.models import Entry
from closeloop.edge.postgresql.prepared import Prepared
from closeloop.fieldwork.models import FollowUp, KnownPlace
from closeloop.sla.models import Clock
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.records import make_contact, make_customer, make_deal
from tests.fieldwork.given import body, place, sent_photo, visit

pytestmark = pytest.mark.django_db


def test_a_complete_visit_counts_and_opens_the_clock_of_its_next_date(company):
    customer = make_customer(company.seller, "仁和医院")
    seller = client_as(company.seller)
    answer = seller.post("/followups", visit(customer, sent_photo(company.seller, 1)))
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert (told["state"], told["missing"], told["doubts"]) == ("counted", [], [])
    assert told["files"][0]["thumbnail_url"]
    assert seller.get(told["files"][0]["url"].removeprefix("/api")).status_code == 200
    clock = Clock.objects.get(record_id=customer, policy__key="agreed_follow_up_customer")
    assert clock.owner_id == company.seller.pk
    assert abs((clock.due_at - from_now(days=3)).total_seconds()) < 60
    entry = Entry.objects.get(verb="followup.recorded")
    assert (entry.record_id, entry.data["effective"], entry.data["main"]) == (customer, True, True)


def test_an_incomplete_visit_is_a_draft_that_counts_once_completed(company):
    customer = make_customer(company.seller, "仁和医院")
    seller = client_as(company.seller)
    given = visit(customer, sent_photo(company.seller, 1)) | {"place": None}
    told = seller.post("/followups", given).json()
    assert (told["state"], [each["item"] for each in told["missing"]]) == ("draft", ["place"])
    assert not Entry.objects.filter(verb="followup.recorded").exists()
    path = f"/followups/{told['id']}"
    assert seller.patch(path, given).status_code == 428
    complete = given | {"place": place()}
    stale = seller.patch(path, complete, version=9)
    assert stale.status_code == 412
    changed = seller.patch(path, complete, version=1)
    assert (changed.status_code, changed.json()["state"]) == (200, "counted"), changed.content
    assert Entry.objects.filter(verb="followup.recorded").count() == 1
    assert seller.patch(path, complete, version=2).status_code == 409
    assert seller.delete(path).status_code == 409


def test_what_counts_is_kept_by_the_database_and_corrected_by_a_new_entry(company):
    customer = make_customer(company.seller, "仁和医院")
    seller = client_as(company.seller)
    first = seller.post("/followups", body(customer)).json()
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.filter(pk=first["id"]).update(text="别的")
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.filter(pk=first["id"]).delete()
    path = f"/followups/{first['id']}/corrections"
    told = seller.post(path, body(customer, text="其实是想要更便宜的试剂")).json()
    assert (told["corrects"], told["doubts"]) == (first["id"], [])
    assert seller.get(f"/followups/{first['id']}").json()["corrected_by"] == told["id"]
    assert seller.post(path, body(customer)).json()["code"] == "followup_corrected"


def test_the_same_client_id_is_one_follow_up(company):
    customer = make_customer(company.seller, "仁和医院")
    seller = client_as(company.seller)
    given = body(customer)
    first, second = seller.post("/followups", given), seller.post("/followups", given)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    synced = seller.post("/followups/sync", {"items": [given, body(customer), given]}).json()
    assert [each["outcome"] for each in synced["items"]] == ["repeated", "saved", "repeated"]
    assert FollowUp.objects.count() == 2


def test_one_refused_item_stops_no_other(company):
    mine = make_customer(company.seller, "仁和医院")
    hidden = make_customer(company.stranger, "华西医院")
    lost = visit(mine, str(uuid.uuid4()))
    items = [body(mine), body(hidden), lost, body(make_deal(company.seller), record_type="deal")]
    told = client_as(company.seller).post("/followups/sync", {"items": items}).json()["items"]
    assert [each["outcome"] for each in told] == ["saved", "rejected", "rejected", "saved"]
    assert [each["problem"] and each["problem"]["code"] for each in told] == [
        None,
        "record_not_found",
        "followup_upload_missing",
        None,
    ]
    assert FollowUp.objects.count() == 2


def test_nobody_follows_up_or_reads_what_is_out_of_reach(company):
    hidden = make_customer(company.stranger, "华西医院")
    theirs = client_as(company.stranger).post("/followups", body(hidden)).json()
    seller = client_as(company.seller)
    assert seller.post("/followups", body(hidden)).status_code == 404
    assert seller.get(f"/followups/{theirs['id']}").status_code == 404
    assert seller.get("/followups").json()["items"] == []
    assert seller.get("/followups/penetration").json()["records"] == []
    assert "华西" not in seller.get("/followups/customers", q="华西").content.decode()
    contact = make_contact(company.stranger, hidden)
    mine = make_customer(company.seller, "仁和医院")
    refused = seller.post("/followups", body(mine, contact_id=contact))
    assert refused.json()["code"] == "followup_contact_elsewhere"


def test_a_visit_to_the_customer_is_told_to_ones_own_open_deals_there(company):
    customer = make_customer(company.seller, "仁和医院")
    deal = make_deal(company.seller, "监护仪", customer=customer)
    client_as(company.seller).post("/followups", body(customer))
    entries = Entry.objects.filter(verb="followup.recorded").order_by("id")
    assert [(each.record_id, each.data["main"]) for each in entries] == [
        (customer, True),
        (deal, False),
    ]


def test_three_undoubted_visits_teach_where_a_customer_is(company):
    customer = make_customer(company.seller, "仁和医院")
    seller = client_as(company.seller)
    texts = ["主任要求更快出报告", "采购科询问付款周期与保修", "护士长抱怨监护仪误报太多"]
    for seed, text in enumerate(texts):
        photo = sent_photo(company.seller, seed)
        given = visit(customer, photo, text=text, place=place(31.2304 + seed / 10_000))
        told = seller.post("/followups", given).json()
        assert told["doubts"] == []
    known = KnownPlace.objects.get(customer_id=customer)
    assert (round(known.latitude, 4), known.visits) == (31.2305, 3)
    far = place(31.2304 + 0.027)
    given = visit(customer, sent_photo(company.seller, 9), place=far, text="院长同意试用两周")
    told = seller.post("/followups", given).json()
    shown = client_as(company.manager).get(f"/followups/{told['id']}").json()
    assert (told["state"], [each["kind"] for each in shown["doubts"]]) == (
        "counted",
        ["far_from_customer"],
    )
    near = seller.get("/followups/customers", latitude=31.2304, longitude=121.4737).json()
    assert [each["distance_m"] < 50 for each in near["items"]] == [True]


def test_one_is_read_in_one_trip_and_written_in_another(company, monkeypatch):
    customer = make_customer(company.seller, "仁和医院")
    deal, _ = [make_deal(company.seller, customer=customer) for _ in range(2)]
    seller = client_as(company.seller)

    def post(record, kind, text):
        next_at = from_now(days=3).isoformat()
        given = body(record, record_type=kind, text=text, next_at=next_at)
        assert seller.post("/followups", given).json()["state"] == "counted"

    post(customer, "customer", "院长同意先试用一台，月底前看结果")
    post(deal, "deal", "设备科担心售后响应，要看维保条款")
    trips, run = [], Prepared.run

    def counted(self, statements, **special):
        trips.append([each.sql.split()[0] for each in statements])
        return run(self, statements, **special)

    monkeypatch.setattr(Prepared, "run", counted)
    post(deal, "deal", "竞品报了更低的价，采购要求重新比价")
    post(customer, "customer", "信息科可以开放接口，先对接检验系统")
    asked, read, written = trips[:3]
    assert (asked, read) == (["SELECT"], ["SELECT"] * 3)  # lock, what is known, its clocks
    assert written == ["INSERT", "INSERT", "UPDATE", "UPDATE", "INSERT"]
    assert [len(each) for each in trips[3:]] == [1, 3, 6]
    agreed = Clock.objects.filter(policy__key__startswith="agreed_follow_up", closed_at=None)
    assert list(agreed.values_list("record_id", flat=True)) == [customer]
