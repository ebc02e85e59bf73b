"""Contacts and whom colleagues have in WeCom: found, kept in step, and shown to who may know."""

import pytest

from closeloop.identity.actor import SYSTEM
from closeloop.integrations import actions as integrations
from closeloop.leads.models import Identity
from closeloop.phonecheck import actions, jobs
from closeloop.phonecheck.models import ContactLink, ExternalUser
from closeloop.records.models import Record
from tests.builders.asking import client_as
from tests.builders.records import make_contact, make_lead
from tests.phonecheck.conftest import HOSPITAL, OTHER, PHONE, listed, said, shown, use

pytestmark = pytest.mark.django_db
WHO = "wmEAgeDQAAvQeaTqWwkMTxGMvvI7OOOQ"
NOTED, DIFFERS = ("match", "noted"), ("mismatch", "not_among_noted")


@pytest.fixture(autouse=True)
def _on(wecom):
    use(wecom=True)


def verdict(contact):
    return said(contact, "wecom")


def test_a_noted_number_links_and_a_changed_note_is_seen(company, customer, wecom):
    assert verdict(customer.contact) == ("unknown", "not_linked")
    wecom.follow("zhangsan", WHO, "林子", "138-1234-5678")
    assert jobs.read_people() == 1
    assert verdict(customer.contact) == NOTED
    assert ContactLink.objects.get().how == "mobile"
    assert jobs.read_people() == 0

    wecom.followed.clear()
    wecom.follow("zhangsan", WHO, "林子", OTHER)
    jobs.read_people()
    told = shown(company.seller, customer.contact)
    assert (told["state"], told["sources"][0]["numbers"]) == ("open", [OTHER])
    assert told["wecom"]["followers"] == ["张伟"]
    assert listed(company.seller) == [customer.contact]

    wecom.followed.clear()
    wecom.follow("zhangsan", "wmSomebodyElse", "路人")
    jobs.read_people()
    assert verdict(customer.contact) == ("unknown", "gone")


def test_a_name_and_company_among_the_owners_own_links(company, customer, wecom):
    wecom.page_size = 1
    wecom.follow("zhangsan", "wmOther", "陈林", "13600000000", company="别家医院")
    wecom.follow("zhangsan", WHO, "Lin", OTHER, remark="陈林", noted_company=HOSPITAL)
    jobs.read_people()
    assert ContactLink.objects.get().external.external_id == WHO
    assert verdict(customer.contact) == DIFFERS


def test_two_who_may_be_meant_link_nobody(company, customer, wecom):
    for who in (WHO, "wmTwin"):
        wecom.follow("zhangsan", who, "陈林", OTHER, company=HOSPITAL)
    wecom.follow("zhaoqiang", "wmTheirs", "陈林", OTHER, company=HOSPITAL)
    jobs.read_people()
    assert not ContactLink.objects.exists()


def test_the_contact_of_a_lead_is_whom_the_lead_was(company, customer, wecom):
    wecom.follow("zhangsan", WHO, "老陈", OTHER)
    jobs.read_people()
    lead = Record.objects.get(pk=make_lead(company.seller, company="某院", phone=PHONE))
    Identity.objects.create(kind="external_user", value=WHO, lead=lead)
    contact = make_contact(company.seller, customer.pk, name="王芳", phone=PHONE)
    actions.follow_conversion(lead.pk, contact)
    actions.check([contact], actor=SYSTEM)
    assert verdict(contact) == DIFFERS


def test_what_a_colleague_out_of_reach_noted_is_not_shown(company, customer, wecom):
    wecom.follow("zhaoqiang", WHO, "陈林", PHONE, "13600000000")
    jobs.read_people()
    told = shown(company.seller, customer.contact)
    assert (told["sources"][0]["verdict"], told["sources"][0]["numbers"]) == ("match", [])
    assert (told["wecom"]["name"], told["wecom"]["followers"], told["wecom"]["others"]) == (
        "",
        [],
        1,
    )
    body = {"values": {"phone": OTHER}}
    client_as(company.seller).patch(f"/records/contact/{customer.contact}", body, version=1)
    answer = client_as(company.seller).get(f"/contacts/{customer.contact}/phone-check")
    assert "13600000000" not in answer.content.decode()
    assert answer.json()["sources"][0]["text"].endswith("未显示。")
    seen = shown(company.director, customer.contact)
    assert seen["sources"][0]["numbers"] == [PHONE, "13600000000"]


def test_it_is_linked_by_hand_among_ones_own(company, customer, wecom):
    wecom.follow("zhangsan", WHO, "老陈", OTHER)
    wecom.follow("zhaoqiang", "wmTheirs", "老陈", OTHER)
    jobs.read_people()
    path = f"/contacts/{customer.contact}"
    seller = client_as(company.seller)
    [found] = seller.get(f"{path}/wecom-people", q="老陈").json()
    assert (found["external_id"], found["numbers"]) == (WHO, [OTHER])
    told = seller.put(f"{path}/wecom-person", {"external_id": WHO}).json()
    assert (told["state"], told["wecom"]["how"]) == ("open", "hand")
    theirs = seller.put(f"{path}/wecom-person", {"external_id": "wmTheirs"})
    assert theirs.json()["code"] == "phonecheck_external_not_found"
    second = make_contact(company.seller, customer.pk, name="王芳")
    taken = seller.put(f"/contacts/{second}/wecom-person", {"external_id": WHO})
    assert taken.json()["code"] == "phonecheck_external_taken"
    assert seller.put(f"{path}/wecom-person", {"external_id": None}).json()["wecom"] is None


def test_a_refused_reading_is_told_and_drops_nothing(company, customer, wecom):
    wecom.follow("zhangsan", WHO, "林子", PHONE)
    jobs.read_people()
    integrations.change_account("wecom", is_on=False, signs_in=False, settings={}, actor=SYSTEM)
    jobs.read_people()
    told = client_as(company.ops).get("/phone-check/settings").json()
    assert told["readings"]["wecom"]["problem"] == "account_missing"
    assert (told["kept"]["people"], told["kept"]["linked"]) == (1, 1)
    assert verdict(customer.contact) == NOTED


def test_who_was_erased_is_read_no_more(company, customer, wecom):
    wecom.follow("zhangsan", WHO, "林子", PHONE)
    jobs.read_people()
    assert actions.erase(customer.contact) == 2
    jobs.read_people()
    assert (ExternalUser.objects.get().mobiles, ContactLink.objects.count()) == ([], 0)
