"""One change of many records: each by its own rules."""

import pytest

from closeloop.deals.models import Deal
from tests.builders.activity import entries
from tests.builders.asking import client_as
from tests.builders.records import advance, make_deal, open_lock, row_of

pytestmark = pytest.mark.django_db


def bulk(user, **body):
    answer = client_as(user).post("/records/deal/bulk", body)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_each_record_passes_its_own_gate(company):
    shut, ready = make_deal(company.seller), make_deal(company.seller)
    open_lock("deal", ready, "first_talk")

    told = bulk(company.manager, ids=[shut, ready], action="move", to_stage="first_talk")

    assert told["done"] == [ready]
    (refused,) = told["refused"]
    assert (refused["id"], refused["code"]) == (shut, "stage_locked")
    assert [item["item"] for item in refused["missing"]] == [
        "first_contact_source", "first_contact_roles", "first_contact_checklist",
    ]  # fmt: skip
    assert all(item["message"] for item in refused["missing"])
    assert [each["via"] for each in entries("deal.stage_entered")] == ["bulk"]


def test_what_lies_out_of_reach_is_refused_without_its_name(company):
    mine, theirs = make_deal(company.seller), make_deal(company.stranger, "对手的商机")
    told = bulk(company.seller, ids=[mine, theirs], action="set", values={"amount": "5"})
    assert told["done"] == [mine]
    assert [(each["id"], each["title"]) for each in told["refused"]] == [(theirs, "—")]
    assert row_of("deal", theirs).amount is None


def test_a_filter_reaches_what_the_list_shows_and_no_more(company):
    small, large = (make_deal(company.seller, amount=amount) for amount in ("10", "1000"))
    make_deal(company.stranger, amount="1000")
    rule = {"field": "amount", "operator": ">", "value": 100}
    told = bulk(
        company.manager,
        filter={"combinator": "and", "rules": [rule]},
        action="assign",
        owner=company.colleague.pk,
    )
    assert (told["done"], told["refused"]) == ([large], [])
    assert row_of("deal", small).owner_id == company.seller.pk


def test_records_are_removed_and_restored_together(company):
    deals = [make_deal(company.seller) for _ in range(3)]
    assert bulk(company.manager, ids=deals, action="delete")["done"] == deals
    assert not Deal.objects.filter(deleted_at=None).exists()
    assert bulk(company.manager, ids=deals, action="restore")["done"] == deals
    assert Deal.objects.filter(deleted_at=None).count() == 3


def test_somebody_without_the_verb_is_refused_for_each(company):
    deal = make_deal(company.seller)
    told = bulk(company.seller, ids=[deal], action="delete")
    assert [each["code"] for each in told["refused"]] == ["not_allowed"]
    assert row_of("deal", deal).deleted_at is None


def test_a_stage_can_be_closed_for_many_with_one_reason(company):
    deals = [make_deal(company.seller) for _ in range(2)]
    advance("deal", deals[0], "first_talk")
    told = bulk(
        company.manager,
        ids=deals,
        action="move",
        to_stage="lost",
        outcome_reason="budget_withdrawn",
    )
    assert told["done"] == deals
    assert {row_of("deal", each).stage for each in deals} == {"lost"}


def test_what_the_action_needs_must_be_given(company):
    deal = make_deal(company.seller)
    for body in ({"action": "move"}, {"action": "assign"}):
        answer = client_as(company.manager).post("/records/deal/bulk", {"ids": [deal], **body})
        assert answer.status_code in {200, 422}
        assert row_of("deal", deal).version == 1


def test_more_than_a_thousand_are_not_changed_at_once(company):
    answer = client_as(company.ops).post(
        "/records/deal/bulk", {"ids": list(range(1, 1002)), "action": "delete"}
    )
    assert answer.status_code == 422
