"""The day as the system knows it, key events, and sending."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.identity.actor import SYSTEM
from closeloop.notices.models import Notice
from closeloop.org import actions as org
from closeloop.org.actions import AbsencePlanned
from closeloop.recognition.actions import noting
from closeloop.saleslog import actions, clock, errors
from closeloop.saleslog.models import LogEvent
from closeloop.support.models import Case
from closeloop.tasks import actions as tasks
from closeloop.tasks.actions import NewTask
from tests.builders.activity import entries, verbs
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.people import actor_of, make_user
from tests.builders.records import advance, make_customer, make_deal
from tests.demo.told_clock import ToldClock
from tests.files.samples import picture
from tests.saleslog.given import reported

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def time(db, monkeypatch):
    """Ten in the morning of a Wednesday without a holiday near it, told."""
    moment = clock.moment(from_now().date(), clock.time(10))
    told = ToldClock(monkeypatch)
    told.tell(moment - timedelta(days=(moment.weekday() - 2) % 7))
    return told


@pytest.fixture
def today(time):
    """The told day."""
    return clock.today(time.now)


def send(user, day, **more):
    return actions.send_log(day, client_id=uuid4(), actor=actor_of(user), **more)


def test_the_day_is_there_before_anybody_writes(company, today):
    deal = make_deal(company.seller, "CT 采购")
    advance("deal", deal, "first_talk")
    data = {"effective": True, "main": True, "text": "谈了配置"}
    followed = Happening("followup.recorded", record_id=deal, record_type="deal", data=data)
    other = Happening(
        "followup.recorded", record_id=deal, record_type="deal", data={**data, "main": False}
    )
    activity.record_all([followed, other], actor=company.actor)
    task = tasks.create_task(
        NewTask("asked", {"zh-CN": "约见"}, owner_id=company.seller.pk), actor=SYSTEM
    )
    tasks.finish_task(task.pk, actor=company.actor)
    shown = client_as(company.seller).get(f"/saleslog/days/{today}").json()
    counts = {part["key"]: len(part["items"]) for part in shown["parts"]}
    assert (counts["followups"], counts["moves"], counts["tasks"]) == (1, 1, 1)
    assert shown["parts"][1]["items"][0]["record"]["title"] == "CT 采购"
    assert shown["parts"][0]["name"]["zh-CN"] == "跟进"
    empty = client_as(company.colleague).get(f"/saleslog/days/{today}").json()
    assert (empty["parts"], empty["state"]) == ([], "open")


def test_a_day_asks_no_more_of_the_database_when_more_was_done(company, today):
    client = client_as(company.seller)

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(f"/saleslog/days/{today}").status_code == 200
        return len(queries)

    def work(times):
        for _ in range(times):
            customer = make_customer(company.seller)
            advance("deal", make_deal(company.seller, customer=customer), "first_talk")
            reported(company.seller, customer_id=customer)

    work(1)
    asked()
    few = asked()
    work(9)
    assert asked() <= few


def test_events_ask_for_what_their_type_asks(company):
    customer = make_customer(company.seller)
    before = verbs()
    refused = [
        {"kind": "unknown"},
        {"kind": "customer_refusal", "customer_id": customer},
        {"kind": "customer_refusal", "customer_id": customer, "reason": "quality"},
        {"kind": "new_need"},
        {"kind": "new_need", "customer_id": customer, "text": "长" * 121},
        {"kind": "new_need", "customer_id": customer, "asks_support": True},
        {"kind": "new_need", "customer_id": customer, "corrects_id": 1},
    ]
    for given in refused:
        with pytest.raises(errors.EventInvalid):
            reported(company.seller, **given)
    assert (verbs(), LogEvent.objects.count()) == (before, 0)
    reported(company.seller, "customer_refusal", customer_id=customer, reason="no_budget")
    told = entries("saleslog.event_reported")[-1]
    assert told["reason"] == {"zh-CN": "没有预算", "en-US": "No budget"}
    assert reported(company.seller, customer_id=customer, text="𠮷" * 120).text == "𠮷" * 120


def test_an_event_that_asks_for_help_opens_a_case_with_its_clock(company):
    expert = make_user("何工", role="presales", unit=company.head_office)
    customer = make_customer(company.seller)
    event = reported(
        company.seller, "sample_rejected", reason="quality", customer_id=customer, text="杂质超标"
    )
    case = Case.objects.get()
    assert event.case_id == case.pk
    assert (case.kind, case.owner_id, case.what) == (
        "sample", expert.pk, "样品被拒收：质量不合格：杂质超标",
    )  # fmt: skip
    assert case.due_at - case.opened_at == timedelta(days=1)
    assert case.origin == {"via": "saleslog", "event_id": event.pk}
    kept = reported(
        company.seller,
        "sample_rejected",
        reason="late",
        customer_id=customer,
        asks_support=False,
    )
    assert kept.case_id is None


def test_what_is_sent_twice_is_there_once(company, today):
    client, customer = client_as(company.seller), make_customer(company.seller)
    body = {
        "client_id": str(uuid4()), "type": "sudden_event", "reason": "device_down",
        "customer_id": customer, "text": "黑屏",
    }  # fmt: skip
    answers = [client.post("/saleslog/events", body) for _ in range(2)]
    assert [each.status_code for each in answers] == [201, 200]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    assert (LogEvent.objects.count(), Case.objects.count()) == (1, 1)
    sending = {"client_id": str(uuid4()), "day": str(today)}
    answers = [client.post("/saleslog/send", sending) for _ in range(2)]
    assert [each.status_code for each in answers] == [201, 200]
    again = client.post("/saleslog/send", {**sending, "client_id": str(uuid4())})
    assert (again.status_code, again.json()["code"]) == (409, "saleslog_day_sent")
    assert verbs().count("saleslog.sent") == 1


def test_a_sent_log_is_frozen_and_later_events_are_supplements(company, today, time):
    customer = make_customer(company.seller)
    first = reported(company.seller, customer_id=customer)
    advance("deal", make_deal(company.seller, customer=customer), "first_talk")
    log, _ = send(company.seller, today, note="辛苦")
    assert log.counts["events"] == 1
    advance("deal", make_deal(company.seller, customer=customer), "first_talk")
    shown = (
        client_as(company.manager).get(f"/saleslog/days/{today}", author=company.seller.pk).json()
    )
    moves = next(part for part in shown["parts"] if part["key"] == "moves")
    assert (len(moves["items"]), log.counts["moves"]) == (1, 1)
    with pytest.raises(errors.DayClosed):
        actions.take_back(first, actor=company.actor)
    later = reported(company.seller, customer_id=customer, text="补报")
    assert later.is_supplement
    better = reported(company.seller, customer_id=customer, corrects_id=first.pk, text="更正")
    rows = client_as(company.seller).get(f"/saleslog/days/{today}").json()["events"]
    assert {row["id"]: row["corrected_by"] for row in rows} == {
        first.pk: better.pk, later.pk: None, better.pk: None,
    }  # fmt: skip
    with pytest.raises(errors.EventInvalid):
        reported(company.seller, customer_id=customer, corrects_id=first.pk)


def test_only_the_author_and_those_above_read_a_day(company, today):
    customer = make_customer(company.seller)
    event = reported(company.seller, customer_id=customer)
    path = f"/saleslog/days/{today}"
    for user, status in ((company.manager, 200), (company.director, 200), (company.colleague, 404)):
        assert client_as(user).get(path, author=company.seller.pk).status_code == status
    taken = client_as(company.manager).delete(f"/saleslog/events/{event.pk}")
    assert taken.status_code == 404
    assert client_as(company.seller).delete(f"/saleslog/events/{event.pk}").status_code == 204
    foreign = make_customer(company.stranger)
    body = {"client_id": str(uuid4()), "type": "new_need", "customer_id": foreign}
    assert client_as(company.seller).post("/saleslog/events", body).status_code == 404


def test_an_event_from_a_phone_without_network_keeps_its_day(company, today, time):
    customer = make_customer(company.seller)
    event = reported(company.seller, customer_id=customer, at=time.now - timedelta(days=1))
    assert event.day == today - timedelta(days=1)
    with pytest.raises(errors.DayOutOfReach):
        reported(company.seller, customer_id=customer, at=time.now - timedelta(days=9))
    with pytest.raises(errors.DayOutOfReach):
        send(company.seller, today + timedelta(days=1))


def test_the_team_sees_events_first_and_who_has_not_sent(company, today, time):
    customer = make_customer(company.seller)
    reported(company.seller, "sudden_event", reason="complaint", customer_id=customer)
    manager = client_as(company.manager)

    def states():
        lines = manager.get("/saleslog/team").json()["lines"]
        return {each["person"]["id"]: each["state"] for each in lines}

    assert states() == {company.seller.pk: "waiting", company.colleague.pk: "waiting"}
    assert actions.remind() == 0
    time.tell(clock.moment(today, clock.time(19, 40)))
    assert (actions.remind(), actions.remind()) == (3, 0)
    send(company.seller, today)
    time.tell(clock.moment(today, clock.time(20, 1)))
    shown = manager.get("/saleslog/team").json()
    assert [each["type"]["key"] for each in shown["events"]] == ["sudden_event"]
    assert states() == {company.seller.pk: "sent", company.colleague.pk: "missing"}
    send(company.colleague, today)
    assert states()[company.colleague.pk] == "late"


def test_who_is_away_owes_no_log(company, today, time):
    absence = AbsencePlanned(
        person_id=company.colleague.pk,
        from_at=time.now - timedelta(days=1),
        to_at=time.now + timedelta(days=3),
        delegate_id=None,
    )
    org.plan_absence(absence, actor=SYSTEM)
    time.tell(clock.moment(today, clock.time(19, 40)))
    actions.remind()
    told = set(Notice.objects.filter(event="saleslog.due").values_list("person_id", flat=True))
    assert told == {company.seller.pk, company.stranger.pk}


def test_a_screenshot_is_filed_read_and_its_facts_go_to_the_customer(company):
    customer = make_customer(company.seller)
    event = reported(company.seller, customer_id=customer)
    upload = SimpleUploadedFile("聊天.png", picture("PNG"))
    actions.add_picture(event, upload, actor=company.actor)
    assert event.picture.record_id == customer
    reading = event.reading
    noting.begin(reading.pk)
    line = {
        "text": "预算50万元，电话13812345678",
        "side": "other",
        "confidence": 0.99,
    }
    noting.note(reading.pk, {"lines": [line], "engine": "twin", "version": "1"}, took_ms=10)
    client = client_as(company.seller)
    row = client.get(f"/saleslog/days/{event.day}").json()["events"][0]
    kinds = {fact["kind"]: fact["number"] for fact in row["picture"]["facts"]}
    assert set(kinds) == {"amount", "phone"}
    path = f"/saleslog/events/{event.pk}/facts"
    filed = client.post(path, {"facts": [kinds["amount"]]}).json()
    assert [f["filed"] for f in filed["picture"]["facts"] if f["kind"] == "amount"] == [True]
    assert entries("saleslog.facts_filed")[-1]["facts"] == [{"kind": "amount", "value": "500000"}]
    assert client.post(path, {"facts": [7]}).status_code == 422
    assert client.get(f"/saleslog/events/{event.pk}/picture").status_code == 200
    assert (
        client_as(company.stranger).get(f"/saleslog/events/{event.pk}/picture").status_code == 404
    )


def test_three_alternatives_stand_beside_a_rejected_sample(company):
    shown = client_as(company.seller).get("/saleslog/suggestions", type="sample_rejected").json()
    assert len(shown["alternatives"]) == 3
    assert "三个方案" in shown["advice"]["zh-CN"]


def test_the_configuration_is_checked_and_published(company):
    ops = client_as(company.ops)
    held = ops.get("/saleslog/settings").json()
    types = [{**held["definition"]["types"][0], "needs_reason": True, "support": "nope"}]
    wrong = {**held["definition"], "types": types, "due": "25:00"}
    refused = ops.put("/saleslog/settings", {"definition": wrong}, version=held["version"])
    codes = {each["code"] for each in refused.json()["problems"]}
    assert codes == {
        "saleslog.reasons_needed", "saleslog.support_unknown", "saleslog.time_needed",
    }  # fmt: skip
    right = {**held["definition"], "due": "21:00"}
    put = ops.put("/saleslog/settings", {"definition": right}, version=held["version"])
    assert (put.status_code, put.json()["version"]) == (200, 2)
    assert client_as(company.seller).get("/saleslog/settings").status_code == 403
    assert client_as(company.seller).get("/saleslog/options").json()["due"] == "21:00"


def test_a_draft_is_tried_out_and_what_it_leaves_out_keeps_its_name(company):
    seller, ops = client_as(company.seller), client_as(company.ops)
    reported(company.seller, customer_id=make_customer(company.seller))
    held = ops.get("/saleslog/settings").json()
    fresh = {"key": "event_99", "name": {"zh-CN": "招标变更", "en-US": "Tender changed"}}
    kept = [each for each in held["definition"]["types"] if each["key"] != "new_need"]
    draft = {**held["definition"], "types": [*kept, fresh]}
    tried = ops.post("/saleslog/settings/rehearsal", {"definition": draft}).json()
    states = {each["key"]: (each["state"], each["events"]) for each in tried["types"]}
    assert states["event_99"] == ("added", 0)
    assert states["new_need"] == ("removed", 1)
    assert {states[each["key"]][0] for each in kept} == {"same"}
    assert ops.get("/saleslog/settings").json()["version"] == held["version"]
    nameless = {**draft, "types": [{**fresh, "name": {"zh-CN": "", "en-US": ""}}]}
    refused = ops.post("/saleslog/settings/rehearsal", {"definition": nameless})
    assert refused.status_code == 422
    assert refused.json()["problems"][0]["message"] == "请填写中文和英文"
    put = ops.put("/saleslog/settings", {"definition": draft}, version=held["version"])
    assert [each["version"] for each in put.json()["versions"]] == [2, 1]
    offered = {each["key"] for each in seller.get("/saleslog/options").json()["types"]}
    assert "event_99" in offered
    assert "new_need" not in offered
    day = seller.get(f"/saleslog/days/{clock.today()}").json()
    assert [each["type"]["name"]["zh-CN"] for each in day["events"]] == ["新需求"]
