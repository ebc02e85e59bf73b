"""From a promise that was found to a task, once; what was declined is remembered."""

from datetime import datetime
from zoneinfo import ZoneInfo

from closeloop.conversations.models import Promise
from closeloop.records.models import Record
from closeloop.tasks.models import Task
from tests.builders.activity import entries
from tests.builders.asking import client_as

WEDNESDAY = datetime(2026, 11, 18, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
MINUTES = "价格谈到135万。我们下周三前把合同初稿发给陈主任。院方负责确认付款方式。"


def promises(add, customer, text=MINUTES):
    made = add(text, at=WEDNESDAY, record=Record.objects.get(pk=customer.pk))
    return made, list(Promise.objects.order_by("start"))


def test_promises_are_proposed_with_their_sentence_and_day(company, customer, add):
    _, [ours, theirs] = promises(add, customer)
    assert MINUTES[ours.start : ours.end] == ours.sentence == "我们下周三前把合同初稿发给陈主任。"
    assert (ours.is_ours, ours.due_at.isoformat()) == (True, "2026-11-25T10:00:00+00:00")
    assert (theirs.is_ours, theirs.due_at) == (False, None)


def test_a_click_makes_a_task_at_the_deal(company, customer, add):
    _, [ours, _] = promises(add, customer)
    answer = client_as(company.seller).post(f"/promises/{ours.pk}/confirmed", {})
    task = Task.objects.get(pk=answer.json()["task_id"])
    assert (task.record_id, task.owner_id) == (customer.deal, company.seller.pk)
    assert task.title["zh-CN"] == "我们下周三前把合同初稿发给陈主任"
    assert task.due_at == ours.due_at
    again = client_as(company.seller).post(f"/promises/{ours.pk}/confirmed", {})
    assert (again.status_code, Task.objects.count()) == (409, 1)
    assert len(entries("promise.confirmed")) == 1


def test_what_was_declined_is_not_proposed_again(company, customer, add):
    made, [ours, _theirs] = promises(add, customer)
    client_as(company.seller).post(f"/promises/{ours.pk}/declined", {})
    body = {"text": f"补充一句。{MINUTES}我们明天安排工程师上门。"}
    shown = client_as(company.seller).patch(f"/conversations/{made.pk}", body).json()
    assert [(each["sentence"][:4], each["state"]) for each in shown["promises"]] == [
        ("我们下周", "declined"),
        ("院方负责", "proposed"),
        ("我们明天", "proposed"),
    ]


def test_a_promise_of_anothers_customer_is_not_there(company, customer, add):
    _, [ours, _] = promises(add, customer)
    for what in ("confirmed", "declined"):
        answer = client_as(company.stranger).post(f"/promises/{ours.pk}/{what}", {})
        assert answer.status_code == 404
    assert not Task.objects.exists()
