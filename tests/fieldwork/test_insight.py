"""What a manager reads out of follow-ups, against a computation of its own over the raw rows."""

import uuid
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from closeloop.deals.models import Deal
from closeloop.fieldwork import standards
from closeloop.fieldwork.insight import hints, stalled
from closeloop.fieldwork.insight.busy import Busy
from closeloop.fieldwork.insight.hints import Figures
from closeloop.fieldwork.insight.settings import Settings
from closeloop.fieldwork.models import FollowUp, FollowUpDoubt
from closeloop.process.models import Visit
from closeloop.records.models import Record
from closeloop.sla.models import Clock
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.records import advance, make_contact, make_customer, make_deal, make_lead

TEXTS = ("客户要求下周三前给出三家对比报价", "已联系", "再沟通", "院长同意进入招标流程并约定时间")
KINDS = ("visit", "call", "chat")
LONG_AGO = datetime(2026, 1, 5, tzinfo=UTC)
DOUBTS = ("stock_phrase", "copied_text", "device_clock", "backdated", "far_from_customer")


def followed(author, record, *, at, customer=None, text=TEXTS[0], **more):
    """A follow-up as it is stored, that counts unless said otherwise."""
    held = Record.objects.get(pk=record)
    row = {
        "author": author,
        "client_id": uuid.uuid4(),
        "kind": "call",
        "state": "counted",
        "record": held,
        "record_type": held.type,
        "customer_id": customer or (record if held.type == "customer" else None),
        "unit_id": held.unit_id,
        "at": at,
        "counted_at": at,
        "text": text,
        **more,
    }
    return FollowUp.objects.create(**row)


@pytest.fixture
def month(company):
    """A month of follow-ups of four people, drawn by a fixed seed, some doubtful or corrected."""
    draw = Random(11)
    for person in (company.seller, company.colleague, company.manager, company.stranger):
        customers = [make_customer(person) for _ in range(6)]
        deals = [make_deal(person, customer=each) for each in customers[:3]]
        advance("deal", deals[0], "first_talk")
        lead = make_lead(person)
        for _ in range(draw.randint(9, 30)):
            place = draw.randrange(7)
            record = (
                lead if place == 6 else draw.choice([customers[place], *deals[place : place + 1]])
            )
            at = from_now(minutes=-draw.randint(1, 45 * 24 * 60))
            customer = None if place == 6 else customers[place]
            row = _drawn(draw, person, record, at, customer)
            for kind in DOUBTS:
                if draw.random() < 0.12:
                    verdict = draw.choice(("open", "accepted", "confirmed"))
                    FollowUpDoubt.objects.create(followup=row, kind=kind, verdict=verdict)
            if row.state == "counted" and draw.random() < 0.1:
                followed(person, record, at=at, customer=row.customer_id, corrects=row)
    return company


def _drawn(draw, person, record, at, customer):
    state = draw.choice(("counted", "counted", "counted", "draft"))
    return followed(
        person,
        record,
        at=at,
        customer=customer,
        text=draw.choice(TEXTS),
        kind=draw.choice(KINDS),
        state=state,
        counted_at=at if state == "counted" else None,
    )


def effective(since):
    """What counts, one row after the other."""
    confirmed = set(
        FollowUpDoubt.objects.filter(verdict="confirmed").values_list("followup_id", flat=True)
    )
    rows = list(FollowUp.objects.all())
    corrected = {each.corrects_id for each in rows if each.state == "counted"}
    return [
        each
        for each in rows
        if each.state == "counted"
        and each.pk not in confirmed
        and each.pk not in corrected
        and each.at >= since
    ]


def ask(user, path, **query):
    answer = client_as(user).get(f"/fieldwork/insight/{path}", **query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_busy_without_progress_is_what_the_raw_rows_say(month):
    since = from_now(days=-30)
    people = {month.seller.pk, month.colleague.pk, month.manager.pk}
    deals_of = defaultdict(set)
    for deal in Deal.objects.all():
        deals_of[deal.customer_id].add(deal.pk)
    steps = defaultdict(list)
    for visit in Visit.objects.all():
        if visit.kind in ("forward", "skip") and visit.entered_at >= since:
            steps[visit.record_id].append(visit.entered_at)
    contacts, subjects = Counter(), defaultdict(lambda: defaultdict(set))
    for row in effective(since):
        if row.author_id in people:
            subject = row.customer_id or row.record_id
            contacts[row.author_id] += 1
            subjects[row.author_id][subject] |= {row.record_id, *deals_of[row.customer_id]}
    expected = {
        person: (
            contacts[person],
            len(held),
            sum(any(steps[record] for record in touched) for touched in held.values()),
        )
        for person, held in subjects.items()
    }
    found = ask(month.manager, "busy", since=since.isoformat())
    told = {
        each["person"]["id"]: (each["contacts"], each["subjects"], each["moved"])
        for each in found["people"]
    }
    assert told == expected
    assert len(expected) == 3
    one = ask(month.manager, f"busy/{month.seller.pk}", since=since.isoformat())
    assert len(one["subjects"]) == expected[month.seller.pk][1]
    assert sum(each["moved"] for each in one["subjects"]) == expected[month.seller.pk][2]
    assert sum(each["contacts"] for each in one["subjects"]) == expected[month.seller.pk][0]


def test_the_share_of_concrete_texts_is_what_the_raw_rows_say(month):
    since = from_now(days=-30)
    harmless = {"accepted"}
    doubted = defaultdict(set)
    for doubt in FollowUpDoubt.objects.all():
        if doubt.verdict not in harmless:
            doubted[doubt.followup_id].add(doubt.kind)
    expected = defaultdict(Counter)
    for row in effective(since):
        found = doubted[row.pk]
        why = (
            "stock"
            if "stock_phrase" in found
            else "copied"
            if "copied_text" in found
            else "short"
            if len(row.text) < 8
            else "concrete"
        )
        expected[row.author_id][why] += 1
    told = ask(month.ops, "texts", since=since.isoformat())
    figures = {
        each["person"]["id"]: Counter(
            {key: each[key] for key in ("short", "stock", "copied", "concrete") if each[key]}
        )
        for each in told["people"]
    }
    assert figures == expected
    assert told["total"] == sum(each.total() for each in expected.values())
    assert len(told["sample"]) == 5
    person = month.seller.pk
    vague = ask(month.manager, f"texts/{person}", since=since.isoformat())["items"]
    assert len(vague) == expected[person].total() - expected[person]["concrete"]


def test_doubts_are_counted_by_person_and_verdict(month):
    since = from_now(days=-30)
    not_below = {month.stranger.pk, month.manager.pk}
    expected = Counter(
        (each.followup.author_id, each.kind, each.verdict)
        for each in FollowUpDoubt.objects.select_related("followup")
        if each.followup.at >= since and each.followup.author_id not in not_below
    )
    found = ask(month.manager, "doubts", since=since.isoformat())
    told = Counter(
        {
            (each["person"]["id"], each["kind"], verdict): each[verdict]
            for each in found["people"]
            for verdict in ("open", "accepted", "confirmed")
            if each[verdict]
        }
    )
    assert told == expected
    assert len(found["items"]) == expected.total()
    only = ask(month.manager, "doubts", since=since.isoformat(), times="true")["items"]
    assert {each["kind"] for each in only} == {"device_clock", "backdated"}


def test_a_doubt_tells_moments_on_the_companys_clock(company):
    row = followed(company.seller, make_customer(company.seller), at=from_now(days=-1))
    FollowUpDoubt.objects.create(
        followup=row,
        kind="photo_time",
        data={"taken_at": "2026-11-01T03:56:00+00:00", "at": "2026-11-09T12:56:00+08:00"},
    )
    found = ask(company.manager, "doubts")["items"]
    assert [each["text"] for each in found] == [
        "照片拍摄于 2026-11-01 11:56，与拜访时间 2026-11-09 12:56 不符"
    ]


def test_many_customers_within_minutes_are_a_burst(company):
    at = from_now(days=-2)
    rows = [
        followed(company.seller, make_customer(company.seller), at=at + timedelta(minutes=4 * step))
        for step in range(5)
    ]
    same = make_customer(company.colleague)
    for step in range(6):
        followed(company.colleague, same, at=at + timedelta(minutes=step))
    found = ask(company.manager, "doubts")["bursts"]
    assert [(each["followup_id"], each["customers"]) for each in found] == [
        (rows[1].pk, 4),
        (rows[0].pk, 4),
    ]


def test_nobody_reads_the_work_of_who_is_not_theirs(month):
    own = ask(month.seller, "busy", since=from_now(days=-30).isoformat())
    assert {each["person"]["id"] for each in own["people"]} == {month.seller.pk}
    team = ask(month.manager, "busy", since=from_now(days=-60).isoformat())
    assert month.stranger.pk not in {each["person"]["id"] for each in team["people"]}
    for asker, person in ((month.seller, month.colleague), (month.manager, month.stranger)):
        for path in ("busy", "texts"):
            refused = client_as(asker).get(f"/fieldwork/insight/{path}/{person.pk}")
            assert (refused.status_code, refused.json()["code"]) == (
                404,
                "insight_person_not_found",
            )
    stranger = make_customer(month.stranger)
    hidden = client_as(month.seller).get(f"/fieldwork/insight/customers/{stranger}")
    assert hidden.status_code == 404


@pytest.mark.parametrize("number", [1, 20])
def test_the_queries_do_not_grow_with_the_follow_ups(company, number):
    for _ in range(number):
        followed(company.seller, make_customer(company.seller), at=from_now(days=-1))
    client = client_as(company.manager)
    for path in ("busy", "texts", "doubts", f"busy/{company.seller.pk}"):
        client.get(f"/fieldwork/insight/{path}")
        with CaptureQueriesContext(connection) as caught:
            assert client.get(f"/fieldwork/insight/{path}").status_code == 200
        assert len(caught) <= 10, path


def test_thresholds_are_set_and_followed_at_once(company):
    customer = make_customer(company.seller)
    for day in range(1, 6):
        followed(company.seller, customer, at=from_now(days=-day))
    assert ask(company.manager, "busy")["stuck"] == 0
    held = ask(company.ops, "settings")
    assert "已联系" in held["phrases"]
    assert held["phrases"] == list(standards.stock_phrases())
    wanted = {key: held[key] for key in held if key not in ("names", "phrases", "can_change")}
    wanted["busy_contacts"] = 5
    assert client_as(company.manager).put("/fieldwork/insight/settings", wanted).status_code == 403
    changed = client_as(company.ops).put("/fieldwork/insight/settings", wanted)
    assert changed.json()["busy_contacts"] == 5
    found = ask(company.manager, "busy")
    assert (found["stuck"], found["people"][0]["is_stuck"]) == (1, True)


def test_the_last_three_contacts_tell_objections_and_how_they_ended(company):
    customer = make_customer(company.seller, "星海医院")
    deal = make_deal(company.seller, customer=customer)
    expert = make_contact(company.seller, customer, "吴工", chain_role="technical")
    given = [
        {"at": from_now(days=-40), "text": "首次拜访，介绍产品"},
        {
            "at": from_now(days=-20),
            "text": "客户认为价格太贵，要找竞品比价",
            "next_at": from_now(days=-18),
        },
        {"at": from_now(days=-10), "text": "参数不满足检验科要求", "contact_id": expert},
        {"at": from_now(days=-1), "text": "院长要求上会", "next_at": from_now(days=2)},
    ]
    for each in given:
        followed(company.seller, deal, customer=customer, **each)
    visit = Visit.objects.filter(record_id=deal).first()
    visit.kind, visit.entered_at = "forward", from_now(days=-5)
    visit.save(update_fields=["kind", "entered_at"])
    found = ask(company.manager, f"customers/{customer}")
    told = [
        ([one["key"] for one in each["objections"]], each["ending"]) for each in found["contacts"]
    ]
    assert told == [
        (["process"], "planned"),
        (["function"], "moved"),
        (["price", "competitor"], "missed"),
    ]
    technical = found["technical"]
    assert [each["name"] for each in technical["people"]] == ["吴工"]
    assert (technical["recent"], technical["before"], technical["trend"]) == (1, 0, "growing")
    assert [each["count"] for each in technical["weeks"]] == [1]


@pytest.mark.parametrize(
    ("recent", "before", "trend"),
    [(0, 9, "silent"), (4, 8, "steady"), (6, 8, "growing"), (2, 8, "falling"), (1, 0, "growing")],
)
def test_a_trend_is_the_last_four_weeks_against_the_eight_before(recent, before, trend):
    assert stalled.trend_of(recent, before) == trend


def test_what_stands_still_is_listed_with_its_customer(company):
    customer = make_customer(company.seller)
    deal = make_deal(company.seller, customer=customer)
    Clock.objects.filter(record_id=deal, policy__key="no_interaction").update(
        red_since=from_now(days=-3)
    )
    rows = ask(company.manager, "stalled")["items"]
    assert [(each["record"]["id"], each["customer_id"]) for each in rows] == [(deal, customer)]
    assert ask(company.stranger, "stalled")["items"] == []


def busy(contacts, subjects, moved):
    is_stuck = contacts >= 8 and moved * 100 <= 15 * subjects
    return Busy(1, "张伟", contacts, subjects, moved, moved, LONG_AGO, is_stuck)


@pytest.mark.parametrize(
    ("figures", "keys"),
    [
        (Figures(busy(20, 10, 0), 10, 20, 10, 1, 0), ["doubts", "stuck", "vague"]),
        (Figures(busy(2, 2, 0), 10, 2, 0, 0, 0), ["few"]),
        (Figures(busy(10, 10, 5), 10, 10, 0, 0, 0), ["well"]),
        (Figures(busy(10, 10, 2), 10, 10, 1, 0, 0), []),
        (Figures(None, 4, 0, 0, 0, 0), ["few"]),
    ],
)
def test_hints_name_what_stands_out_and_nothing_else(figures, keys):
    assert [each.key for each in hints.hints_of(figures, Settings())] == keys
