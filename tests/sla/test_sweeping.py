"""Steps fire when they are due, once, in their order, and say when they were caught up."""

from datetime import timedelta

import pytest

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.identity.actor import SYSTEM
from closeloop.notices.models import Notice
from closeloop.process import actions as process
from closeloop.sla import actions as sla
from closeloop.sla.models import Clock, ClockState, Firing, PolicyVersion
from closeloop.tasks.models import Task
from tests.builders.activity import entries
from tests.builders.moments import from_now
from tests.builders.people import actor_of, make_user
from tests.builders.records import advance, make_deal
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
    return Clock.objects.get(record_id=record_id, policy__key=key, closed_at=None)


def pass_(time, length):
    time.tell(time.now + length)
    return sla.sweep()


@pytest.fixture
def natural(company):
    """The contract's policy by the clock on the wall, without its brief (approvals write it)."""
    shipped = PolicyVersion.objects.get(policy__key="contract_approval", is_current=True)
    steps = [{**step, "document": ""} for step in shipped.definition["steps"]]
    definition = {**shipped.definition, "target": {"hours": 8}, "steps": steps}
    sla.publish(definition, actor=SYSTEM)


def ask(company, approver, ask_id=77, deal=None):
    """An approver is asked, as approvals record it."""
    activity.record(
        Happening(
            verb="approval.asked",
            record_id=deal,
            record_type="deal" if deal else "",
            unit_id=company.teams[0].pk,
            data={
                "case_id": 7,
                "ask_id": ask_id,
                "node": "manager",
                "person_id": approver.pk,
                "policy": "contract_approval",
            },
        ),
        actor=company.actor,
    )


def answer(ask_id=77, outcome="agreed"):
    """The ask stops waiting, as approvals record it."""
    data = {"case_id": 7, "ask_id": ask_id, "outcome": outcome}
    activity.record(Happening(verb="approval.ask_ended", data=data), actor=SYSTEM)


def told():
    found = Notice.objects.order_by("id").values_list("event", "person__name", "is_copy")
    return [each for each in found if each[0].startswith("clock.")]


@pytest.mark.usefixtures("natural")
def test_a_contract_escalates_after_four_and_eight_hours(company, time):
    bp = make_user("林BP", role="sales_bp", unit=company.regions[0])
    ask(company, company.manager)
    assert sla.sweep().fired == 0
    pass_(time, 4 * HOUR)
    assert told() == [("clock.escalated", "周总监", False)]
    pass_(time, 4 * HOUR)
    assert told()[1:] == [
        ("clock.timeout_brief", bp.name, False),
        ("clock.timeout_brief", "周总监", True),
    ]
    found = Clock.objects.get(about_id=77)
    assert (found.state, found.red_since, found.breached_at) == ("running", time.now, time.now)
    assert [each["step"] for each in entries("clock.step_fired")] == ["escalate", "timeout_brief"]


@pytest.mark.usefixtures("natural")
def test_an_answer_between_the_steps_ends_the_escalation(company, time):
    ask(company, company.manager)
    pass_(time, 4 * HOUR)
    answer()
    assert pass_(time, 10 * HOUR).fired == 0
    found = Clock.objects.get(about_id=77)
    assert (found.state, found.next_at) == (ClockState.MET, None)
    assert len(told()) == 1


@pytest.mark.usefixtures("natural")
def test_a_withdrawn_request_cancels_the_clock(company, time):
    ask(company, company.manager)
    answer(outcome="withdrawn")
    assert Clock.objects.get(about_id=77).state == ClockState.CANCELLED


@pytest.mark.usefixtures("natural")
def test_an_answer_after_the_due_time_is_a_breach_even_when_nothing_swept(company, time):
    ask(company, company.manager)
    time.tell(time.now + 9 * HOUR)
    answer()
    found = Clock.objects.get(about_id=77)
    assert (found.state, found.breached_at) == (ClockState.BREACHED, time.now - HOUR)
    assert sla.sweep().fired == 0


@pytest.mark.usefixtures("natural")
def test_after_downtime_every_step_fires_once_in_order_and_says_so(company, time):
    make_user("林BP", role="sales_bp", unit=company.regions[0])
    ask(company, company.manager)
    swept = pass_(time, 11 * HOUR)
    assert (swept.fired, swept.effects) == (2, 2)
    assert [each[0] for each in told()] == [
        "clock.escalated",
        "clock.timeout_brief",
        "clock.timeout_brief",
    ]
    late = [(each["step"], each["late_s"]) for each in entries("clock.step_fired")]
    assert late == [("escalate", 7 * 3600), ("timeout_brief", 3 * 3600)]
    first = Notice.objects.get(event="clock.escalated")
    assert "晚 7 小时" in first.data["late"]["zh-CN"]
    assert not sla.sweep().is_busy


@pytest.mark.usefixtures("natural")
def test_a_step_that_fired_is_skipped_when_the_clock_closed_before_it_took_effect(company, time):
    ask(company, company.manager)
    time.tell(time.now + 4 * HOUR)
    assert sla.fire_due() == 1
    answer()
    assert sla.carry_out_pending() == 1
    assert told() == []
    assert list(Firing.objects.values_list("state", "reason")) == [("skipped", "closed")]


def test_seven_silent_days_turn_a_deal_red_and_give_the_manager_a_task(company, time):
    deal = make_deal(company.seller)
    pass_(time, 7 * DAY)
    found = clock(deal, "no_interaction")
    assert found.red_since == time.now
    task = Task.objects.get()
    assert (task.owner, task.record_id, task.is_red) == (company.manager, deal, True)
    assert task.due_at == time.now + 24 * HOUR
    assert task.origin["policy"] == "no_interaction"


def test_a_deal_that_waits_stands_still_and_runs_on_with_what_it_had_left(company, time):
    deal = make_deal(company.seller)
    advance("deal", deal, "first_talk", "needs_confirmed", "solution_demo", "quotation")
    time.tell(time.now + DAY)
    process.wait(deal, "tender_publication", actor=company.actor)
    paused = clock(deal, "stage_overstay")
    assert (paused.state, paused.due_at, paused.paused_reason) == (
        "paused",
        None,
        "tender_publication",
    )
    time.tell(time.now + 3 * DAY)
    process.wait(deal, None, actor=company.actor)
    running = clock(deal, "stage_overstay")
    assert (running.state, running.due_at) == ("running", time.now + 13 * DAY)


def test_a_wait_beyond_its_limit_is_told_and_the_clock_runs_on(company, time):
    deal = make_deal(company.seller)
    advance("deal", deal, "first_talk", "needs_confirmed", "solution_demo", "quotation")
    process.wait(deal, "tender_publication", actor=company.actor)
    began = time.now
    Clock.objects.exclude(policy__key="stage_overstay").update(next_at=None)
    pass_(time, 11 * DAY)
    found = clock(deal, "stage_overstay")
    assert (found.state, found.running_since) == ("running", began + 10 * DAY)
    assert found.due_at == began + 24 * DAY
    assert told() == [
        ("clock.pause_limit", "张伟", False),
        ("clock.pause_limit", "王经理", False),
    ]


def test_a_step_that_fired_while_the_clock_was_paused_waits_with_it(company, time):
    deal = make_deal(company.seller)
    advance("deal", deal, "first_talk", "needs_confirmed", "solution_demo", "quotation")
    Clock.objects.exclude(policy__key="stage_overstay").update(next_at=None)
    time.tell(time.now + 14 * DAY)
    assert sla.fire_due() == 1  # the warning
    process.wait(deal, "tender_publication", actor=company.actor)
    sla.carry_out_pending()
    assert told() == []
    process.wait(deal, None, actor=company.actor)
    sla.sweep()
    assert [each[0] for each in told()][:1] == ["clock.warning"]


def test_a_reset_takes_the_red_away_and_begins_anew(company, time):
    deal = make_deal(company.seller)
    pass_(time, 7 * DAY)
    advance("deal", deal, "first_talk")
    found = clock(deal, "no_interaction")
    assert (found.red_since, found.breached_at, found.due_at) == (None, None, time.now + 7 * DAY)


def test_two_stages_over_fourteen_days_bring_a_risk_report(company, time):
    deal = make_deal(company.seller)
    time.tell(time.now + 15 * DAY)
    advance("deal", deal, "first_talk")
    found = clock(deal, "two_stages_overstayed")
    assert found.about_key == "first_talk"
    pass_(time, 14 * DAY)
    assert entries("document.written")[0]["kind"] == "risk_diagnosis"
    assert clock(deal, "two_stages_overstayed").red_since == time.now


def test_a_deal_that_is_won_overstays_no_more(company, time):
    deal = make_deal(company.seller)
    path = ("first_talk", "needs_confirmed", "solution_demo", "quotation", "contract_approval")
    advance("deal", deal, *path, "signing")
    time.tell(time.now + 15 * DAY)
    advance("deal", deal, "payment")
    assert not Clock.objects.filter(closed_at=None, record_id=deal).exists()


def test_waiting_for_others_does_not_count_as_staying(company, time):
    deal = make_deal(company.seller)
    path = ("first_talk", "needs_confirmed", "solution_demo", "quotation")
    advance("deal", deal, *path)
    seller = actor_of(company.seller)
    time.tell(time.now + 5 * DAY)
    process.wait(deal, "tender_publication", actor=seller)
    time.tell(time.now + 6 * DAY)
    process.wait(deal, None, actor=seller)
    time.tell(time.now + 3 * DAY)
    process.wait(deal, "tender_publication", actor=seller)
    time.tell(time.now + 2 * DAY)
    advance("deal", deal, "contract_approval")
    moved = entries("deal.stage_entered")[-1]
    assert (moved["stayed_s"], moved["waited_s"]) == (8 * 86400, 8 * 86400)
    assert not Clock.objects.filter(policy__key="two_stages_overstayed").exists()
