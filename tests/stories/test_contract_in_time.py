"""A contract that waits for its approval, by API: who is told what, as the table of it says."""

import pytest

from closeloop.approvals.models import Ask, Case
from tests.builders.approvals import agree
from tests.builders.asking import client_as
from tests.stories import contract_table as table
from tests.stories.office import go_away, make_ready_deal, open_office

pytestmark = pytest.mark.django_db(transaction=True)
UNANSWERED = {
    "on a working day": table.ON_A_WORKING_DAY,
    "over a weekend": table.OVER_A_WEEKEND,
    "over the make-up Saturday before Spring Festival": table.OVER_A_MAKE_UP_SATURDAY,
    "over the nine days of Spring Festival": table.OVER_SPRING_FESTIVAL,
}


@pytest.fixture
def office(company, monkeypatch):
    with open_office(company, monkeypatch) as opened:
        yield opened


@pytest.fixture
def deal(office):
    """A deal whose contract lacks nothing but its approval."""
    office.at("2026-01-05 09:00")
    return make_ready_deal(office, "省医院 CT")


def submit(office, deal, moment):
    """The salesperson asks for the approval; gives the case's id."""
    office.at(moment)
    asked = client_as(office.company.seller).post(
        f"/records/deal/{deal}/move-approval", {"to_stage": "signing", "comment": "请审批"}
    )
    assert asked.status_code == 201, asked.content
    office.work()
    return asked.json()["case_id"]


@pytest.mark.parametrize("course", UNANSWERED.values(), ids=UNANSWERED.keys())
def test_unanswered_it_reaches_ever_more_people(office, deal, course):
    submit(office, deal, course.submitted)
    office.at(course.until)
    assert office.told() == course.told
    assert office.arrived() == office.sent()


def test_with_the_approver_away(office, deal):
    course = table.WITH_THE_APPROVER_AWAY
    office.at("2026-03-09 09:00")
    go_away(office.company.director, "2026-03-10", "2026-03-14", stand_in=office.people["deputy"])
    case = submit(office, deal, course.submitted)
    office.at(course.until)
    assert office.told() == course.told
    ask = Ask.objects.get(case_id=case)
    assert (ask.person.name, ask.on_behalf_of.name) == ("冯副总监", "周总监")


def test_with_the_approver_agreeing_between_the_two_steps(office, deal):
    course = table.AGREED_BETWEEN_THE_STEPS
    case = Case.objects.get(pk=submit(office, deal, course.submitted))
    office.at(table.ANSWERED_AT)
    agree(case, office.company.director)
    office.work()
    office.at(course.until)
    assert office.told() == course.told


def test_with_the_requester_withdrawing(office, deal):
    course = table.WITHDRAWN
    case = submit(office, deal, course.submitted)
    office.at(table.ANSWERED_AT)
    withdrawn = client_as(office.company.seller).post(
        f"/approvals/{case}/withdraw", {"comment": "条款有误"}
    )
    assert withdrawn.status_code == 200, withdrawn.content
    office.work()
    office.at(course.until)
    assert office.told() == course.told
