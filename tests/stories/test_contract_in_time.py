"""A contract that waits for its approval: who is told what over which channel at which minute.

The written tables are what a customer may hold us to (E02–E04). Time is the company's working time:
9 to 12 and 13 to 18, Monday to Friday, with the holidays and make-up days of 2026.
"""

import pytest

from closeloop.approvals.models import Ask, Case
from tests.approvals.test_gate import TO_CONTRACT
from tests.builders.approvals import agree
from tests.builders.asking import client_as
from tests.builders.records import advance, make_deal, open_lock
from tests.stories.given import stored
from tests.stories.office import open_office

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = ("in_app", "mail", "wecom")
PHONE = ("in_app", "sms", "wecom")
BRIEF = ("in_app", "mail")


@pytest.fixture
def office(company, monkeypatch):
    with open_office(company, monkeypatch) as opened:
        yield opened


@pytest.fixture
def deal(office):
    """A deal whose contract lacks nothing but its approval."""
    office.at("2026-01-05 09:00")
    return stored(_ready_deal, office.company)


def _ready_deal(company):
    deal = make_deal(company.seller, name="省医院 CT")
    advance("deal", deal, *TO_CONTRACT)
    open_lock("deal", deal, "signing")
    Case.objects.all().delete()
    return deal


def submit(office, deal, moment):
    """The salesperson asks for the approval; gives the case's id."""
    office.at(moment)
    asked = client_as(office.company.seller).post(
        f"/records/deal/{deal}/move-approval", {"to_stage": "signing", "comment": "请审批"}
    )
    assert asked.status_code == 201, asked.content
    office.work()
    return asked.json()["case_id"]


def lines(*rows):
    """A written table: time, event, person, channels, marks; one line a channel."""
    return [
        f"{at} {event} {person} {channel}{marks}"
        for at, event, person, channels, marks in rows
        for channel in channels
    ]


def test_on_a_working_day(office, deal):
    submit(office, deal, "2026-03-10 10:00")
    office.at("2026-03-11 18:00")
    assert office.told() == lines(
        ("03-10 10:00", "approval.asked", "周总监", ASKED, ""),
        ("03-10 15:00", "clock.escalated", "陈总", PHONE, ""),
        ("03-11 10:00", "clock.timeout_brief", "何伙伴", BRIEF, " 红"),
        ("03-11 10:00", "clock.timeout_brief", "陈总", BRIEF, " 红 抄送"),
    )
    assert office.arrived() == office.sent()


def test_over_a_weekend(office, deal):
    submit(office, deal, "2026-03-13 16:00")
    office.at("2026-03-16 18:00")
    assert office.told() == lines(
        ("03-13 16:00", "approval.asked", "周总监", ASKED, ""),
        ("03-16 11:00", "clock.escalated", "陈总", PHONE, ""),
        ("03-16 16:00", "clock.timeout_brief", "何伙伴", BRIEF, " 红"),
        ("03-16 16:00", "clock.timeout_brief", "陈总", BRIEF, " 红 抄送"),
    )


def test_on_the_make_up_saturday_before_spring_festival(office, deal):
    submit(office, deal, "2026-02-13 16:00")
    office.at("2026-02-24 18:00")
    assert office.told() == lines(
        ("02-13 16:00", "approval.asked", "周总监", ASKED, ""),
        ("02-14 11:00", "clock.escalated", "陈总", PHONE, ""),
        ("02-14 16:00", "clock.timeout_brief", "何伙伴", BRIEF, " 红"),
        ("02-14 16:00", "clock.timeout_brief", "陈总", BRIEF, " 红 抄送"),
    )


def test_over_the_nine_days_of_spring_festival(office, deal):
    submit(office, deal, "2026-02-14 16:00")
    office.at("2026-02-24 18:00")
    assert office.told() == lines(
        ("02-14 16:00", "approval.asked", "周总监", ASKED, ""),
        ("02-24 11:00", "clock.escalated", "陈总", PHONE, ""),
        ("02-24 16:00", "clock.timeout_brief", "何伙伴", BRIEF, " 红"),
        ("02-24 16:00", "clock.timeout_brief", "陈总", BRIEF, " 红 抄送"),
    )


def test_with_the_approver_away(office, deal):
    office.at("2026-03-09 09:00")
    away(office, office.company.director, "2026-03-10", "2026-03-14", office.people["deputy"])
    case = submit(office, deal, "2026-03-10 10:00")
    office.at("2026-03-10 16:00")
    assert office.told() == lines(
        ("03-10 10:00", "approval.asked", "冯副总监", ASKED, ""),
        ("03-10 15:00", "clock.escalated", "陈总", PHONE, ""),
    )
    ask = Ask.objects.get(case_id=case)
    assert (ask.person.name, ask.on_behalf_of.name) == ("冯副总监", "周总监")


def test_with_the_approver_agreeing_between_the_two_steps(office, deal):
    case = Case.objects.get(pk=submit(office, deal, "2026-03-10 10:00"))
    office.at("2026-03-10 16:00")
    agree(case, office.company.director)
    office.work()
    office.at("2026-03-11 11:00")
    assert office.told() == lines(
        ("03-10 10:00", "approval.asked", "周总监", ASKED, ""),
        ("03-10 15:00", "clock.escalated", "陈总", PHONE, ""),
        ("03-10 16:00", "approval.asked", "吴售前", ASKED, ""),
        ("03-10 16:00", "approval.asked", "孙法务", ASKED, ""),
    )


def test_with_the_requester_withdrawing(office, deal):
    case = submit(office, deal, "2026-03-10 10:00")
    office.at("2026-03-10 16:00")
    withdrawn = client_as(office.company.seller).post(
        f"/approvals/{case}/withdraw", {"comment": "条款有误"}
    )
    assert withdrawn.status_code == 200, withdrawn.content
    office.work()
    office.at("2026-03-13 18:00")
    assert office.told() == lines(
        ("03-10 10:00", "approval.asked", "周总监", ASKED, ""),
        ("03-10 15:00", "clock.escalated", "陈总", PHONE, ""),
        ("03-10 16:00", "approval.decided", "周总监", ("in_app", "wecom"), ""),
    )


def away(office, person, first, last, stand_in):
    """The person plans their leave, through the last day."""
    planned = client_as(person).post(
        "/absences",
        {
            "from_at": f"{first}T00:00:00+08:00",
            "to_at": f"{last}T00:00:00+08:00",
            "delegate_id": stand_in.pk,
            "scope": "all",
        },
    )
    assert planned.status_code == 201, planned.content
