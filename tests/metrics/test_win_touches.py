"""Wins by the effective contact before them, and the deals behind every number."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from closeloop.deals.models import Deal
from closeloop.fieldwork.models import FollowUp
from closeloop.process.models import Visit
from tests.builders.asking import client_as
from tests.builders.records import make_deal

pytestmark = pytest.mark.django_db
BEGUN = datetime.fromisoformat("2026-03-02T10:00:00+08:00")
CLOSED = BEGUN + timedelta(days=40)
SPRING = {"since": "2026-03-01", "until": "2026-06-30"}


@pytest.fixture
def deals(company):
    """Of the seller twelve won after three contacts and twelve lost after one; one old deal."""
    won = [closed(company.seller, "payment", contacts=3) for _ in range(12)]
    lost = [closed(company.seller, "lost", contacts=1) for _ in range(12)]
    old = closed(company.seller, "payment", contacts=0, begun=BEGUN - timedelta(days=9))
    return {"won": won, "lost": lost, "old": old}


def closed(person, stage, *, contacts, begun=BEGUN):
    """A deal that was closed after so many counted contacts; one more came too late."""
    deal = make_deal(person)
    customer = Deal.objects.get(pk=deal).customer_id
    Deal.objects.filter(pk=deal).update(created_at=begun)
    Visit.objects.filter(record_id=deal).update(left_at=CLOSED)
    Visit.objects.create(record_id=deal, stage=stage, kind="forward", entered_at=CLOSED)
    moments = [begun + timedelta(days=2 * each) for each in range(contacts)]
    moments += [CLOSED + timedelta(days=1)] if contacts else []
    FollowUp.objects.bulk_create(
        FollowUp(
            client_id=uuid4(), kind="call", state="counted", record_type="deal", record_id=deal,
            customer_id=customer, author=person, at=at, counted_at=at,
        )
        for at in moments
    )  # fmt: skip
    return deal


def touches(person, **asked):
    return client_as(person).get("/metrics/touches", **SPRING, **asked).json()


def behind(person, **asked):
    page = client_as(person).get("/metrics/touches/records", **SPRING, **asked).json()
    return {each["id"] for each in page["items"]}


def test_wins_are_put_down_to_the_contact_before_them(company, deals):
    told = touches(company.manager)
    assert (told["won"], told["lost"]) == (12, 12)
    assert [(row["number"], row["won"], row["lost"]) for row in told["rows"]] == [
        (0, 0, 0), (1, 0, 12), (2, 0, 0), (3, 12, 0),
    ]  # fmt: skip
    assert told["rows"][3]["traced"]["low"] == pytest.approx(0.7575, abs=1e-3)
    assert told["rows"][2]["won_share"]["value"] is None
    first, second = told["findings"]
    assert first.startswith("赢单最多来自第 3 次有效触达：100.0%（12/12 个")
    assert second.startswith("触达满 2 次的商机赢单") or second.startswith("触达满 3 次")


def test_every_number_opens_its_deals(company, deals):
    assert behind(company.manager, number=3, outcome="won") == set(deals["won"])
    assert behind(company.manager, outcome="lost") == set(deals["lost"])
    assert behind(company.manager, number=0) == set()


def test_nobody_counts_deals_that_are_not_theirs(company, deals):
    own = touches(company.stranger)
    assert (own["won"], own["lost"], own["rows"]) == (0, 0, [])
    assert behind(company.stranger) == set()
    assert touches(company.ops, unit=company.regions[1].pk)["won"] == 0
