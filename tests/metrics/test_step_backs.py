"""Where step-backs pile up, what explains it, and the moves behind every number."""

from datetime import datetime, timedelta

import pytest

from closeloop.activity.models import Entry
from closeloop.deals.models import Deal
from closeloop.process.models import Visit
from tests.builders.asking import client_as
from tests.builders.records import make_customer, make_deal

pytestmark = pytest.mark.django_db
FRIDAY = datetime.fromisoformat("2026-03-06T16:20:00+08:00")
SPRING = {"since": "2026-01-01", "until": "2026-06-30"}
PUBLIC, PRIVATE = "public_tertiary_hospital", "private_hospital"
SEAL = {"item_key": "contract_seal_status", "name": {"zh-CN": "盖章", "en-US": "Seal"}}


@pytest.fixture
def deals(company):
    """Twelve public deals of the seller that were stepped back on a Friday for want of a seal, and
    twelve private ones of the seller and two of the stranger that were not.
    """
    public, private = (
        make_customer(company.seller, industry=PUBLIC),
        make_customer(company.seller, industry=PRIVATE),
    )
    tied = [make_deal(company.seller, customer=public) for _ in range(12)]
    free = [make_deal(company.seller, customer=private) for _ in range(12)]
    strange = [make_deal(company.stranger) for _ in range(2)]
    Visit.objects.all().delete()
    for number, deal in enumerate(tied):
        back_at = FRIDAY + timedelta(days=7 * (number % 3), minutes=number)
        live(company.seller, deal, start=back_at - timedelta(days=3), back_at=back_at)
        Entry.objects.create(
            at=back_at - timedelta(minutes=5),
            verb="process.move_blocked",
            actor_kind="person",
            record_id=deal,
            data={"missing": [SEAL]},
        )
    for number, deal in enumerate([*free, *strange]):
        live(company.seller, deal, start=FRIDAY + timedelta(days=number % 4 + 3, hours=-number % 7))
    return {"tied": tied, "free": free, "strange": strange}


def live(person, deal, *, start, back_at=None):
    """A way through the stages: a move every second day, once back if so."""
    steps = [
        ("first_contact", "start", start - timedelta(days=6)),
        ("first_talk", "forward", start - timedelta(days=4)),
        ("needs_confirmed", "forward", start - timedelta(days=2)),
        ("quotation", "forward", start - timedelta(days=1)),
        ("contract_approval", "forward", start),
    ]
    if back_at is not None:
        again = back_at + timedelta(days=2, hours=18)
        steps += [("quotation", "back", back_at), ("contract_approval", "forward", again)]
        start = again
    steps.append(("signing", "forward", start + timedelta(days=4)))
    earlier = timedelta(hours=deal % 7)
    steps = [(to, kind, at if kind == "back" else at - earlier) for to, kind, at in steps]
    left = [at for _, _, at in steps[1:]] + [None]
    Visit.objects.bulk_create(
        Visit(
            record_id=deal, stage=stage, kind=kind, entered_at=at, left_at=left_at,
            entered_by=person, reason="客户内部流程" if kind == "back" else "",
        )
        for (stage, kind, at), left_at in zip(steps, left, strict=True)
    )  # fmt: skip


def found(person, **asked):
    return client_as(person).get("/metrics/stepbacks", **SPRING, **asked).json()


def behind(person, **asked):
    page = client_as(person).get("/metrics/stepbacks/records", **SPRING, **asked).json()
    return page["items"]


def test_the_friday_afternoon_is_found_first_and_explained(company, deals):
    told = found(company.manager)
    assert (told["moves"], told["backs"], told["deals"]) == (12 * 6 + 12 * 4, 12, 12)
    first = told["rows"][0]
    assert (first["factor"], first["level"], first["verdict"]) == (
        "weekday_hour",
        "5-16",
        "finding",
    )
    assert (first["backs"], first["share"]) == (12, 1.0)
    assert told["findings"][0].startswith("100.0% 的阶段倒退（12/12 次）")
    assert "公立三级医院" in told["findings"][1]
    verdicts = {row["verdict"] for row in told["rows"][1:]}
    assert "finding" not in verdicts
    explained = told["explanation"]
    assert (explained["returned"], explained["of"]) == (12, 12)
    assert explained["hours"] == pytest.approx(66 - 3, abs=3)
    assert [(row["name"], row["there"]) for row in explained["rows"]] == [("盖章", 12)]
    assert any("「盖章」" in sentence for sentence in explained["sentences"])


def test_every_number_opens_its_moves(company, deals):
    told = found(company.manager)
    for row in told["rows"]:
        asked = {"factor": row["factor"], "level": row["level"], "limit": 200}
        assert len(behind(company.manager, **asked)) == row["backs"]
        assert len(behind(company.manager, part="moves", **asked)) == row["moves"]
        outside = behind(company.manager, part="moves", outside=True, **asked)
        assert len(outside) == row["other_moves"]
        others = behind(company.manager, part="others", **asked)
        assert len(others) == row["moves"] - row["backs"]
    for row in told["explanation"]["rows"]:
        asked = {"circumstance": row["kind"], "key": row["key"], "limit": 200}
        assert len(behind(company.manager, **asked)) == row["there"]
        assert len(behind(company.manager, outside=True, **asked)) == row["elsewhere"]
    sealed = behind(company.manager, circumstance="item", key="contract_seal_status")
    assert {each["record"]["id"] for each in sealed} == set(deals["tied"])
    assert {each["reason"] for each in sealed} == {"客户内部流程"}


def test_moves_come_page_by_page_the_latest_first(company, deals):
    client = client_as(company.manager)
    seen, cursor = [], None
    while cursor or not seen:
        more = {"cursor": cursor} if cursor else {}
        asked = {**SPRING, "part": "moves", "limit": 50, **more}
        page = client.get("/metrics/stepbacks/records", **asked).json()
        seen, cursor = seen + page["items"], page["next_cursor"]
    assert len({each["id"] for each in seen}) == len(seen) == 120
    assert [each["at"] for each in seen] == sorted((each["at"] for each in seen), reverse=True)


def test_nobody_counts_what_is_not_theirs(company, deals):
    own = found(company.stranger)
    assert (own["moves"], own["backs"], own["rows"]) == (8, 0, [])
    assert own["findings"] == ["这段时间的 8 次阶段推进中没有倒退。"]
    assert behind(company.stranger, deal=deals["tied"][0]) == []
    assert found(company.stranger, unit=company.teams[0].pk)["moves"] == 0
    assert found(company.ops)["moves"] == 128
    assert found(company.ops, unit=company.regions[1].pk)["moves"] == 8
    Deal.objects.filter(pk__in=deals["free"]).update(deleted_at=FRIDAY)
    assert found(company.ops)["moves"] == 80


def test_a_deal_that_goes_to_and_fro_in_a_week_is_listed(company, deals):
    deal = deals["free"][0]
    last = Visit.objects.filter(record_id=deal).latest("pk").entered_at
    stays = [("quotation", "back"), ("contract_approval", "forward")] * 3
    Visit.objects.filter(record_id=deal, left_at=None).update(left_at=last)
    Visit.objects.bulk_create(
        Visit(
            record_id=deal, stage=stage, kind=kind, entered_by=company.seller,
            entered_at=last + timedelta(hours=number + 1),
            left_at=last + timedelta(hours=number + 2),
        )
        for number, (stage, kind) in enumerate(stays)
    )  # fmt: skip
    (flapping,) = found(company.manager)["flapping"]
    assert flapping["record"]["id"] == deal
    assert (flapping["changes"], flapping["backs"]) == (10, 3)
    assert len(behind(company.manager, deal=deal)) == 10


def test_reading_costs_the_same_for_few_and_for_many(company, deals, django_assert_max_num_queries):
    client = client_as(company.manager)
    found(company.manager)
    with django_assert_max_num_queries(16):
        client.get("/metrics/stepbacks", **SPRING)
