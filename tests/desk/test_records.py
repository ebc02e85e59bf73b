"""Making, changing, handing over, removing and restoring one record."""

import pytest

from closeloop.activity.models import Entry
from closeloop.deals.models import Deal
from closeloop.process.models import Instance, Visit
from closeloop.records.models import Record
from tests.builders.activity import entries, verbs
from tests.builders.asking import client_as
from tests.builders.database import snapshot
from tests.builders.records import make_customer, make_deal, row_of

pytestmark = pytest.mark.django_db


def errors(answer):
    return {(error["field"], error["code"]) for error in answer.json()["errors"]}


def test_a_new_record_belongs_to_its_maker_and_begins_at_the_first_stage(company):
    customer = make_customer(company.seller)
    values = {"name": " 迈瑞监护仪 ", "customer": customer, "amount": "1,200.5", "currency": "CNY"}
    answer = client_as(company.seller).post("/records/deal", {"values": values})

    assert answer.status_code == 201
    made = answer.json()
    assert answer.headers["ETag"] == '"1"'
    assert (made["title"], made["stage"], made["version"]) == ("迈瑞监护仪", "first_contact", 1)
    assert made["owner"] == {"id": company.seller.pk, "name": "张伟"}
    assert made["unit"]["id"] == company.teams[0].pk
    assert (made["values"]["amount"], made["values"]["seal_status"]) == ("1200.50", "pending")
    assert made["can"] == {"edit": True, "delete": False, "move": True, "assign": False}
    (visit,) = Visit.objects.filter(record=made["id"])
    assert (visit.stage, visit.kind, visit.entered_by_id) == (
        "first_contact", "start", company.seller.pk,
    )  # fmt: skip
    entry = Entry.objects.filter(verb="deal.created").get()
    assert (entry.record_id, entry.actor_id, entry.unit_id) == (
        made["id"], company.seller.pk, company.teams[0].pk,
    )  # fmt: skip


def test_every_wrong_value_is_named_at_once_and_nothing_is_written(company):
    desk, before = client_as(company.seller), snapshot()
    values = {"amount": "-1", "customer": 2**40, "currency": "XYZ", "product": "x", "colour": "red"}
    answer = desk.post("/records/deal", {"values": values})

    assert answer.status_code == 422
    assert errors(answer) == {
        ("name", "required"),
        ("amount", "money_negative"),
        ("customer", "reference_unknown"),
        ("currency", "choice_unknown"),
        ("product", "reference_invalid"),
        ("colour", "field_unknown"),
    }
    assert all(error["message"] for error in answer.json()["errors"])
    assert snapshot() == before


def test_a_reference_out_of_reach_is_as_unknown_as_one_that_is_not_there(company):
    hidden = make_customer(company.stranger)
    answer = client_as(company.seller).post(
        "/records/deal", {"values": {"name": "越界", "customer": hidden, "currency": "CNY"}}
    )
    assert errors(answer) == {("customer", "reference_unknown")}


def test_a_salesperson_cannot_make_records_for_somebody_else(company):
    customer = make_customer(company.seller)
    body = {"values": {"name": "代建", "customer": customer}, "owner": company.colleague.pk}
    assert client_as(company.seller).post("/records/deal", body).status_code == 403
    assert client_as(company.manager).post("/records/deal", body).json()["owner"]["name"] == "李娜"


def test_a_change_writes_what_changed_and_nothing_else(company):
    deal = make_deal(company.seller, amount="100")
    answer = client_as(company.seller).patch(
        f"/records/deal/{deal}", {"values": {"amount": 250, "name": "新名"}}, version=1
    )

    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
    (said,) = entries("deal.changed")
    assert said["changes"]["amount"] == ["100.00", "250.00"]
    assert set(said["changes"]) == {"amount", "name"}
    assert Record.objects.get(pk=deal).title == "新名"


def test_a_change_to_what_is_there_already_is_no_change(company):
    deal = make_deal(company.seller, amount="100", pain_tags=["cost"])
    desk, before = client_as(company.seller), snapshot()
    answer = desk.patch(
        f"/records/deal/{deal}",
        {"values": {"amount": "100.00", "pain_tags": ["cost"], "competitor": ""}},
        version=1,
    )
    assert (answer.status_code, answer.json()["version"]) == (200, 1)
    assert snapshot() == before


def test_a_change_needs_the_version_that_it_began_from(company):
    deal = make_deal(company.seller)
    answer = client_as(company.seller).patch(f"/records/deal/{deal}", {"values": {"amount": 1}})
    assert (answer.status_code, answer.json()["code"]) == (428, "version_missing")
    assert row_of("deal", deal).version == 1


def test_a_stale_change_is_told_both_values_of_each_field(company):
    deal = make_deal(company.seller, amount="100")
    desk = client_as(company.seller)
    desk.patch(f"/records/deal/{deal}", {"values": {"amount": "200"}}, version=1)

    answer = desk.patch(
        f"/records/deal/{deal}", {"values": {"amount": "300", "competitor": "none"}}, version=1
    )

    assert (answer.status_code, answer.json()["code"]) == (412, "edit_conflict")
    assert answer.json()["version"] == 2
    assert answer.json()["conflict"] == [
        {"field": "amount", "yours": "300", "theirs": "200.00"},
        {"field": "competitor", "yours": "none", "theirs": None},
    ]
    assert str(row_of("deal", deal).amount) == "200.00"


def test_the_second_record_with_a_unique_value_is_refused(company):
    make_customer(company.stranger, credit_code="91320000MA1ABCDE07")
    desk, before = client_as(company.seller), snapshot()
    values = {"name": "重复", "industry": "private_hospital", "credit_code": "91320000MA1ABCDE07"}
    answer = desk.post("/records/customer", {"values": values})
    assert (answer.status_code, answer.json()["code"]) == (409, "duplicate")
    assert snapshot() == before


def test_a_handover_takes_the_record_to_the_new_owners_unit(company):
    deal = make_deal(company.seller)
    answer = client_as(company.ops).patch(
        f"/records/deal/{deal}", {"owner": company.stranger.pk}, version=1
    )

    assert answer.json()["owner"]["name"] == "赵强"
    assert answer.json()["unit"]["id"] == company.teams[2].pk
    record = Record.objects.get(pk=deal)
    assert (record.owner_id, record.unit_id) == (company.stranger.pk, company.teams[2].pk)
    assert entries("deal.assigned")[0]["to_owner"] == company.stranger.pk
    assert client_as(company.seller).get(f"/records/deal/{deal}").status_code == 404
    assert client_as(company.stranger).get(f"/records/deal/{deal}").status_code == 200


def test_a_manager_may_hand_over_to_another_region_and_then_sees_it_no_more(company):
    deal = make_deal(company.seller)
    desk = client_as(company.manager)
    answer = desk.patch(f"/records/deal/{deal}", {"owner": company.stranger.pk}, version=1)
    assert (answer.status_code, answer.json()["owner"]["name"]) == (200, "赵强")
    assert row_of("deal", deal).owner_id == company.stranger.pk
    assert desk.get(f"/records/deal/{deal}").status_code == 404


def test_a_removed_record_is_gone_everywhere_and_comes_back_whole(company):
    deal = make_deal(company.seller, "要删除的商机")
    desk, path = client_as(company.manager), f"/records/deal/{deal}"

    assert desk.delete(path).status_code == 204
    assert desk.get("/records/deal").json()["count"] == 0
    assert desk.get("/records/deal", deleted="true").json()["items"][0]["id"] == deal
    assert desk.get("/search", q="要删除").json() == []
    assert Instance.objects.filter(pk=deal).exists()

    assert desk.post(f"{path}/restore").json()["stage"] == "first_contact"
    assert desk.get("/search", q="要删除").json()[0]["id"] == deal
    assert verbs()[-2:] == ["deal.removed", "deal.restored"]
    assert desk.post(f"{path}/restore").json()["code"] == "record_not_removed"


@pytest.mark.parametrize(
    ("method", "tail", "body"),
    [
        ("patch", "", {"values": {"amount": 1}}),
        ("patch", "", {"owner": None, "stage": "lost", "outcome_reason": "price"}),
        ("post", "/move", {"to_stage": "lost", "outcome_reason": "price"}),
        ("post", "/exceptions", {"to_stage": "first_talk", "reason": "赶时间"}),
        ("post", "/waiting", {"reason": None}),
        ("put", "/checklist/first_contact.background", {"ticked": True}),
        ("post", "/comments", {"text": "还在吗"}),
    ],
)
def test_a_removed_record_can_only_be_restored(company, method, tail, body):
    deal = make_deal(company.seller)
    desk = client_as(company.manager)
    desk.delete(f"/records/deal/{deal}")
    before = snapshot()

    answer = getattr(desk, method)(f"/records/deal/{deal}{tail}", body, version=2)

    assert answer.status_code in {404, 409}
    assert snapshot() == before


def test_a_removed_record_is_not_handed_over(company):
    deal = make_deal(company.seller)
    desk = client_as(company.ops)
    desk.delete(f"/records/deal/{deal}")
    answer = desk.patch(f"/records/deal/{deal}", {"owner": company.stranger.pk}, version=2)
    assert answer.json()["code"] == "record_removed"
    assert row_of("deal", deal).owner_id == company.seller.pk


def test_a_record_of_another_type_is_not_found_under_this_one(company):
    customer = make_customer(company.seller)
    desk = client_as(company.seller)
    for path in (f"/records/deal/{customer}", f"/records/repair/{customer}"):
        assert desk.get(path).status_code == 404
    assert Deal.objects.count() == 0


def test_smart_defaults_fill_what_was_left_open_and_never_what_was_said(company):
    desk = client_as(company.seller)
    customer = make_customer(company.seller, industry="cdc")
    values = {"name": "默认", "customer": customer}
    made = desk.post("/records/deal", {"values": values}).json()["values"]
    said = desk.post("/records/deal", {"values": {**values, "budget_range": "above_3m"}}).json()
    lead = {"name": "孙", "source": "website", "industry": "private_hospital"}
    of_lead = desk.post("/records/lead", {"values": lead}).json()["values"]
    assert (made["budget_range"], made["currency"]) == ("from_500k_to_1m", "CNY")
    assert made["decision_chain_template"] == "public_body"
    assert said["values"]["budget_range"] == "above_3m"
    assert of_lead["budget_range"] == "from_300k_to_500k"


def test_a_customer_with_deals_cannot_be_removed_before_them(company):
    desk = client_as(company.ops)
    customer = make_customer(company.seller)
    deal = make_deal(company.seller, customer=customer)
    refused = desk.delete(f"/records/customer/{customer}")
    assert (refused.status_code, refused.json()["code"]) == (409, "record_still_referenced")
    assert refused.json()["held_by"] == {"deal": 1}
    assert desk.delete(f"/records/deal/{deal}").status_code == 204
    assert desk.delete(f"/records/customer/{customer}").status_code == 204
