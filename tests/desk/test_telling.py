"""Who is told of tasks, absences and handovers, and in which words."""

from datetime import UTC, datetime, timedelta

import pytest

from closeloop.identity.actor import SYSTEM
from closeloop.notices.models import Notice
from closeloop.org import actions as org
from closeloop.org.actions import AbsencePlanned
from closeloop.tasks import actions as tasks
from closeloop.tasks.actions import NewTask
from tests.builders.asking import client_as
from tests.builders.people import actor_of

pytestmark = pytest.mark.django_db
MONDAY = datetime(2099, 3, 2, 1, tzinfo=UTC)
TITLE = {"zh-CN": "约见客户", "en-US": "Meet the customer"}


def told():
    """Who was told of what, in their order."""
    return list(Notice.objects.order_by("pk").values_list("person__name", "event"))


def words_for(person):
    shown = client_as(person).get("/notices").json()["items"][0]
    return shown["title"], shown["body"], shown["link"]


def task_for(person, *, actor=SYSTEM):
    new = NewTask(kind="asked", title=TITLE, owner_id=person.pk, due_at=MONDAY, note="带上报价")
    return tasks.create_task(new, actor=actor)


def test_an_owner_is_told_of_a_task_and_its_asker_of_the_end(company):
    task = task_for(company.seller, actor=actor_of(company.manager))
    assert words_for(company.seller) == (
        "新任务：约见客户",
        "王经理请您在 3月2日 09:00 前完成「约见客户」。带上报价",
        f"/tasks/{task.pk}",
    )
    tasks.finish_task(task.pk, note="已约周五", actor=company.actor)
    assert told() == [("张伟", "task.created"), ("王经理", "task.done")]
    assert words_for(company.manager)[1] == "张伟完成了您安排的「约见客户」。已约周五"


def test_nobody_is_told_of_what_they_did_themselves(company):
    task = task_for(company.seller, actor=company.actor)
    tasks.finish_task(task.pk, actor=company.actor)
    assert told() == []


def test_a_task_of_the_system_says_so(company):
    task_for(company.seller)
    assert words_for(company.seller)[1].startswith("系统请您")


def test_a_stand_in_is_told_when_and_for_whom(company):
    planned = AbsencePlanned(
        company.seller.pk, MONDAY, MONDAY + timedelta(days=1), company.colleague.pk, reason="年假"
    )
    absence = org.plan_absence(planned, actor=company.actor)
    assert words_for(company.colleague) == (
        "请您代理：张伟",
        "张伟 于 3月2日 09:00 至 3月3日 09:00 外出，期间由您代理。年假",
        "/absences",
    )
    org.cancel_absence(absence.pk, actor=company.actor)
    assert told() == [("李娜", "absence.planned"), ("李娜", "absence.cancelled")]


def test_heirs_are_told_of_a_handover_once(company):
    for _ in range(2):
        task_for(company.seller, actor=company.actor)
    to = {"tasks": company.colleague.pk, "*": company.colleague.pk}
    org.hand_over(company.seller.pk, to=to, actor=actor_of(company.ops))
    assert told() == [("李娜", "handover.done")]
    assert "张伟 的工作已移交给您" in words_for(company.colleague)[0]
