"""What was returned lies with who asked for it, with a clock, until it is sent again."""

from datetime import timedelta

import pytest

from closeloop.approvals import actions
from closeloop.approvals.actions import Answer
from closeloop.notices.models import Notice
from closeloop.sla import actions as sla
from closeloop.sla.models import Clock
from tests.builders.approvals import agree, approve, make_flow, open_case, persons
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.people import actor_of
from tests.demo.told_clock import ToldClock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def time(db, monkeypatch):
    """A clock that is told; it begins at this moment."""
    now = from_now()
    told = ToldClock(monkeypatch)
    told.tell(now)
    return told


@pytest.fixture
def case(company):
    flow = make_flow(
        approve("first", persons(company.manager)), approve("second", persons(company.director))
    )
    return open_case(flow, company.seller, title="年度框架")


def send_back(case, person, to_node=None):
    return actions.send_back(
        case.pk, Answer(comment="缺附件"), to_node=to_node, actor=actor_of(person)
    )


def clock_of(case):
    return Clock.objects.get(about_kind="approval_case", about_id=case.pk)


def due_of(person):
    return client_as(person).get("/today").json()["due"]


def test_it_stands_on_the_requesters_day_with_its_time_until_it_is_sent_again(company, case):
    send_back(case, company.manager)
    (due,) = due_of(company.seller)
    found = clock_of(case)
    assert (due["kind"], due["title"]) == ("approval", "已退回，待修改：年度框架")
    assert (due["link"], due["case_id"]) == (f"/approvals/{case.pk}", case.pk)
    assert due["clock_id"] == found.pk
    assert (found.owner, found.state) == (company.seller, "running")
    actions.resubmit(case.pk, form={}, actor=company.actor)
    assert due_of(company.seller) == []
    assert clock_of(case).state == "met"


def test_what_lies_too_long_turns_red_before_the_requesters_superior(company, case, time):
    send_back(case, company.manager)
    Clock.objects.exclude(pk=clock_of(case).pk).update(next_at=None)
    time.tell(time.now + timedelta(days=21))
    sla.sweep()
    found = clock_of(case)
    assert found.red_since == found.due_at == found.breached_at
    heard = Notice.objects.filter(event="clock.escalated").order_by("id")
    told = list(heard.values_list("person__name", "is_copy", "link"))
    link = f"/approvals/{case.pk}"
    assert told == [("张伟", False, link), ("王经理", True, link)]


def test_what_is_withdrawn_owes_nothing(company, case):
    send_back(case, company.manager)
    actions.withdraw(case.pk, actor=company.actor)
    assert clock_of(case).state == "cancelled"
    assert due_of(company.seller) == []


def test_what_goes_back_to_a_step_is_not_with_the_requester(company, case):
    agree(case, company.manager)
    send_back(case, company.director, to_node="first")
    assert not Clock.objects.filter(about_kind="approval_case").exists()
    assert due_of(company.seller) == []
