"""The forecast of what somebody may see, the deals behind it, and how wrong it was."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from closeloop.activity.models import Entry
from closeloop.deals.models import Deal
from closeloop.engine.forecast.courses import cell_at
from closeloop.fieldwork.models import FollowUp, FollowUpDoubt
from closeloop.metrics.forecast.courses import everybody, ladder, moment_of, read
from closeloop.process.models import Visit
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.records import make_customer, make_deal

pytestmark = pytest.mark.django_db


@pytest.fixture
def deals(company):
    """Of the seller forty deals of the past year, three of four won, and one open one."""
    for number in range(40):
        begun = from_now(days=-330 + 7 * number)
        deal = begun_at(make_deal(company.seller, amount="100000"), begun)
        stage = "lost" if number % 4 == 0 else "payment"
        Visit.objects.filter(record_id=deal).update(left_at=begun + timedelta(days=20))
        Visit.objects.create(
            record_id=deal, stage=stage, kind="close", entered_at=begun + timedelta(days=20)
        )
    return begun_at(make_deal(company.seller, amount="800000"), from_now(days=-5))


def begun_at(deal, begun):
    Deal.objects.filter(pk=deal).update(created_at=begun)
    Visit.objects.filter(record_id=deal).update(entered_at=begun)
    return deal


def told(reader, path="/forecast", **asked):
    answer = client_as(reader).get(path, **asked)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def test_open_deals_count_by_their_chance(company, deals):
    found = told(company.manager)
    assert found["is_learnt"]
    assert (found["open_deals"], found["without_amount"]) == (1, 0)
    (line,) = told(company.manager, "/forecast/deals")["items"]
    assert line["id"] == deals
    assert 0 < line["chance"] < 1
    share = Decimal("800000") * Decimal(str(round(line["chance"], 6)))
    assert Decimal(line["share"]) == share.quantize(Decimal("0.01")) == Decimal(found["open"])
    assert line["why"][0].startswith("「初步接触」：此前 ")
    parts = sum(Decimal(found[part]) for part in ("won", "open"))
    assert Decimal(found["total"]) == parts + Decimal(found["newcomers"]["amount"])
    assert sum(Decimal(each["expected"]) for each in found["parts"]) == parts


def test_a_forecast_holds_only_the_deals_of_its_reader(company, deals):
    assert told(company.stranger)["open_deals"] == 0
    assert told(company.stranger)["parts"] == []
    assert told(company.stranger, "/forecast/deals")["items"] == []
    assert told(company.stranger, "/forecast/accuracy")["periods"] == []
    assert told(company.ops, unit=company.regions[1].pk)["won"] == "0"
    assert told(company.ops, person=company.stranger.pk)["open_deals"] == 0


def test_every_past_month_is_forecast_again_and_set_against_what_came(company, deals):
    found = told(company.manager, "/forecast/accuracy", period="month")
    assert found["compared"] >= 3
    came = {each["since"]: Decimal(each["came"]) for each in found["periods"]}
    won = Visit.objects.filter(stage="payment").values_list("entered_at", flat=True)
    for since, amount in came.items():
        number = sum(at.astimezone().strftime("%Y-%m-01") == since for at in won)
        assert amount == 100_000 * number
    assert found["is_reached"] == (found["error"] <= found["aim"])


def test_an_amount_counts_from_when_it_was_said(company, deals):
    answer = client_as(company.seller).patch(
        f"/records/deal/{deals}", {"values": {"amount": "300000"}}, version=1
    )
    assert answer.status_code == 200
    assert Entry.objects.filter(record_id=deals, verb="deal.changed").count() == 1
    held, _ = read(everybody("CNY"), won=ladder().won)
    course = next(each.course for each in held if each.course.id == deals)
    assert [amount for _, amount in course.amounts] == [Decimal(800_000), Decimal(300_000)]
    assert course.amount_at(course.begun) == Decimal(800_000)


def test_an_amount_and_a_day_that_were_taken_back_count_no_more(company, deals):
    seller = client_as(company.seller)
    soon = {"expected_close": from_now(days=1).date().isoformat()}
    assert seller.patch(f"/records/deal/{deals}", {"values": soon}, version=1).status_code == 200
    (line,) = told(company.manager, "/forecast/deals")["items"]
    assert (line["amount"], line["is_due"]) == ("800000.00", True)
    none = {"amount": None, "expected_close": None}
    assert seller.patch(f"/records/deal/{deals}", {"values": none}, version=2).status_code == 200
    found = told(company.manager)
    assert (found["open_deals"], found["without_amount"]) == (1, 1)
    assert Decimal(found["open"]) == Decimal(found["best"]) - Decimal(found["won"]) == 0
    (line,) = told(company.manager, "/forecast/deals")["items"]
    assert (line["amount"], line["is_due"]) == (None, False)


def counted(person, customer, days, **more):
    """A follow-up of so many days ago that counted at once."""
    at = from_now(days=-days)
    return FollowUp.objects.create(
        author=person, client_id=uuid4(), kind="call", state="counted", record_id=customer,
        record_type="customer", customer_id=customer, at=at, received_at=at, counted_at=at, **more,
    )  # fmt: skip


def contact_of(deal, days):
    """How a deal's contact stood so many days ago."""
    held, _ = read(everybody("CNY"), won=ladder().won)
    course = next(each.course for each in held if each.course.id == deal)
    found = cell_at(course, moment_of(from_now(days=-days)), replace(ladder(), contacts_from=0.0))
    return found.contact


def test_a_contact_counts_until_it_is_corrected(company):
    customer = make_customer(company.seller)
    deal = begun_at(make_deal(company.seller, customer=customer), from_now(days=-60))
    wrong = counted(company.seller, customer, 40)
    assert (contact_of(deal, 35), contact_of(deal, 20)) == (1, 0)
    elsewhere = make_customer(company.seller)
    counted(company.seller, elsewhere, 36, corrects=wrong)
    assert [contact_of(deal, days) for days in (41, 37, 35)] == [0, 1, 0]


def test_a_contact_counts_until_its_doubt_is_confirmed(company):
    customer = make_customer(company.seller)
    deal = begun_at(make_deal(company.seller, customer=customer), from_now(days=-60))
    said = counted(company.seller, customer, 40)
    doubt = FollowUpDoubt.objects.create(followup=said, kind="burst")
    assert contact_of(deal, 35) == 1
    FollowUpDoubt.objects.filter(pk=doubt.pk).update(
        verdict="confirmed", judged_by=company.manager, judged_at=from_now(days=-36)
    )
    assert [contact_of(deal, days) for days in (41, 37, 35)] == [0, 1, 0]
    counted(company.seller, customer, 39)
    assert contact_of(deal, 35) == 1
