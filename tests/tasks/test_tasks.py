"""Asking somebody to do something: who takes it, sees it, finishes it, takes it back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from closeloop.identity.actor import SYSTEM
from closeloop.org import actions as org
from closeloop.org.actions import AbsencePlanned
from closeloop.org.models import Absence
from closeloop.tasks import actions, queries
from closeloop.tasks.actions import NewTask
from closeloop.tasks.errors import TaskClosed, TaskInvalid, TaskNotFound, TaskNotYours
from closeloop.tasks.models import Task, TaskState
from tests.builders.activity import entries, verbs
from tests.builders.asking import client_as
from tests.builders.people import actor_of
from tests.builders.records import make_deal

LATER = datetime(2099, 3, 2, tzinfo=UTC)
TITLE = {"zh-CN": "约见客户", "en-US": "Meet the customer"}


def ask(owner, *, asker=None, title=TITLE, **more):
    new = NewTask(kind="asked", title=title, owner_id=owner.pk, **more)
    return actions.create_task(new, actor=actor_of(asker) if asker else SYSTEM)


def boxes(user, **query):
    answer = client_as(user).get("/tasks", **query)
    assert answer.status_code == 200, answer.content
    return [each["id"] for each in answer.json()["items"]]


def test_a_task_is_asked_done_and_told(company):
    record = make_deal(company.seller)
    task = ask(
        company.seller, asker=company.manager, record_id=record, record_type="deal", due_at=LATER
    )
    done = actions.finish_task(task.pk, note=" 已约周五 ", actor=company.actor)
    assert (done.state, done.result, done.closed_by_id) == ("done", "已约周五", company.seller.pk)
    assert verbs()[-2:] == ["task.created", "task.done"]
    timeline = client_as(company.seller).get(f"/records/deal/{record}/timeline")
    told = [each["text"] for each in timeline.json()["items"]][:2]
    assert told == ["完成了任务「约见客户」", "安排了任务「约见客户」"]


def test_a_task_is_closed_once(company):
    task = ask(company.seller)
    actions.finish_task(task.pk, actor=company.actor)
    before = verbs()
    with pytest.raises(TaskClosed):
        actions.finish_task(task.pk, actor=company.actor)
    with pytest.raises(TaskClosed):
        actions.cancel_task(task.pk, actor=actor_of(company.manager))
    assert verbs() == before


def test_who_finishes_and_who_takes_back(company):
    task = ask(company.seller, asker=company.ops)
    for nobody in (company.colleague, company.ops):
        with pytest.raises(TaskNotYours):
            actions.finish_task(task.pk, actor=actor_of(nobody))
    for nobody in (company.colleague, company.seller):
        with pytest.raises(TaskNotYours):
            actions.cancel_task(task.pk, actor=actor_of(nobody))
    assert Task.objects.get().state == TaskState.OPEN
    actions.cancel_task(task.pk, actor=actor_of(company.ops))
    other = ask(company.seller)
    actions.finish_task(other.pk, actor=actor_of(company.director))
    assert set(Task.objects.values_list("state", flat=True)) == {"cancelled", "done"}


def test_a_task_has_a_title_and_somebody_to_do_it(company):
    org.change_user(company.colleague.pk, wanted={"is_active": False}, actor=SYSTEM)
    before = verbs()
    with pytest.raises(TaskInvalid) as refused:
        ask(company.colleague, title={"zh-CN": " "})
    assert [each["field"] for each in refused.value.data["errors"]] == ["title", "owner_id"]
    assert verbs() == before


def test_boxes_hold_what_concerns_their_viewer(company):
    mine = ask(company.seller, asker=company.manager)
    theirs = ask(company.stranger, asker=company.seller)
    assert boxes(company.seller) == [mine.pk]
    assert boxes(company.seller, box="asked") == [theirs.pk]
    assert boxes(company.manager, box="team") == [mine.pk]
    assert boxes(company.manager, box="asked") == [mine.pk]
    assert boxes(company.director, box="team") == [mine.pk, theirs.pk]
    assert boxes(company.colleague, box="team") == []


def test_only_readers_of_its_record_and_people_concerned_see_a_task(company):
    record = make_deal(company.seller)
    task = ask(company.stranger, record_id=record, record_type="deal")
    for reader in (company.seller, company.stranger, company.director, company.manager):
        assert queries.visible_task(task.pk, actor=actor_of(reader)) == task
    with pytest.raises(TaskNotFound):
        queries.visible_task(task.pk, actor=actor_of(company.colleague))
    shown = client_as(company.stranger).get(f"/tasks/{task.pk}").json()
    assert (shown["record"], shown["title"]) == (None, TITLE)
    assert client_as(company.seller).get(f"/tasks/{task.pk}").json()["record"]["id"] == record
    assert boxes(company.seller, record_id=record) == [task.pk]
    assert client_as(company.colleague).get("/tasks", record_id=record).status_code == 404


def test_while_its_owner_is_away_a_task_goes_to_the_stand_in(company):
    waiting = ask(company.seller)
    Absence.objects.create(
        person=company.seller,
        delegate=company.colleague,
        from_at=LATER - timedelta(days=50000),
        to_at=LATER,
        scope="clocks",
    )
    taken = ask(company.seller, asker=company.manager)
    assert (taken.owner_id, taken.origin) == (
        company.colleague.pk,
        {"on_behalf_of": company.seller.pk},
    )
    assert boxes(company.colleague) == [waiting.pk, taken.pk]
    actions.finish_task(waiting.pk, actor=actor_of(company.colleague))


def test_an_absence_for_approvals_keeps_tasks_where_they_are(company):
    planned = AbsencePlanned(
        company.seller.pk, LATER - timedelta(days=50000), LATER, company.colleague.pk, "approvals"
    )
    org.plan_absence(planned, actor=SYSTEM)
    assert ask(company.seller).owner_id == company.seller.pk


def test_open_tasks_are_handed_over_and_closed_ones_stay(company):
    done, waiting = ask(company.seller), ask(company.seller)
    actions.finish_task(done.pk, actor=company.actor)
    assert actions.reassign_tasks(company.seller.pk, company.colleague.pk, actor=SYSTEM) == 1
    owners = dict(Task.objects.values_list("pk", "owner_id"))
    assert owners == {done.pk: company.seller.pk, waiting.pk: company.colleague.pk}
    assert verbs()[-1] == "task.reassigned"


def test_a_task_over_http(company):
    asker = client_as(company.manager)
    body = {"title": "补齐纪要", "owner_id": company.seller.pk, "due_at": "2000-01-01T00:00:00Z"}
    made = asker.post("/tasks", body)
    assert made.status_code == 201
    task = made.json()
    assert (task["asker"]["name"], task["is_late"], task["can"]) == (
        "王经理",
        True,
        {"finish": True, "cancel": True},
    )
    done = client_as(company.seller).post(f"/tasks/{task['id']}/done", {"note": "已补"}).json()
    assert (done["state"], done["result"], done["is_late"]) == ("done", "已补", False)
    assert done["can"] == {"finish": False, "cancel": False}
    unseen = asker.post("/tasks", {"title": "样例", "record_id": 999999})
    assert (unseen.status_code, unseen.json()["code"]) == (404, "record_not_found")


def test_pages_are_complete_whether_tasks_have_a_due_time_or_not(company):
    for number in range(3):
        ask(company.seller, due_at=LATER + timedelta(hours=-number))
        ask(company.seller)
    asker = client_as(company.seller)
    for state in ("open", "done"):
        found, cursor = [], None
        for _ in range(3):
            query = {"cursor": cursor} if cursor else {}
            page = asker.get("/tasks", limit=2, state=state, **query).json()
            found += [each["id"] for each in page["items"]]
            cursor = page["next_cursor"]
        assert len(set(found)) == 6
        for task_id in found:
            asker.post(f"/tasks/{task_id}/done")


@pytest.mark.parametrize("count", [1, 20])
def test_a_box_costs_the_same_whatever_it_holds(company, count, django_assert_max_num_queries):
    record = make_deal(company.seller)
    for _ in range(count):
        ask(company.seller, record_id=record, record_type="deal")
    asker = client_as(company.seller)
    boxes(company.seller)
    with django_assert_max_num_queries(8):
        assert len(asker.get("/tasks").json()["items"]) == count


def test_several_tasks_at_once_are_made_as_one_by_one(company):
    record = make_deal(company.seller)
    news = [
        NewTask(kind="asked", title=TITLE, owner_id=owner.pk, record_id=record, record_type="deal")
        for owner in (company.seller, company.manager, company.seller)
    ]
    counts = []
    for some in (news[:1], news[:1], news):
        with CaptureQueriesContext(connection) as asked:
            made = actions.create_tasks(some, actor=SYSTEM)
        counts.append(len(asked))
    assert counts[1] == counts[2]
    assert [task.owner_id for task in made] == [each.owner_id for each in news]
    assert [each["task_id"] for each in entries("task.created")][2:] == [task.pk for task in made]
    with pytest.raises(TaskInvalid):
        actions.create_tasks([*news, NewTask(kind="asked", title={}, owner_id=0)], actor=SYSTEM)
    assert Task.objects.count() == 5
