"""What is due for somebody, in their own calendar: a secret address that can be ended."""

from datetime import timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from closeloop.tasks import actions as tasks
from closeloop.tasks.actions import NewTask
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.records import make_contact, make_customer, make_deal

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(company):
    return tasks.create_task(
        NewTask(
            kind="call",
            title={"zh-CN": "回访", "en-US": "Call back"},
            owner_id=company.seller.pk,
            due_at=from_now() + timedelta(days=1),
            record_id=make_deal(company.seller, "星海医院 CT"),
            record_type="deal",
        ),
        actor=company.actor,
    )


def events(address: str) -> list:
    answer = Client().get(address[address.index("/api/") :])
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_a_calendar_program_reads_what_is_due_without_signing_in(company, task):
    address = client_as(company.seller).post("/me/calendar", {}).json()["address"]
    found = {str(event["UID"]): event for event in events(address)}
    event = found[f"task-task_id-{task.pk}@closeloop"]
    assert str(event["SUMMARY"]) == "回访 · 星海医院 CT"
    assert event.decoded("DTSTART") == task.due_at.replace(microsecond=0)
    assert str(event["URL"]).endswith(f"/tasks/{task.pk}")


def test_an_address_that_was_renewed_or_ended_leads_nowhere(company, task):
    seller = client_as(company.seller)
    first = seller.post("/me/calendar", {}).json()["address"]
    second = seller.post("/me/calendar", {}).json()["address"]
    assert Client().get(first).status_code == 404
    assert events(second)
    seller.delete("/me/calendar")
    assert Client().get(second).json()["code"] == "calendar_feed_not_found"
    assert seller.get("/me/calendar").json() == {"made_at": None}


def test_entries_are_in_the_company_s_zone_ring_and_say_no_more_than_a_title(company):
    contact = make_contact(
        company.seller, make_customer(company.seller), "陈主任", phone="13812345678"
    )
    tasks.create_task(
        NewTask(
            kind="call",
            title={"zh-CN": "回访", "en-US": "Call back"},
            owner_id=company.seller.pk,
            due_at=from_now(days=1),
            record_id=contact,
            record_type="contact",
            note="家里电话 025-8888888",
        ),
        actor=company.actor,
    )
    address = client_as(company.seller).post("/me/calendar", {}).json()["address"]
    answer = Client().get(address[address.index("/api/") :])
    calendar = Calendar.from_ical(answer.content)
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    event = next(each for each in calendar.walk("VEVENT") if "回访" in str(each["SUMMARY"]))
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert str(event["SUMMARY"]) == "回访 · 陈主任"
    assert [str(each["ACTION"]) for each in event.walk("VALARM")] == ["DISPLAY"]
    assert b"13812345678" not in answer.content
    assert b"8888888" not in answer.content


def test_what_is_unchanged_is_not_sent_again_and_what_was_called_off_says_so(company, task):
    address = client_as(company.seller).post("/me/calendar", {}).json()["address"]
    path = address[address.index("/api/") :]
    first = Client().get(path)
    same = Client().get(path, headers={"if-none-match": first["ETag"]})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])
    tasks.cancel_task(task.pk, actor=company.actor)
    changed = Client().get(path, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    found = {str(each["UID"]): each for each in Calendar.from_ical(changed.content).walk("VEVENT")}
    event = found[f"task-task_id-{task.pk}@closeloop"]
    assert (str(event["STATUS"]), event["SEQUENCE"]) == ("CANCELLED", 1)
    assert event.walk("VALARM") == []


def test_who_reads_too_often_is_told_to_wait(company, task, monkeypatch):
    monkeypatch.setattr("closeloop.desk.feed.MOST_READS", 2)
    monkeypatch.setattr("closeloop.desk.feed.WINDOW_S", 10**10)
    path = client_as(company.seller).post("/me/calendar", {}).json()["address"]
    answers = [Client().get(path[path.index("/api/") :]) for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert answers[-1].json()["code"] == "calendar_feed_asked_too_often"


def test_a_closed_account_has_no_calendar(company, task):
    address = client_as(company.seller).post("/me/calendar", {}).json()["address"]
    company.seller.is_active = False
    company.seller.save(update_fields=["is_active"])
    assert Client().get(address).status_code == 404
