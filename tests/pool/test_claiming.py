"""Who may take what out of a pool, how much, and what they see of it before."""

from datetime import timedelta

import pytest

from closeloop.identity.actor import SYSTEM
from closeloop.pool.models import Stay
from closeloop.sla import actions as sla
from closeloop.sla.models import Clock
from tests.builders.activity import entries
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.people import make_role, make_user
from tests.builders.pools import pooled_lead, set_rules
from tests.builders.records import make_contact, make_customer, make_lead, row_of

pytestmark = pytest.mark.django_db


def claim(user, record_id, record_type="lead"):
    return client_as(user).post(f"/records/{record_type}/{record_id}/claim")


def standing(user, record_id, record_type="lead"):
    return client_as(user).get(f"/records/{record_type}/{record_id}/pool")


def release(user, record_id, record_type="lead", **body):
    return client_as(user).post(f"/records/{record_type}/{record_id}/release", body)


@pytest.fixture
def lasting_clock(company):
    """A clock that runs on in the pool, as one of the company's own may."""
    policy = {
        "key": "answer_the_request",
        "name": {"zh-CN": "答复来意", "en-US": "Answer the request"},
        "about": "lead",
        "opens": [{"verb": "lead.created"}],
        "closes": [{"verb": "lead.converted"}],
        "target": {"days": 3},
        "steps": [{"key": "late", "overdue": {"days": 0}, "to": ["owner"]}],
    }
    sla.publish(policy, actor=SYSTEM)


@pytest.fixture
def lead(company):
    return pooled_lead(company.colleague, phone="13812345678", company="江苏省人民医院")


def entries_of(user, record_type="lead", **query):
    browser = client_as(user)
    (pool,) = [each for each in browser.get("/pools").json() if each["record_type"] == record_type]
    return browser.get(f"/pools/{pool['id']}/entries", **query).json()


def test_whoever_claims_a_lead_owns_it_and_is_protected(company, lead):
    answer = claim(company.seller, lead)
    assert answer.status_code == 200, answer.json()
    row = row_of("lead", lead)
    assert (row.owner_id, row.unit_id) == (company.seller.pk, company.teams[0].pk)
    (told,) = entries("lead.claimed")
    assert told["pool"] == "leads"
    assert told["from_owner"] == company.colleague.pk
    until = Stay.objects.get(record_id=lead).protected_until
    assert timedelta(days=6, hours=23) < until - from_now() < timedelta(days=7, hours=1)
    assert entries_of(company.seller)["items"] == []


def test_the_second_to_claim_is_told_who_has_it(company, lead):
    assert claim(company.seller, lead).status_code == 200
    answer = claim(company.stranger, lead)
    assert (answer.status_code, answer.json()["code"]) == (409, "pool_already_taken")
    assert "张伟" in answer.json()["detail"]
    assert row_of("lead", lead).owner_id == company.seller.pk
    assert len(entries("lead.claimed")) == 1


def test_contact_data_are_masked_until_they_are_claimed(company, lead):
    (shown,) = entries_of(company.seller)["items"]
    assert shown["values"]["phone"] == "138****5678"
    assert shown["masked"] == ["phone"]
    assert shown["values"]["company"] == "江苏省人民医院"
    assert "13812345678" not in client_as(company.seller).get("/pools").content.decode()
    assert standing(company.seller, lead).json()["entry"]["values"]["phone"] == "138****5678"
    assert client_as(company.seller).get(f"/records/lead/{lead}").status_code == 404
    (seen,) = entries_of(company.ops)["items"]
    assert seen["values"]["phone"] == "13812345678"
    assert claim(company.seller, lead).status_code == 200
    mine = client_as(company.seller).get(f"/records/lead/{lead}").json()
    assert mine["values"]["phone"] == "13812345678"


@pytest.mark.parametrize("rows", [1, 20])
@pytest.mark.usefixtures("lasting_clock")
def test_clocks_of_a_pool_are_told_in_one_query(company, rows, django_assert_num_queries):
    leads = [pooled_lead(company.colleague, name=f"客户{number}") for number in range(rows)]
    running = Clock.objects.filter(record_id__in=leads, closed_at=None)
    running.update(due_at=from_now(days=-1), next_at=None)
    browser = client_as(company.seller)
    (pool,) = [each for each in browser.get("/pools").json() if each["record_type"] == "lead"]
    path = f"/pools/{pool['id']}/entries"
    browser.get(path)
    with django_assert_num_queries(4):  # who asks; what lies there, its count, the clocks
        items = browser.get(path).json()["items"]
    assert len(items) == rows
    assert all(item["clock"]["is_late"] for item in items)


def test_a_pool_shows_only_its_fields(company, lead):
    (shown,) = entries_of(company.seller)["items"]
    assert set(shown["values"]) == {
        "company", "source", "industry", "region", "intent_level", "product_interest", "phone",
    }  # fmt: skip


def test_whoever_had_it_last_must_wait(company, lead):
    answer = claim(company.colleague, lead)
    assert (answer.status_code, answer.json()["code"]) == (409, "pool_locked_to_previous")
    (shown,) = entries_of(company.colleague)["items"]
    assert shown["locked_until"] is not None
    Stay.objects.filter(record_id=lead).update(locked_until=from_now())
    assert claim(company.colleague, lead).status_code == 200


def test_claims_of_a_day_are_limited(company):
    set_rules(claim={"per_day": 2})
    leads = [pooled_lead(company.colleague, f"线索{n}") for n in range(3)]
    assert [claim(company.seller, each).status_code for each in leads[:2]] == [200, 200]
    answer = claim(company.seller, leads[2])
    assert (answer.status_code, answer.json()["code"]) == (409, "pool_claims_used_up")
    (pool,) = [
        each
        for each in client_as(company.seller).get("/pools").json()
        if each["record_type"] == "lead"
    ]
    assert (pool["my"]["left_today"], pool["my"]["claimed_today"]) == (0, 2)
    Stay.objects.filter(left_how="claimed").update(left_at=from_now(days=-1))
    assert claim(company.seller, leads[2]).status_code == 200


def test_what_somebody_holds_is_limited(company, lead):
    set_rules(claim={"held": 2})
    make_lead(company.seller, "在跟一")
    make_lead(company.seller, "在跟二")
    answer = claim(company.seller, lead)
    assert (answer.status_code, answer.json()["code"]) == (409, "pool_hands_full")
    assert (answer.json()["held"], answer.json()["most"]) == (2, 2)
    assert row_of("lead", lead).owner_id is None


def test_only_those_whom_the_rules_name_claim(company, lead):
    set_rules(claim={"roles": ["salesperson"], "units": [company.regions[0].pk]})
    assert claim(company.stranger, lead).json()["code"] == "record_not_found"
    assert claim(company.manager, lead).json()["code"] == "record_not_found"
    assert claim(company.ops, lead).json()["code"] == "pool_not_claimant"
    assert claim(company.seller, lead).status_code == 200


def test_a_lead_goes_back_with_a_reason_and_is_seen_with_its_past(company, lead):
    assert claim(company.seller, lead).status_code == 200
    assert release(company.seller, lead, reason="nonsense").json()["code"] == "pool_reason_unknown"
    answer = release(company.seller, lead, reason="no_answer", note="打了三次")
    assert answer.status_code == 200, answer.json()
    told = standing(company.stranger, lead).json()
    assert told["entry"]["why"] == "负责人退回：多次联系不上 打了三次"
    assert [each["from_owner"]["name"] for each in told["stays"]] == ["张伟", "李娜"]
    assert told["stays"][1]["to_owner"]["name"] == "张伟"
    assert row_of("lead", lead).unit_id == company.head_office.pk


def test_nobody_releases_what_somebody_else_owns(company):
    lead = make_lead(company.colleague)
    assert release(company.seller, lead, reason="nothing_needed").status_code == 404
    refused = release(company.manager, lead, reason="nothing_needed")
    assert refused.json()["code"] == "pool_not_yours"
    assert entries("lead.released") == []


def test_a_manager_puts_in_but_not_what_is_protected(company, lead):
    manager = client_as(company.manager)
    other = make_lead(company.colleague)
    path = f"/records/lead/{other}/put-in"
    assert manager.post(path, {"note": " "}).json()["code"] == "pool_note_missing"
    assert manager.post(path, {"note": "他去休产假"}).status_code == 200
    assert row_of("lead", other).owner_id is None
    assert claim(company.seller, lead).status_code == 200
    answer = manager.post(f"/records/lead/{lead}/put-in", {"note": "给别人"})
    assert (answer.status_code, answer.json()["code"]) == (409, "pool_protected")
    assert client_as(company.seller).post(path, {"note": "x"}).status_code == 404


def test_sales_operations_assign_out_whatever_the_limits(company, lead):
    set_rules(claim={"held": 1})
    make_lead(company.seller)
    path = f"/records/lead/{lead}/assign-out"
    assert client_as(company.seller).post(path, {"owner": company.seller.pk}).status_code == 403
    answer = client_as(company.ops).post(path, {"owner": company.seller.pk})
    assert answer.status_code == 200, answer.json()
    assert row_of("lead", lead).owner_id == company.seller.pk
    assert Stay.objects.get(record_id=lead).left_how == "assigned"


def test_contacts_go_along_with_their_customer(company):
    customer = make_customer(company.colleague)
    contact = make_contact(company.colleague, customer)
    answer = release(company.colleague, customer, "customer", reason="leaving", note="调岗")
    assert answer.status_code == 200, answer.json()
    assert row_of("contact", contact).owner_id is None
    assert client_as(company.seller).get(f"/records/contact/{contact}").status_code == 404
    assert claim(company.seller, customer, "customer").status_code == 200
    assert row_of("contact", contact).owner_id == company.seller.pk


def test_clocks_of_a_released_lead_have_no_owner(company, lasting_clock):
    lead = pooled_lead(company.colleague)
    assert Clock.objects.filter(record_id=lead, closed_at=None).exists()
    assert not Clock.objects.filter(record_id=lead, closed_at=None).exclude(owner=None).exists()


def test_what_nobody_owns_is_masked_on_every_path_for_those_who_cannot_give_it(company):
    customer = make_customer(company.colleague, "星海医院", phone="13812345678")
    looker = make_user("只看", role=make_role({("customer", "read"): "all"}), unit=company.teams[0])
    browser = client_as(looker)
    path = f"/records/customer/{customer}"
    assert browser.get(path).json()["values"]["phone"] == "13812345678"
    body = {"reason": "leaving", "note": "调岗"}
    client_as(company.colleague).post(f"{path}/release", body)
    shown = browser.get(path).json()
    assert (shown["values"]["phone"], "phone" in shown["masked"]) == ("138****5678", True)
    assert "13812345678" not in browser.get("/records/customer").content.decode()
    assert client_as(company.ops).get(path).json()["values"]["phone"] == "13812345678"
    assert "13812345678" not in browser.get(f"{path}/timeline").content.decode()
