"""What is due for somebody, in their own calendar: a secret address that can be ended."""

from datetime import timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from closeloop.tasks import actions as tasks
from closeloop.tasks.actions import NewTask
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.records import make_deal

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


def test_a_closed_account_has_no_calendar(company, task):
    address = client_as(company.seller).post("/me/calendar", {}).json()["address"]
    company.seller.is_active = False
    company.seller.save(update_fields=["is_active"])
    assert Client().get(address).status_code == 404
