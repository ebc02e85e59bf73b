"""What the standard pack's policies promise, lived through in told time."""

from datetime import timedelta

import pytest

from closeloop.desk import actions as desk
from closeloop.desk.actions import MoveAsk
from closeloop.notices.models import Notice
from closeloop.records import actions as records
from closeloop.records.models import Record
from closeloop.sla import actions as sla
from closeloop.sla.models import Clock
from closeloop.tasks.models import Task
from tests.builders.asking import client_as
from tests.builders.documents import make_document
from tests.builders.moments import from_now
from tests.builders.records import advance, make_deal, make_lead, open_lock
from tests.demo.told_clock import ToldClock

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def time(db, monkeypatch):
    """A clock that is told; it begins at this moment."""
    now = from_now()
    told = ToldClock(monkeypatch)
    told.tell(now)
    return told


def clock(record_id, key):
    return Clock.objects.get(record_id=record_id, policy__key=key)


def pass_(time, length):
    time.tell(time.now + length)
    return sla.sweep()


def test_the_72_hours_begin_when_the_lead_comes_in_and_end_with_its_minutes(company, time):
    lead = make_lead(company.seller)
    came_in = time.now
    assert clock(lead, "deep_interview").due_at == came_in + 72 * HOUR
    time.tell(came_in + 20 * HOUR)
    open_lock("lead", lead, "contacted")
    desk.move_record("lead", lead, MoveAsk(to_stage="contacted"), actor=company.actor)
    make_document(lead, "call_recording", types=("amr",))
    make_document(lead, "requirement_form")
    assert clock(lead, "deep_interview").due_at == came_in + 72 * HOUR
    time.tell(came_in + 71 * HOUR)
    make_document(lead, "interview_minutes")
    found = clock(lead, "deep_interview")
    assert (found.state, found.closed_at) == ("met", came_in + 71 * HOUR)


def test_without_minutes_the_owner_hears_of_it_and_their_manager_with_them(company, time):
    lead = make_lead(company.seller)
    Clock.objects.exclude(policy__key="deep_interview").update(next_at=None)
    pass_(time, 64 * HOUR)
    pass_(time, 8 * HOUR)
    heard = list(
        Notice.objects.filter(event__startswith="clock.")
        .order_by("id")
        .values_list("event", "person__name", "is_copy")
    )
    assert heard == [
        ("clock.warning", "张伟", False),
        ("clock.escalated", "张伟", False),
        ("clock.escalated", "王经理", True),
    ]
    time.tell(time.now + HOUR)
    make_document(lead, "interview_minutes")
    assert clock(lead, "deep_interview").state == "breached"


def test_a_comment_takes_no_red_away_a_document_does(company, time):
    deal = make_deal(company.seller)
    Clock.objects.exclude(policy__key="no_interaction").update(next_at=None)
    pass_(time, 7 * DAY)
    turned_red = clock(deal, "no_interaction").red_since
    assert turned_red == time.now
    time.tell(time.now + HOUR)
    row = Record.objects.get(pk=deal)
    records.comment(row, text="已沟通", mentions=[], actor=company.actor)
    assert clock(deal, "no_interaction").red_since == turned_red
    make_document(deal, "quotation")
    found = clock(deal, "no_interaction")
    assert (found.red_since, found.due_at) == (None, time.now + 7 * DAY)


@pytest.fixture
def overdue_quotation(company, time):
    """A deal whose quotation nobody has confirmed in time; its owner was asked what came of it."""
    deal = make_deal(company.seller)
    advance("deal", deal, "first_talk", "needs_confirmed", "solution_demo", "quotation")
    make_document(deal, "quotation")
    Clock.objects.exclude(policy__key="quotation_to_confirm").update(next_at=None)
    pass_(time, 21 * DAY)
    return deal


def finish(person, answer):
    task = Task.objects.get(kind="quotation_verdict")
    return client_as(person).post(f"/tasks/{task.pk}/done", {"answer": answer})


def test_a_quotation_without_an_answer_asks_its_owner_for_one_of_three(company, overdue_quotation):
    task = Task.objects.get(kind="quotation_verdict")
    assert (task.owner, task.record_id) == (company.seller, overdue_quotation)
    shown = client_as(company.seller).get(f"/tasks/{task.pk}").json()
    assert [each["key"] for each in shown["answers"]] == ["confirmed", "requote", "lost"]
    refused = finish(company.seller, "")
    assert (refused.status_code, refused.json()["code"]) == (422, "task_answer_needed")
    assert finish(company.seller, "perhaps").status_code == 422
    task.refresh_from_db()
    assert task.state == "open"


@pytest.mark.parametrize("answer", ["confirmed", "lost"])
def test_an_answer_about_the_quotation_ends_its_clock(company, overdue_quotation, answer):
    assert finish(company.seller, answer).json()["answer"] == answer
    assert clock(overdue_quotation, "quotation_to_confirm").state == "breached"


def test_what_is_to_be_quoted_again_has_its_time_anew(company, overdue_quotation, time):
    assert finish(company.seller, "requote").status_code == 200
    found = clock(overdue_quotation, "quotation_to_confirm")
    assert (found.state, found.started_at, found.red_since) == ("running", time.now, None)


def give_intent(deal, level, company):
    desk.change_record(
        "deal", deal, {"intent_level": level}, expected_version=None, actor=company.actor
    )


def test_a_keen_customer_left_alone_for_five_days_is_marked_for_the_manager(company, time):
    deal = make_deal(company.seller, intent_level="high")
    Clock.objects.exclude(policy__key="high_intent_stalled").update(next_at=None)
    pass_(time, 5 * DAY)
    assert clock(deal, "high_intent_stalled").red_since == time.now
    heard = Notice.objects.filter(event="clock.escalated").order_by("id")
    assert list(heard.values_list("person__name", "is_copy", "is_red")) == [
        ("王经理", False, True),
        ("张伟", True, True),
    ]
    (red,) = client_as(company.manager).get("/workbench").json()["red"]
    assert (red["policy"]["key"], red["record"]["id"]) == ("high_intent_stalled", deal)


def test_only_a_high_intent_is_watched_from_when_it_is_high(company, time):
    deal = make_deal(company.seller, intent_level="medium")
    standstill = Clock.objects.filter(record_id=deal, policy__key="high_intent_stalled")
    assert not standstill.exists()
    time.tell(time.now + 3 * DAY)
    give_intent(deal, "high", company)
    assert standstill.get().due_at == time.now + 5 * DAY
    give_intent(deal, "low", company)
    assert standstill.get().state == "cancelled"


def test_a_keen_customer_whose_deal_is_opened_again_is_watched_anew(company, time):
    deal = make_deal(company.seller, intent_level="high")
    watched = Clock.objects.filter(record_id=deal, policy__key="high_intent_stalled").order_by("id")
    Clock.objects.exclude(policy__key="high_intent_stalled").update(next_at=None)
    pass_(time, 2 * DAY)
    move(company, deal, "lost", outcome_reason="price")
    assert [(each.state, each.closed_at) for each in watched] == [("met", time.now)]
    pass_(time, 20 * DAY)
    assert not Notice.objects.filter(event="clock.escalated").exists()
    move(company, deal, "first_contact", reason="预算重新批复")
    Clock.objects.exclude(policy__key="high_intent_stalled").update(next_at=None)
    assert [each.state for each in watched.all()] == ["met", "running"]
    assert watched.last().due_at == time.now + 5 * DAY
    pass_(time, 5 * DAY)
    assert watched.last().red_since == time.now
    heard = Notice.objects.filter(event="clock.escalated").order_by("id")
    assert list(heard.values_list("person__name", "is_copy")) == [("王经理", False), ("张伟", True)]


def test_a_closed_deal_is_watched_from_when_it_is_opened_again_if_it_is_keen_then(company, time):
    deal = make_deal(company.seller, intent_level="medium")
    watched = Clock.objects.filter(record_id=deal, policy__key="high_intent_stalled")
    move(company, deal, "lost", outcome_reason="price")
    pass_(time, 3 * DAY)
    give_intent(deal, "high", company)
    assert not watched.exists()
    pass_(time, 3 * DAY)
    move(company, deal, "first_contact", reason="客户回心转意")
    assert watched.get().due_at == time.now + 5 * DAY


def test_a_deal_opened_again_without_high_intent_is_not_watched(company, time):
    deal = make_deal(company.seller, intent_level="low")
    move(company, deal, "lost", outcome_reason="price")
    pass_(time, DAY)
    move(company, deal, "first_contact", reason="再试一次")
    assert not Clock.objects.filter(record_id=deal, policy__key="high_intent_stalled").exists()


def move(company, deal, to_stage, **more):
    desk.move_record("deal", deal, MoveAsk(to_stage=to_stage, **more), actor=company.actor)
