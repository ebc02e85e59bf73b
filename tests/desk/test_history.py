"""The timeline in both languages, today's page, and a record's relatives."""

import re
from datetime import timedelta

import pytest
from django.db.models import F

from closeloop.deals.models import Deal
from closeloop.desk import actions as desk
from closeloop.edge import messages
from closeloop.identity.actor import SYSTEM
from tests.builders.asking import client_as
from tests.builders.documents import make_document
from tests.builders.people import make_role, make_user
from tests.builders.records import (
    advance,
    make_contact,
    make_customer,
    make_deal,
    make_repair,
    open_lock,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(company):
    """A deal to which everything has happened that can happen to one."""
    deal = make_deal(company.seller, "监护仪采购")
    asker, chief = client_as(company.seller), client_as(company.manager)
    path = f"/records/deal/{deal}"
    asker.patch(path, {"values": {"amount": "500", "source": "referral"}}, version=1)
    asker.post(f"{path}/move", {"to_stage": "first_talk"})
    asker.put(f"{path}/checklist/first_contact.background", {"ticked": True})
    asker.put(f"{path}/checklist/first_contact.background", {"ticked": False})
    asked = asker.post(f"{path}/exceptions", {"to_stage": "first_talk", "reason": "赶时间"}).json()
    chief.post(f"/exceptions/{asked['id']}/decision", {"granted": False})
    again = asker.post(f"{path}/exceptions", {"to_stage": "first_talk", "reason": "再申请"}).json()
    chief.post(f"/exceptions/{again['id']}/decision", {"granted": True})
    asker.post(f"{path}/move", {"to_stage": "first_talk"})
    said = asker.post(f"{path}/comments", {"text": "已约周三"}).json()
    asker.delete(f"/comments/{said['id']}")
    document = make_document(deal, "quotation", actor=company.actor)
    asker.delete(f"/files/{document.pk}")
    advance("deal", deal, "needs_confirmed", "solution_demo", "quotation")
    asker.post(f"{path}/waiting", {"reason": "tender_publication"})
    asker.post(f"{path}/waiting", {"reason": None})
    asker.post(f"{path}/move", {"to_stage": "lost", "outcome_reason": "price"})
    desk.assign_record("deal", deal, owner_id=company.colleague.pk, actor=SYSTEM)
    chief.delete(path)
    chief.post(f"{path}/restore")
    return deal


def history(user, deal, locale, **query):
    asker, found, cursor = client_as(user, locale=locale), [], None
    for _ in range(20):
        more = {"cursor": cursor} if cursor else {}
        page = asker.get(f"/records/deal/{deal}/timeline", limit=7, **more, **query).json()
        found += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    return found


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_every_event_is_a_sentence_without_codes(company, busy, locale):
    company.manager.locale = locale
    company.manager.save()
    items = history(company.manager, busy, locale)
    assert {item["verb"] for item in items} == {
        "deal.created", "deal.changed", "deal.stage_entered", "deal.assigned", "deal.removed",
        "deal.restored", "process.move_blocked", "process.item_ticked", "process.item_unticked",
        "process.exception_requested", "process.exception_granted", "process.exception_refused",
        "process.waiting_started", "process.waiting_ended", "record.commented",
        "record.comment_removed", "file.attached", "file.removed",
    }  # fmt: skip
    for item in items:
        own = re.sub(r"\w+\d+\.(pdf|amr|png)", "", item["text"])
        assert own, item
        assert not re.search(r"[a-z]_[a-z]|\{|\}|verb\.|None", own), item
        words = re.findall(r"[A-Za-z]{3,}", own)
        assert locale == "en-US" or words == [], item
    assert items[-1]["verb"] == "deal.created"
    assert [item["id"] for item in items] == sorted((item["id"] for item in items), reverse=True)


def test_a_timeline_can_be_narrowed_to_kinds(company, busy):
    def verbs(kinds):
        found = history(company.manager, busy, "zh-CN", kinds=kinds)
        return {item["verb"] for item in found}

    assert verbs("moves") == {"deal.stage_entered"}
    assert verbs("blocked") == {"process.move_blocked"}
    assert verbs("comments,files") == {
        "record.commented", "record.comment_removed", "file.attached", "file.removed",
    }  # fmt: skip


def test_every_verb_has_its_sentence_in_both_languages():
    for code, words in messages.catalogue().items():
        if code.startswith("verb."):
            assert set(words) == {"zh-CN", "en-US"}, code


def test_today_shows_what_is_blocked_until_it_is_supplied(company):
    deal = make_deal(company.seller)
    asker = client_as(company.seller)
    for _ in range(2):
        asker.post(f"/records/deal/{deal}/move", {"to_stage": "first_talk"})
    (blocked,) = asker.get("/today").json()["blocked"]
    assert (blocked["record"]["id"], blocked["attempts"], blocked["to_stage"]) == (
        deal, 2, "first_talk",
    )  # fmt: skip
    assert len(blocked["missing"]) == 3
    open_lock("deal", deal, "first_talk")
    assert asker.get("/today").json()["blocked"] == []


def test_today_counts_ones_own_open_records_and_lists_the_late_and_the_still(company):
    late = make_deal(company.seller, amount="100", expected_close="2020-01-31")
    still = make_deal(company.seller, amount="50")
    make_deal(company.colleague, amount="7", expected_close="2020-01-31")
    Deal.objects.filter(pk=still).update(last_activity_at=F("last_activity_at") - timedelta(days=8))
    page = client_as(company.seller).get("/today").json()
    assert {"type": "deal", "count": 2, "amount": "150.00"} in page["my_open"]
    assert [record["id"] for record in page["overdue"]] == [late]
    assert [record["id"] for record in page["stale"]] == [still]
    assert page["recent"] == []


def test_today_counts_no_records_that_one_may_not_read(company):
    role = make_role({("customer", "read"): "all"})
    page = client_as(make_user(role=role, unit=company.head_office)).get("/today").json()
    assert page["my_open"] == []


def test_relatives_are_those_that_the_reader_may_see(company):
    group = make_customer(company.seller, "集团")
    hospital = make_customer(company.seller, "分院", parent=group)
    contact = make_contact(company.seller, hospital, chain_role="technical")
    deals = [make_deal(owner, customer=hospital) for owner in (company.seller, company.stranger)]
    make_repair(company.seller, customer=hospital)

    groups = client_as(company.seller).get(f"/records/customer/{hospital}/related").json()
    assert {(each["type"], each["field"]): each["count"] for each in groups} == {
        ("contact", "customer"): 1, ("deal", "customer"): 1, ("repair", "customer"): 1,
    }  # fmt: skip
    of_deal = client_as(company.seller).get(f"/records/deal/{deals[0]}/related").json()
    assert {each["type"]: [item["id"] for item in each["items"]] for each in of_deal}[
        "contact"
    ] == [contact]
    of_group = client_as(company.seller).get(f"/records/customer/{group}/related").json()
    assert [(each["type"], each["count"]) for each in of_group] == [("customer", 1)]


def test_fill_rates_count_the_records_in_reach(company):
    make_deal(company.seller, amount="1")
    make_deal(company.seller)
    make_deal(company.stranger, amount="1")
    rates = {row["field"]: row for row in client_as(company.seller).get("/fill-rates/deal").json()}
    assert (rates["amount"]["filled"], rates["amount"]["total"], rates["amount"]["rate"]) == (
        1, 2, 0.5,
    )  # fmt: skip
    assert rates["name"]["rate"] == 1.0
    assert rates["pain_tags"]["filled"] == 0
