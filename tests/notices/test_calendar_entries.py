"""Mails that remind carry what is due as a calendar entry, as a mail program reads it."""

from datetime import date, timedelta
from email import charset, message_from_bytes, policy
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from icalendar import Calendar

from closeloop.desk import actions as desk
from closeloop.desk import feed
from closeloop.identity.actor import SYSTEM
from closeloop.notices.models import Setting
from closeloop.notices.sweeping import sweep
from closeloop.sla import actions as sla
from closeloop.sla.models import Clock, PolicyVersion
from closeloop.tasks import actions as tasks
from closeloop.tasks.actions import NewTask
from tests.builders.asking import client_as
from tests.builders.people import actor_of
from tests.builders.records import make_deal
from tests.notices.working import work

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def seller(clock, company, post):
    """A salesperson who reads mail."""
    company.seller.email = "zhang@corp.example"
    company.seller.save()
    return company.seller


@pytest.fixture
def by_mail():
    """Follow-ups are reminded of by mail."""
    shipped = PolicyVersion.objects.get(policy__key="next_follow_up", is_current=True)
    definition = {
        **shipped.definition,
        "warnings": [{**each, "channels": ["mail"]} for each in shipped.definition["warnings"]],
        "steps": [{**each, "channels": ["mail"]} for each in shipped.definition["steps"]],
    }
    sla.publish(definition, actor=SYSTEM)


@pytest.fixture(autouse=True, params=[charset.BASE64, charset.QP])
def as_any_library_left_it(request):
    """Text goes as it is, or as a library has it go for the whole process."""
    before = charset.CHARSETS["utf-8"]
    charset.add_charset("utf-8", charset.SHORTEST, request.param, "utf-8")
    yield
    charset.CHARSETS["utf-8"] = before


def read(post, place=-1):
    """The calendar part of a mail that came over the wire, read from its bytes."""
    mail = message_from_bytes(post.server.mails[place].as_bytes(), policy=policy.default)
    (part,) = [each for each in mail.walk() if each.get_content_type() == "text/calendar"]
    assert part.get_param("method") == "PUBLISH"
    assert part.get_content_charset() == "utf-8"
    assert part.get_filename() == "closeloop.ics"
    assert part.get_content_disposition() == "attachment"
    content = part.get_payload(decode=True)
    assert content.count(b"\n") == content.count(b"\r\n")
    found = Calendar.from_ical(content)
    assert (str(found["METHOD"]), str(found["VERSION"])) == ("PUBLISH", "2.0")
    return content.decode(), found


def event_in(found):
    (event,) = found.walk("VEVENT")
    return event


def assign(seller, **more):
    new = NewTask(
        kind="call",
        title={"zh-CN": "回访；确认装机", "en-US": "Call back"},
        owner_id=seller.pk,
        record_id=make_deal(seller, "星海医院 CT"),
        record_type="deal",
        **more,
    )
    return tasks.create_task(new, actor=SYSTEM)


@pytest.fixture
def tasks_by_mail(seller):
    """The salesperson wants tasks by mail."""
    Setting.objects.update_or_create(
        person=seller, defaults={"channels": {"tasks": {"mail": True}}}
    )


def test_a_task_comes_with_its_entry_in_the_readers_zone(seller, clock, post, tasks_by_mail):
    due_at = clock.now + timedelta(days=1, hours=4)
    task = assign(seller, due_at=due_at)
    work()
    text, found = read(post)
    event = event_in(found)
    assert str(event["UID"]) == f"task-task_id-{task.pk}@closeloop"
    assert str(event["SUMMARY"]) == "回访；确认装机"
    assert "DTSTART;TZID=Asia/Shanghai:20261124T140000" in text
    (zone,) = found.walk("VTIMEZONE")
    assert str(zone["TZID"]) == "Asia/Shanghai"
    assert event.decoded("DTSTART") == due_at
    assert str(event["URL"]) == f"{settings.PUBLIC_URL}/tasks/{task.pk}"
    assert f"/tasks/{task.pk}" in str(event["DESCRIPTION"])
    assert [each.decoded("TRIGGER") for each in event.walk("VALARM")] == [timedelta(minutes=-30)]
    assert str(post.server.mails[0]["Subject"]) == "新任务：回访；确认装机"


def test_who_lives_elsewhere_reads_their_own_time(seller, clock, post, tasks_by_mail):
    Setting.objects.filter(person=seller).update(time_zone="Europe/Berlin")
    assign(seller, due_at=clock.now + timedelta(hours=6))
    work()
    text, found = read(post)
    assert "DTSTART;TZID=Europe/Berlin:20261123T090000" in text
    assert event_in(found).decoded("DTSTART") == clock.now + timedelta(hours=6)


def test_a_task_without_a_date_has_no_entry(seller, post, tasks_by_mail):
    assign(seller)
    work()
    (mail,) = post.server.mails
    assert [each.get_content_type() for each in mail.iter_attachments()] == []


def test_a_second_reminder_of_a_follow_up_updates_the_first(seller, clock, post, by_mail):
    deal = make_deal(seller, "星海医院 CT")
    values = {"next_follow_up": date(2026, 11, 25).isoformat()}
    desk.change_record("deal", deal, values, expected_version=1, actor=actor_of(seller))
    due_at = Clock.objects.get(policy__key="next_follow_up", closed_at=None).due_at
    clock.tell(due_at - timedelta(hours=9))
    sla.sweep()
    work()
    first = event_in(read(post)[1])
    assert str(first["SUMMARY"]) == "下次跟进 · 星海医院 CT"
    assert first.decoded("DTSTART") == due_at
    assert str(first["URL"]) == f"{settings.PUBLIC_URL}/records/deal/{deal}"
    clock.tell(due_at + timedelta(hours=15))
    sla.sweep()
    work()
    second = event_in(read(post)[1])
    assert len(post.server.mails) == 2
    assert second["UID"] == first["UID"]
    assert second["SEQUENCE"] > first["SEQUENCE"]
    assert second["DTSTAMP"].dt > first["DTSTAMP"].dt
    assert list(second.walk("VALARM")) == []
    # The private feed shows the same entry, not a second one.
    address = client_as(seller).post("/me/calendar", {}).json()["address"]
    fed = Calendar.from_ical(feed.calendar_for(address.partition("key=")[2]).content)
    assert str(first["UID"]) in {str(each["UID"]) for each in fed.walk("VEVENT")}


def test_who_only_reads_gets_no_entry(seller, company, clock, post, by_mail):
    company.manager.email = "wang@corp.example"
    company.manager.save()
    deal = make_deal(seller, "星海医院 CT")
    values = {"next_follow_up": date(2026, 11, 25).isoformat()}
    desk.change_record("deal", deal, values, expected_version=1, actor=actor_of(seller))
    due_at = Clock.objects.get(policy__key="next_follow_up", closed_at=None).due_at
    clock.tell(due_at + timedelta(hours=15))
    sla.sweep()
    work()
    mails = {str(mail["To"]): mail for mail in post.server.mails}
    (copy,) = [mail for to, mail in mails.items() if "wang@" in to]
    assert [each.get_content_type() for each in copy.iter_attachments()] == []


def test_a_digest_holds_each_entry_once(seller, clock, post, tasks_by_mail):
    Setting.objects.filter(person=seller).update(digest="hourly")
    due_at = clock.now + timedelta(days=1)
    made = [assign(seller, due_at=due_at) for _ in range(2)]
    later = clock.now + timedelta(hours=2)
    clock.tell(later)
    sweep()
    work()
    _, found = read(post)
    assert {str(each["UID"]) for each in found.walk("VEVENT")} == {
        f"task-task_id-{task.pk}@closeloop" for task in made
    }
