"""Fields that a role may not change, see whole, or see at all: on no path, in no form."""

import json

import pytest

from closeloop.desk import actions as desk
from closeloop.fields import actions as fields
from closeloop.identity.actor import SYSTEM
from tests.builders.asking import client_as
from tests.builders.people import shipped_role
from tests.builders.records import make_deal, make_lead

pytestmark = pytest.mark.django_db
AMOUNT = "987654.32"


def limit(record_type, key, access):
    role = shipped_role("salesperson")
    fields.limit_field(record_type, key, role=role, access=access, actor=SYSTEM)


@pytest.fixture
def deal(company):
    """A deal whose amount and pains are told to nobody in sales, and its source not changed."""
    limit("deal", "amount", "hidden")
    limit("deal", "budget_range", "masked")
    limit("deal", "source", "read")
    record_id = make_deal(
        company.seller, amount=AMOUNT, budget_range="above_3m", source="exhibition"
    )
    desk.change_record(
        "deal", record_id, {"amount": "987654.33"}, expected_version=None, actor=SYSTEM
    )
    return record_id


def test_nothing_that_a_salesperson_reads_tells_the_hidden_amount(company, deal):
    asker = client_as(company.seller)
    asker.patch(f"/records/deal/{deal}", {"values": {"competitor": "none"}}, version=1)
    told = [
        asker.get(path).content.decode()
        for path in (
            f"/records/deal/{deal}", "/records/deal", f"/records/deal/{deal}/timeline",
            f"/records/deal/{deal}/moves", "/records/deal/board", "/today", "/meta",
            "/fill-rates/deal", f"/records/customer/{customer_of(asker, deal)}/related",
        )
    ]  # fmt: skip
    for text in told:
        assert "987654" not in text
        assert '"amount":' not in text.replace('"amount":null', "")
    assert client_as(company.manager).get(f"/records/deal/{deal}").json()["values"]["amount"] == (
        "987654.33"
    )


def test_a_hidden_or_masked_field_neither_filters_nor_sorts(company, deal):
    asker = client_as(company.seller)
    for key in ("amount", "budget_range"):
        tree = {"combinator": "and", "rules": [{"field": key, "operator": "notNull"}]}
        by_filter = asker.get("/records/deal", filter=json.dumps(tree), sort="name")
        assert (by_filter.status_code, by_filter.json()["code"]) == (422, "filter_invalid")
        by_order = asker.get("/records/deal", sort=key)
        assert (by_order.status_code, by_order.json()["code"]) == (422, "sort_unknown")


def test_the_default_order_is_left_where_its_field_is_hidden(company, deal):
    assert client_as(company.seller).get("/records/deal").json()["items"][0]["id"] == deal
    assert client_as(company.seller).get("/records/deal/board").status_code == 200


def test_a_masked_value_is_there_and_not_told(company, deal):
    limit("lead", "phone", "masked")
    lead = make_lead(company.seller, phone="13812345678")
    shown = client_as(company.seller).get(f"/records/lead/{lead}").json()
    assert (shown["values"]["phone"], shown["masked"]) == ("138****5678", ["phone"])
    of_deal = client_as(company.seller).get(f"/records/deal/{deal}").json()
    assert (of_deal["values"]["budget_range"], of_deal["masked"]) == ("***", ["budget_range"])


def test_what_may_not_be_changed_is_refused_on_every_path(company, deal):
    asker = client_as(company.seller)
    for key, value in (("amount", "1"), ("budget_range", "up_to_100k"), ("source", "website")):
        version = asker.get(f"/records/deal/{deal}").json()["version"]
        answers = [
            asker.patch(f"/records/deal/{deal}", {"values": {key: value}}, version=version),
            asker.post(
                f"/records/deal/{deal}/move", {"to_stage": "first_talk", "values": {key: value}}
            ),
            asker.post("/records/deal", {"values": {"name": "新", key: value}}),
        ]
        for answer in answers:
            assert answer.status_code == 422
            assert (key, "field_read_only") in {
                (error["field"], error["code"]) for error in answer.json()["errors"]
            }
        told = asker.post(
            "/records/deal/bulk", {"ids": [deal], "action": "set", "values": {key: value}}
        ).json()
        assert told["refused"][0]["code"] == "values_invalid"


def customer_of(asker, deal):
    return asker.get(f"/records/deal/{deal}").json()["values"]["customer"]
