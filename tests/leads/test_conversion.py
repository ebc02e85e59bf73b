"""Converting a lead: under its gate, all or nothing, once."""

import pytest

from closeloop.customers.models import Contact, Customer
from closeloop.deals.models import Deal
from closeloop.leads.models import Lead
from closeloop.process.models import Visit
from tests.builders.activity import entries, verbs
from tests.builders.asking import client_as
from tests.builders.database import snapshot
from tests.builders.records import advance, make_customer, make_lead, open_lock, row_of

pytestmark = pytest.mark.django_db
RECORDED = frozenset({"activity_entry", "activity_entry_rest"})


@pytest.fixture
def lead(company):
    """A lead whose last lock is open."""
    record_id = make_lead(company.seller, "孙主任", email="sun@example.com", wechat="sun01")
    advance("lead", record_id, "contacted", "sql")
    open_lock("lead", record_id, "converted")
    return record_id


def convert(user, lead, *, version=None, **body):
    return client_as(user).post(f"/leads/{lead}/convert", body, version=version)


def test_a_lead_becomes_customer_contact_and_deal_of_its_owner(company, lead):
    answer = convert(company.manager, lead, deal={"amount": "80000"})

    assert answer.status_code == 200
    made = answer.json()
    customer = Customer.objects.get(pk=made["customer_id"])
    contact = Contact.objects.get(pk=made["contact_id"])
    deal = Deal.objects.get(pk=made["deal_id"])
    assert (customer.name, customer.industry) == ("江苏省人民医院", "public_tertiary_hospital")
    assert (contact.name, contact.phone, contact.email, contact.wechat) == (
        "孙主任", "13812345678", "sun@example.com", "sun01",
    )  # fmt: skip
    assert contact.customer_id == deal.customer_id == customer.pk
    assert (deal.name, str(deal.amount), deal.source) == (
        "江苏省人民医院", "80000.00", "exhibition",
    )  # fmt: skip
    assert (deal.intent_level, deal.budget_range) == ("high", "from_500k_to_1m")
    assert {row.owner_id for row in (customer, contact, deal)} == {company.seller.pk}
    assert deal.stage == "first_contact"
    converted = Lead.objects.get(pk=lead)
    assert (converted.stage, converted.customer_id, converted.deal_id) == (
        "converted", customer.pk, deal.pk,
    )  # fmt: skip
    assert Visit.objects.filter(record=lead, left_at=None).get().stage == "converted"
    assert [verb for verb in verbs() if verb != "lead.graded"][-5:] == [
        "lead.stage_entered", "customer.created", "contact.created", "deal.created",
        "lead.converted",
    ]  # fmt: skip
    assert entries("lead.stage_entered")[-1]["via"] == "conversion"


def test_an_existing_customer_is_taken_and_no_second_one_made(company, lead):
    customer = make_customer(company.seller)
    made = convert(company.seller, lead, customer_id=customer).json()
    assert (made["customer_id"], made["deal_id"]) == (customer, None)
    assert Customer.objects.count() == 1
    assert Deal.objects.count() == 0


def test_a_customer_out_of_reach_is_not_found_and_nothing_is_made(company, lead):
    hidden = make_customer(company.stranger)
    desk, before = client_as(company.seller), snapshot()
    answer = desk.post(f"/leads/{lead}/convert", {"customer_id": hidden})
    assert answer.status_code == 404
    assert snapshot() == before


def test_a_wrong_value_undoes_the_whole_conversion(company, lead):
    desk, before = client_as(company.seller), snapshot()
    answer = desk.post(f"/leads/{lead}/convert", {"deal": {"amount": "viel"}})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "amount")
    assert snapshot() == before


def test_a_shut_lock_makes_nothing_and_says_what_is_missing(company):
    lead = make_lead(company.seller)
    advance("lead", lead, "contacted", "sql")
    desk, before = client_as(company.seller), snapshot(without=RECORDED)
    answer = desk.post(f"/leads/{lead}/convert", {"deal": {}})
    assert answer.status_code == 423
    assert [item["item"] for item in answer.json()["missing"]] == ["sql_checklist"]
    assert snapshot(without=RECORDED) == before


def test_a_lead_that_has_not_come_so_far_cannot_be_converted(company):
    lead = make_lead(company.seller)
    assert convert(company.seller, lead).json()["code"] == "move_not_allowed"
    assert Customer.objects.count() == 0


def test_a_converted_lead_names_what_it_became_and_is_not_converted_again(company, lead):
    made = convert(company.seller, lead, deal={}).json()
    again = convert(company.seller, lead, deal={})
    assert (again.status_code, again.json()["code"]) == (409, "lead_already_converted")
    assert again.json()["deal_id"] == made["deal_id"]
    assert Deal.objects.count() == 1


def test_a_stale_conversion_learns_of_the_change(company, lead):
    version = row_of("lead", lead).version
    client_as(company.seller).patch(
        f"/records/lead/{lead}", {"values": {"wechat": "sun02"}}, version=version
    )
    answer = convert(company.seller, lead, version=version)
    assert (answer.status_code, answer.json()["code"]) == (412, "edit_conflict")
    assert Customer.objects.count() == 0


def test_the_won_stage_is_entered_by_conversion_alone(company, lead):
    """Else a lead could count as converted with no customer behind it."""
    desk, before = client_as(company.seller), snapshot(without=RECORDED)
    for answer in (
        desk.post(f"/records/lead/{lead}/move", {"to_stage": "converted"}),
        desk.patch(
            f"/records/lead/{lead}", {"stage": "converted"}, version=row_of("lead", lead).version
        ),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "conversion_needed")
    told = desk.post(
        "/records/lead/bulk", {"ids": [lead], "action": "move", "to_stage": "converted"}
    ).json()
    assert told["refused"][0]["code"] == "conversion_needed"
    assert snapshot(without=RECORDED) == before


def test_likely_twins_are_told_before_a_second_one_is_made(company):
    make_customer(
        company.seller, "江苏省人民医院", phone="025-83718836", credit_code="91320000MA1ABCDE07"
    )
    make_lead(company.stranger, "张三", phone="13812345678")
    desk = client_as(company.seller)

    by_name = desk.get("/duplicates/customer", name="江苏省人民医院").json()
    by_code = desk.get("/duplicates/customer", credit_code="91320000MA1ABCDE07").json()
    by_phone = desk.get("/duplicates/lead", phone="138 1234 5678").json()

    assert [(twin["match"], twin["title"]) for twin in by_name] == [("name", "江苏省人民医院")]
    assert [(twin["match"], twin["score"]) for twin in by_code] == [("credit_code", 1.0)]
    assert [(twin["match"], twin["title"], twin["id"], twin["owner"]) for twin in by_phone] == [
        ("phone", "张***", None, "赵强")
    ]
    assert desk.get("/duplicates/customer", name="苏州").json() == []
