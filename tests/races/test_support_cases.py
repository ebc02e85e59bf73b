"""Two people at one support case at the same moment: one turn counts, and its clock stops once."""

import pytest

from closeloop.activity.models import Entry
from closeloop.edge import work
from closeloop.sla.models import Clock
from closeloop.support.models import Help
from tests.builders.asking import client_as
from tests.builders.people import make_user
from tests.races.together import loser, statuses, together
from tests.support.given import helped, opened, rules

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = pytest.mark.parametrize("rounds", [4, pytest.param(100, marks=pytest.mark.long)])
SOLUTION = {"kind": "solution", "text": "更换探头线"}


@pytest.fixture
def experts(company):
    """Who is asked, and who may answer for them too."""
    head = make_user("何工", role="presales", unit=company.head_office)
    with work.one_transaction():
        rules({"to": {"person": head.pk}})
    return head, make_user("冯管理", role="administrator", unit=company.head_office)


def asked_for(company):
    with work.one_transaction():
        return opened(company.seller)


def turn(browser, case, how, body=None):
    return lambda: browser.post(f"/support/cases/{case.pk}/{how}", body, version=case.version)


def recorded(case):
    """What is recorded of a case, in order."""
    told = Entry.objects.filter(verb__startswith="support.", data__support_case_id=case.pk)
    return [verb.partition(".")[2] for verb in told.order_by("id").values_list("verb", flat=True)]


def clocks(case):
    """The clocks of a case, as they stand."""
    return list(
        Clock.objects.filter(about_kind="support_case", about_id=case.pk)
        .order_by("pk")
        .values_list("state", flat=True)
    )


@ROUNDS
def test_two_answer_one_case_and_its_clock_stops_once(company, experts, rounds):
    browsers = [client_as(each) for each in experts]
    with together() as threads:
        for _ in range(rounds):
            case = asked_for(company)
            answers = threads.do(*[turn(each, case, "help", SOLUTION) for each in browsers])
            assert statuses(answers) == [200, 412]
            assert loser(answers)["code"] == "edit_conflict"
            (winner,) = [n for n, each in enumerate(answers) if each.status_code == 200]
            assert Help.objects.get(case=case).by_id == experts[winner].pk
            assert recorded(case) == ["requested", "given"]
            assert clocks(case) == ["met"]


@ROUNDS
def test_one_answers_while_another_takes_the_case(company, experts, rounds):
    head, other = experts
    asked, above = client_as(head), client_as(other)
    with together() as threads:
        for _ in range(rounds):
            case = asked_for(company)
            answers = threads.do(
                turn(asked, case, "help", SOLUTION),
                turn(above, case, "owner", {"owner_id": other.pk, "note": ""}),
            )
            assert statuses(answers) == [200, 412]
            case.refresh_from_db()
            is_helped = answers[0].status_code == 200
            assert recorded(case) == ["requested", "given" if is_helped else "assigned"]
            assert (case.state, case.owner_id, clocks(case)) == (
                ("supported", head.pk, ["met"]) if is_helped else ("open", other.pk, ["running"])
            )
            owners = Clock.objects.filter(about_id=case.pk, about_kind="support_case")
            assert set(owners.values_list("owner_id", flat=True)) == {case.owner_id}


@ROUNDS
def test_help_is_confirmed_or_turned_down_but_not_both(company, experts, rounds):
    browsers = [client_as(company.seller), client_as(company.manager)]
    with together() as threads:
        for _ in range(rounds):
            case = asked_for(company)
            with work.one_transaction():
                helped(case, experts[0])
            case.refresh_from_db()
            answers = threads.do(
                turn(browsers[0], case, "confirm"),
                turn(browsers[1], case, "reopen", {"note": "换了仍报错"}),
            )
            assert statuses(answers) == [200, 412]
            is_closed = answers[0].status_code == 200
            assert recorded(case)[2:] == ["confirmed" if is_closed else "reopened"]
            assert clocks(case) == (["met"] if is_closed else ["met", "running"])
