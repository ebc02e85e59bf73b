"""What waits for somebody, soonest first, and what a manager's workbench shows of whom."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from closeloop.documents.actions import write_document
from closeloop.identity.actor import SYSTEM
from closeloop.org.models import Absence
from closeloop.process import actions as process
from closeloop.records.types import registry
from closeloop.sla.models import Clock
from closeloop.tasks import actions as tasks
from closeloop.tasks.actions import NewTask
from tests.builders.approvals import approve, make_flow, open_case, persons
from tests.builders.asking import client_as
from tests.builders.records import make_deal, make_lead

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2000, 1, 3, tzinfo=UTC)
FAR = datetime(2099, 1, 3, tzinfo=UTC)


def task_of(person, *, due_at=None, **more):
    new = NewTask(
        kind="asked", title={"zh-CN": "回访", "en-US": "Call"}, owner_id=person.pk, due_at=due_at,
        **more,
    )  # fmt: skip
    return tasks.create_task(new, actor=SYSTEM)


def due_of(person):
    answer = client_as(person).get("/today")
    assert answer.status_code == 200, answer.content
    return answer.json()["due"]


def workbench_of(person):
    answer = client_as(person).get("/workbench")
    assert answer.status_code == 200, answer.content
    return answer.json()


def redden(record_id):
    """Let every clock of a record be late and red."""
    Clock.objects.filter(record_id=record_id).update(
        red_since=LONG_AGO, breached_at=LONG_AGO, due_at=LONG_AGO
    )


def ask_for_exception(company):
    deal = make_deal(company.seller)
    return process.request_exception(
        registry.get("deal"), deal, to_stage="first_talk", reason="客户催", actor=company.actor
    )


def test_what_is_due_stands_in_the_order_of_its_time(company):
    late = task_of(company.seller, due_at=LONG_AGO)
    far = task_of(company.seller, due_at=FAR)
    open_end = task_of(company.seller)
    lead = make_lead(company.seller)
    due = due_of(company.seller)
    first = due[0]
    assert (first["kind"], first["at"], first["is_late"]) == ("task", "2000-01-03T00:00:00Z", True)
    assert (first["title"], first["link"]) == ("回访", f"/tasks/{late.pk}")
    assert (first["task_id"], first["case_id"], first["record"]) == (late.pk, None, None)
    assert [each["task_id"] for each in due[-2:]] == [far.pk, open_end.pk]
    clocks = due[1:-2]
    assert {each["kind"] for each in clocks} == {"clock"}
    assert {each["record"]["id"] for each in clocks} == {lead}
    assert "首次触达" in " ".join(each["title"] for each in clocks)
    times = [each["at"] for each in due if each["at"]]
    assert times == sorted(times)


def test_a_clock_about_a_task_stands_in_the_task(company):
    task = task_of(company.seller, due_at=FAR)
    clock = Clock.objects.get(about_kind="task", about_id=task.pk)
    Clock.objects.filter(pk=clock.pk).update(red_since=LONG_AGO)
    (due,) = due_of(company.seller)
    assert (due["kind"], due["clock_id"], due["is_red"]) == ("task", clock.pk, True)


def test_approvals_and_exceptions_wait_for_their_deciders(company):
    flow = make_flow(approve("boss", persons(company.manager)))
    case = open_case(flow, company.seller, title="折扣申请")
    request = ask_for_exception(company)
    due = due_of(company.manager)
    shown = {each["kind"]: each for each in due}
    assert (shown["approval"]["title"], shown["approval"]["case_id"]) == ("折扣申请", case.pk)
    assert shown["approval"]["link"] == f"/approvals/{case.pk}"
    assert "exception" in shown or f"{request.pk}" in str(due)
    assert {each["kind"] for each in due_of(company.colleague)} == set()


def test_a_stand_in_finds_what_waits_for_whom_they_stand_in(company):
    task_of(company.seller, due_at=FAR)
    assert due_of(company.colleague) == []
    Absence.objects.create(
        person=company.seller, delegate=company.colleague, from_at=LONG_AGO, to_at=FAR
    )
    assert [each["kind"] for each in due_of(company.colleague)] == ["task"]


def test_a_record_out_of_reach_is_not_named(company):
    theirs = make_deal(company.stranger, name="外区商机")
    task_of(company.seller, due_at=FAR, record_id=theirs, record_type="deal")
    (due,) = due_of(company.seller)
    assert due["record"] is None
    assert "外区商机" not in str(due)


def test_a_manager_sees_the_red_clocks_of_the_own_units_only(company):
    mine, theirs = make_deal(company.seller), make_deal(company.stranger)
    for deal in (mine, theirs):
        redden(deal)
    assert {each["record"]["id"] for each in workbench_of(company.manager)["red"]} == {mine}
    assert {each["record"]["id"] for each in workbench_of(company.director)["red"]} == {
        mine,
        theirs,
    }
    assert workbench_of(company.colleague)["red"] == []


def test_a_workbench_says_who_is_late(company):
    redden(make_deal(company.seller))
    make_deal(company.colleague)
    redden(make_deal(company.stranger))
    late = task_of(company.seller, due_at=LONG_AGO)
    task_of(company.stranger, due_at=LONG_AGO)
    page = workbench_of(company.manager)
    by_person = {each["person"]["name"]: each for each in page["late_by_person"]}
    assert set(by_person) == {"张伟", "李娜"}
    assert page["late_by_person"][0]["person"]["name"] == "张伟"
    assert by_person["张伟"]["late"] == by_person["张伟"]["running"]
    assert by_person["李娜"]["late"] == 0
    assert [each["id"] for each in page["tasks"]] == [late.pk]
    figures = page["figures"]
    assert (figures["people"], figures["tasks_open"], figures["tasks_late"]) == (2, 1, 1)
    assert figures["late"] == sum(each["late"] for each in page["late_by_person"])


def test_a_workbench_says_how_many_answers_are_awaited_since_when(company):
    flow = make_flow(approve("boss", persons(company.manager, company.director)))
    open_case(flow, company.seller, title="折扣申请")
    waiting = workbench_of(company.director)["approvals"]
    assert (waiting["waiting"], waiting["late"]) == (2, 0)
    assert waiting["oldest_at"] is not None
    assert workbench_of(company.stranger)["approvals"]["waiting"] == 0


def test_papers_about_records_in_reach_lie_on_the_workbench(company):
    mine, theirs = make_deal(company.seller), make_deal(company.stranger)
    papers = {
        deal: write_document(
            "risk_diagnosis", {}, record_id=deal, record_type="deal", actor=SYSTEM
        ).pk
        for deal in (mine, theirs)
    }
    shown = [each["id"] for each in workbench_of(company.manager)["documents"]]
    assert shown == [papers[mine]]


@pytest.mark.parametrize("count", [1, 20])
def test_both_pages_cost_the_same_whatever_they_hold(company, count, django_assert_num_queries):
    flow = make_flow(approve("boss", persons(company.manager)))
    for number in range(count):
        redden(make_deal(company.manager))
        task_of(company.manager, due_at=timezone.localtime() + timedelta(days=number))
        open_case(flow, company.seller, title=f"折扣申请{number}")
    asker = client_as(company.manager)
    asker.get("/workbench")
    with django_assert_num_queries(13):
        assert asker.get("/workbench").status_code == 200
