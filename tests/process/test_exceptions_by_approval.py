"""Exceptions that an approval flow decides: asked for as ever, granted or not together with it."""

import pytest

from closeloop.approvals import actions as approvals
from closeloop.approvals.actions import Answer
from closeloop.approvals.models import Case
from closeloop.identity.actor import SYSTEM
from closeloop.process import actions as process
from closeloop.process.models import ExceptionRequest, Version
from closeloop.sla.models import Clock
from tests.builders.activity import entries
from tests.builders.approvals import agree, approve, make_flow, persons, refuse, waiting
from tests.builders.asking import client_as
from tests.builders.people import actor_of
from tests.builders.records import make_deal, row_of

pytestmark = pytest.mark.django_db
REASON = "客户周五前必须看到方案"


def name_flow(flow, *, stage=""):
    """The process of deals names a flow for exceptions: all of them, or those into one stage."""
    current = Version.objects.get(blueprint__record_type="deal", is_current=True)
    definition = {"version": current.number, **current.definition}
    if stage:
        stages = definition["stages"]
        next(each for each in stages if each["key"] == stage)["exception_flow"] = flow
    else:
        definition["exception_flow"] = flow
    process.publish(definition, actor=SYSTEM)


@pytest.fixture
def flow(company):
    """Two levels decide about exceptions, one after another."""
    found = make_flow(
        approve("manager", persons(company.manager)), approve("director", persons(company.director))
    )
    name_flow(found)
    return found


def ask(company, to_stage="first_talk"):
    deal = make_deal(company.seller, "省医院 CT")
    body = {"to_stage": to_stage, "reason": REASON}
    asked = client_as(company.seller).post(f"/records/deal/{deal}/exceptions", body)
    assert asked.status_code == 201, asked.content
    return deal, ExceptionRequest.objects.get(pk=asked.json()["id"])


def state_of(request):
    request.refresh_from_db()
    return request.state


def test_asking_opens_a_case_that_says_what_is_asked(company, flow):
    deal, request = ask(company)
    case = request.case
    assert (case.flow.key, case.record_id, waiting(case)) == (flow, deal, ["王经理"])
    assert case.title == "省医院 CT → 初次沟通"
    assert case.comment.startswith(f"{REASON}\n还缺：")
    assert (request.state, request.decider) == ("open", None)
    mine = client_as(company.seller).get("/exceptions", box="mine").json()
    assert [each["case_id"] for each in mine] == [case.pk]
    manager = client_as(company.manager)
    assert manager.get("/exceptions", box="to_decide").json() == []
    assert [each["id"] for each in manager.get("/exceptions", box="all").json()] == [request.pk]


def test_the_step_of_the_flow_has_the_only_clock(company, flow):
    ask(company)
    assert not Clock.objects.filter(policy__key="exception_decision").exists()


def test_granted_by_all_the_deal_may_pass_once(company, flow):
    deal, request = ask(company)
    agree(request.case, company.manager)
    assert state_of(request) == "open"
    agree(request.case, company.director, "仅此一次")
    assert (state_of(request), request.decided_by, request.note) == (
        *("granted", company.director, "仅此一次"),
    )
    assert entries("process.exception_granted")[-1]["exception_id"] == request.pk
    moved = client_as(company.seller).post(f"/records/deal/{deal}/move", {"to_stage": "first_talk"})
    assert moved.json()["stage"] == "first_talk"
    assert state_of(request) == "used"


def test_refused_the_lock_stays_shut(company, flow):
    deal, request = ask(company)
    refuse(request.case, company.manager, "先补资料")
    assert (state_of(request), request.decided_by, request.note) == (
        *("refused", company.manager, "先补资料"),
    )
    moved = client_as(company.seller).post(f"/records/deal/{deal}/move", {"to_stage": "first_talk"})
    assert moved.status_code == 423
    assert row_of("deal", deal).stage == "first_contact"


def test_withdrawn_it_can_be_asked_for_again(company, flow):
    deal, request = ask(company)
    client_as(company.seller).post(f"/approvals/{request.case_id}/withdraw", {"comment": "补齐了"})
    assert state_of(request) == "withdrawn"
    body = {"to_stage": "first_talk", "reason": REASON}
    again = client_as(company.seller).post(f"/records/deal/{deal}/exceptions", body)
    assert again.status_code == 201


def test_returned_it_waits_for_its_requester(company, flow):
    _, request = ask(company)
    approvals.send_back(
        request.case_id, Answer(comment="写明日期"), to_node=None, actor=actor_of(company.manager)
    )
    assert state_of(request) == "open"


def test_nobody_decides_past_the_approval(company, flow):
    _, request = ask(company)
    answered = client_as(company.manager).post(
        f"/exceptions/{request.pk}/decision", {"granted": True, "note": ""}
    )
    assert (answered.status_code, answered.json()["code"]) == (409, "exception_in_approval")
    assert answered.json()["case_id"] == request.case_id
    assert state_of(request) == "open"


def test_a_stage_may_name_a_flow_of_its_own(company):
    name_flow(make_flow(approve("director", persons(company.director))), stage="signing")
    _, request = ask(company)
    assert (request.case, request.decider) == (None, company.manager)
    assert not Case.objects.exists()


def test_with_the_flow_switched_off_the_superior_decides(company, flow):
    approvals.switch_flow(flow, is_active=False, actor=SYSTEM)
    _, request = ask(company)
    assert (request.case, request.decider) == (None, company.manager)
    assert Clock.objects.get(policy__key="exception_decision").owner == company.manager
