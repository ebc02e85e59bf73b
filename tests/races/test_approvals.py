"""Two people at one approval at the same moment: one outcome, and everything about it agrees."""

import pytest

from closeloop.activity.models import Entry
from closeloop.approvals import actions as approvals
from closeloop.approvals.models import Ask, Case
from closeloop.edge import work
from closeloop.identity.actor import SYSTEM
from tests.builders.approvals import agree, approve, make_flow, open_case, persons
from tests.builders.asking import client_as
from tests.builders.people import make_user
from tests.builders.records import advance, make_deal, open_lock, row_of
from tests.races.together import statuses, together

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = pytest.mark.parametrize("rounds", [15, pytest.param(1000, marks=pytest.mark.long)])
ENDS = ("approval.granted", "approval.rejected", "approval.withdrawn", "approval.ended")


@pytest.fixture
def browsers(company):
    """The salesperson, the manager and the director, each signed in."""
    return tuple(client_as(user) for user in (company.seller, company.manager, company.director))


def post(browser, case, action, **body):
    return lambda: browser.post(f"/approvals/{case.pk}/{action}", body)


def assert_settled(case):
    """One end, told once; nobody is asked any more, and every ask that began has ended."""
    case.refresh_from_db()
    entries = Entry.objects.filter(data__case_id=case.pk)
    assert entries.filter(verb__in=ENDS).count() == 1
    assert not Ask.objects.filter(case=case, state__in=["waiting", "planned"]).exists()
    asked = entries.filter(verb="approval.asked").count()
    assert entries.filter(verb="approval.ask_ended").count() == asked
    assert case.closed_at is not None
    return case.state


@ROUNDS
def test_two_approvers_where_one_is_enough(company, browsers, rounds):
    flow = make_flow(approve("one", persons(company.manager, company.director), mode="any"))
    with together() as threads:
        for _ in range(rounds):
            case = open_case(flow, company.seller)
            answers = threads.do(*[post(each, case, "agree") for each in browsers[1:]])
            assert statuses(answers) == [200, 409]
            assert assert_settled(case) == "granted"
            states = Ask.objects.filter(case=case).values_list("state", flat=True)
            assert sorted(states) == ["agreed", "closed"]


@ROUNDS
def test_one_agrees_and_one_refuses_where_both_must_agree(company, browsers, rounds):
    flow = make_flow(approve("both", persons(company.manager, company.director)))
    _, manager, director = browsers
    with together() as threads:
        for _ in range(rounds):
            case = open_case(flow, company.seller)
            answers = threads.do(
                post(manager, case, "agree"), post(director, case, "refuse", comment="不合适")
            )
            assert statuses(answers) in ([200, 200], [200, 409])
            assert answers[1].status_code == 200
            assert assert_settled(case) == "refused"


@ROUNDS
def test_an_answer_and_a_withdrawal(company, browsers, rounds):
    flow = make_flow(approve("one", persons(company.manager)))
    seller, manager, _ = browsers
    with together() as threads:
        for _ in range(rounds):
            case = open_case(flow, company.seller)
            answers = threads.do(post(manager, case, "agree"), post(seller, case, "withdraw"))
            assert statuses(answers) == [200, 409]
            won = "granted" if answers[0].status_code == 200 else "withdrawn"
            assert assert_settled(case) == won


@ROUNDS
def test_a_double_click_answers_once(company, browsers, rounds):
    flow = make_flow(approve("one", persons(company.manager)))
    manager = browsers[1]
    with together() as threads:
        for _ in range(rounds):
            case = open_case(flow, company.seller)
            answers = threads.do(*[post(manager, case, "agree")] * 2)
            assert statuses(answers) == [200, 409]
            assert assert_settled(case) == "granted"


@ROUNDS
def test_an_escalation_and_an_answer(company, browsers, rounds):
    """The clock's last step gives the ask to somebody else while the person answers."""
    flow = make_flow(approve("one", persons(company.manager)))
    manager = browsers[1]
    with together() as threads:
        for _ in range(rounds):
            case = open_case(flow, company.seller)
            ask = Ask.objects.get(case=case)
            answered, _ = threads.do(post(manager, case, "agree"), escalated(ask, company))
            case.refresh_from_db()
            if answered.status_code == 200:
                assert assert_settled(case) == "granted"
            else:
                assert answered.status_code == 409
                heir = Ask.objects.get(case=case, state="waiting")
                assert heir.person == company.director
                agree(case, company.director)
                assert assert_settled(case) == "granted"


def escalated(ask, company):
    def do():
        return work.perform(
            lambda: approvals.reassign_ask(ask.pk, company.director.pk, actor=SYSTEM)
        )

    return do


@ROUNDS
def test_the_last_agreement_and_a_step_back(company, rounds):
    """The grant moves the deal forward while its owner moves it back: each in its turn."""
    signers = [
        make_user(name, role=role, unit=company.head_office)
        for role, name in (("legal", "孙法务"), ("presales", "吴售前"), ("finance", "郑财务"))
    ]
    seller, finance = client_as(company.seller), client_as(signers[2])
    deal = make_deal(company.seller)
    stages = ("first_talk", "needs_confirmed", "solution_demo", "quotation", "contract_approval")
    advance("deal", deal, *stages)
    open_lock("deal", deal, "signing")
    Case.objects.all().delete()
    path, back = f"/records/deal/{deal}/move", {"to_stage": "quotation", "reason": "重新报价"}
    with together() as threads:
        for _ in range(rounds):
            asked = seller.post(f"/records/deal/{deal}/move-approval", {"to_stage": "signing"})
            case = Case.objects.get(pk=asked.json()["case_id"])
            for person in (company.director, *signers[:2]):
                agree(case, person)
            answered, moved = threads.do(
                post(finance, case, "agree"),
                lambda: seller.post(path, back),
            )
            assert answered.status_code == 200, answered.json()
            assert assert_settled(case) == "granted"
            where = row_of("deal", deal).stage
            if case.carried_out:
                # From signing no move leads to quotation.
                assert (where, moved.status_code) == ("signing", 412)
                again = {"to_stage": "contract_approval", "reason": "重来"}
            else:
                assert (where, moved.status_code) == ("quotation", 200)
                assert case.outcome_code == "approval_overtaken"
                again = {"to_stage": "contract_approval"}
            assert seller.post(path, again).status_code == 200
