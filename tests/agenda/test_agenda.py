"""What somebody has to do, day by day, and the list of the week."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from closeloop.agenda import actions, weekly
from closeloop.agenda.weekly import Sending
from closeloop.identity.actor import SYSTEM
from closeloop.notices.models import Notice
from closeloop.sla.models import Clock
from closeloop.tasks import actions as tasks
from closeloop.tasks.actions import NewTask
from closeloop.tasks.models import Task, TaskState
from tests.builders.activity import verbs
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.records import make_deal, make_lead

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = date(2098, 6, 2)
SUNDAY_NIGHT = datetime(2098, 6, 1, 15, 59, tzinfo=UTC)
MONDAY_MORNING = datetime(2098, 6, 2, 0, 5, tzinfo=UTC)


def ask(owner, title, due_at=None, **more):
    name = {"zh-CN": title, "en-US": title}
    new = NewTask(kind="asked", title=name, owner_id=owner.pk, due_at=due_at, **more)
    return tasks.create_task(new, actor=SYSTEM)


def agenda(user, **query):
    answer = client_as(user).get("/agenda", **query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def titles(rows):
    return [each["title"] for each in rows]


def test_days_begin_at_midnight_in_the_company_s_zone(company):
    ask(company.seller, "周日晚", SUNDAY_NIGHT)
    ask(company.seller, "周一早", datetime(2098, 6, 1, 16, 0, tzinfo=UTC))
    ask(company.seller, "下周一", datetime(2098, 6, 8, 16, 0, tzinfo=UTC))
    found = agenda(company.seller, since=MONDAY.isoformat())
    assert [day["date"] for day in found["days"]] == [
        (MONDAY + timedelta(days=place)).isoformat() for place in range(7)
    ]
    assert [titles(day["items"]) for day in found["days"]] == [["周一早"], *[[]] * 6]
    assert (found["since"], found["until"]) == ("2098-06-02", "2098-06-08")


def test_what_is_late_stands_before_and_what_has_no_day_apart(company):
    ask(company.seller, "早该做", from_now(days=-3))
    ask(company.seller, "有空做")
    done = ask(company.seller, "做完了", from_now(days=-3))
    tasks.finish_task(done.pk, actor=SYSTEM)
    found = agenda(company.seller)
    assert titles(found["late"]) == ["早该做"]
    assert titles(found["dateless"]) == ["有空做"]
    assert found["people"][0]["late"] == 1


def test_a_clock_stands_on_its_day_but_not_beside_its_task(company):
    lead = make_lead(company.seller, "孙主任")
    task = ask(company.seller, "回电", from_now(days=1))
    found = agenda(company.seller, days=31)
    kinds = [(each["kind"], each["task_id"]) for day in found["days"] for each in day["items"]]
    assert ("task", task.pk) in kinds
    clocks = [each for day in found["days"] for each in day["items"] if each["kind"] == "clock"]
    assert {each["record"]["id"] for each in clocks} == {lead}
    assert {each["link"] for each in clocks} == {f"/r/lead/{lead}"}


def test_the_counts_are_those_of_the_rows(company):
    make_lead(company.seller)
    make_deal(company.colleague)
    for owner in (company.seller, company.seller, company.colleague):
        ask(owner, "约见", from_now(days=2))
    ask(company.colleague, "逾期", from_now(days=-2))
    found = agenda(company.manager, team="true", days=31)
    now, ends = (
        from_now(),
        datetime.combine(
            date.fromisoformat(found["until"]) + timedelta(days=1), time(), tzinfo=SHANGHAI
        ),
    )
    expected = {}
    rows = [
        *Task.objects.filter(state=TaskState.OPEN),
        *Clock.objects.exclude(about_kind="task").filter(state="running", closed_at=None),
    ]
    for row in rows:
        if row.due_at is not None and row.due_at < ends:
            count, late = expected.get(row.owner_id, (0, 0))
            expected[row.owner_id] = (count + 1, late + (row.due_at < now))
    told = {each["id"]: (each["count"], each["late"]) for each in found["people"]}
    assert {key: value for key, value in told.items() if value != (0, 0)} == expected
    assert expected[company.colleague.pk][1] == 1


def test_a_manager_sees_the_team_and_nobody_sees_a_stranger(company):
    ask(company.seller, "约见", from_now(days=1))
    ask(company.stranger, "别人的", from_now(days=1))
    team = agenda(company.manager, team="true")
    shown = [each for day in team["days"] for each in day["items"]]
    assert titles(shown) == ["约见"]
    assert shown[0]["owner"]["name"] == company.seller.name
    one = agenda(company.manager, person=company.seller.pk)
    assert [each["id"] for each in one["people"]] == [company.seller.pk]
    for asker, person in ((company.manager, company.stranger), (company.seller, company.manager)):
        refused = client_as(asker).get("/agenda", person=person.pk)
        assert (refused.status_code, refused.json()["code"]) == (404, "agenda_person_not_found")
    assert agenda(company.seller, team="true")["people"] == []


@pytest.mark.parametrize("number", [1, 20])
def test_the_queries_do_not_grow_with_what_is_to_be_done(company, number):
    for place in range(number):
        record = make_deal(company.seller)
        ask(company.seller, f"任务{place}", from_now(days=1), record_id=record, record_type="deal")
    client = client_as(company.seller)
    client.get("/agenda")
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get("/agenda").status_code == 200
    assert len(caught) <= 14


@pytest.mark.parametrize(
    ("day", "week"),
    [(2, 2), (4, 2), (5, 9), (6, 9), (8, 9)],
)
def test_a_list_is_about_the_week_or_from_thursday_on_about_the_next(day, week):
    assert weekly.week_of(date(2098, 6, day)) == date(2098, 6, week)


def test_everybody_with_something_to_do_is_told_once_a_week(company):
    ask(company.seller, "周三约见", datetime(2098, 6, 4, 2, tzinfo=UTC))
    ask(company.seller, "拖到现在", datetime(2098, 5, 30, 2, tzinfo=UTC))
    ask(company.colleague, "再下周", datetime(2098, 6, 10, 2, tzinfo=UTC))
    Clock.objects.all().delete()
    assert actions.send_weekly(MONDAY_MORNING - timedelta(minutes=10)) == 0
    assert actions.send_weekly(MONDAY_MORNING) == 1
    assert actions.send_weekly(MONDAY_MORNING + timedelta(minutes=10)) == 0
    told = Notice.objects.get(event="agenda.week")
    assert (told.person_id, told.data["count"], told.data["late"]) == (company.seller.pk, 2, 1)
    assert told.link == "/agenda?since=2098-06-02"
    assert verbs()[-1] == "agenda.week_sent"
    assert actions.send_weekly(MONDAY_MORNING + timedelta(days=7)) == 2


def test_when_it_is_sent_is_configured(company):
    client = client_as(company.ops)
    assert client.get("/agenda/weekly").json() == {"is_on": True, "weekday": 0, "at": "08:00"}
    wanted = {"is_on": True, "weekday": 4, "at": "17:00"}
    assert client.put("/agenda/weekly", wanted).json() == {**wanted, "at": "17:00"}
    assert client_as(company.seller).put("/agenda/weekly", wanted).status_code == 403
    friday = datetime(2098, 6, 6, 9, 0, tzinfo=UTC)
    held = weekly.current()
    assert weekly.due_week(held, friday - timedelta(minutes=1), SHANGHAI) is None
    assert weekly.due_week(held, friday, SHANGHAI) == date(2098, 6, 9)
    off = Sending(is_on=False, weekday=4, at=time(17))
    assert weekly.due_week(off, friday, SHANGHAI) is None
