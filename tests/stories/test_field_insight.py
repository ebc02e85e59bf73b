"""Told before the first use; one's days in a calendar program; a manager down to the records."""

import re
import uuid

from django.test import Client
from icalendar import Calendar
from playwright.sync_api import expect

from closeloop.fieldwork.models import FollowUp
from closeloop.privacy import purposes
from closeloop.records.models import Record
from closeloop.tasks import actions as tasks
from closeloop.tasks.actions import NewTask
from tests.builders.moments import from_now
from tests.builders.people import actor_of
from tests.builders.records import make_customer, make_deal
from tests.stories.given import stored
from tests.stories.screen import sheet

CUSTOMER = "星海医院"


def make_task(owner) -> int:
    title = {"zh-CN": "约院长谈预算", "en-US": "Meet the head"}
    new = NewTask(kind="asked", title=title, owner_id=owner.pk, due_at=from_now(hours=1))
    return tasks.create_task(new, actor=actor_of(owner)).pk


def make_busy(seller) -> None:
    """Nine calls with one customer, whose deal stays where it is."""
    customer = make_customer(seller, CUSTOMER)
    make_deal(seller, "星海医院 CT 采购", customer=customer)
    held = Record.objects.get(pk=customer)
    for day in range(1, 10):
        FollowUp.objects.create(
            author=seller,
            client_id=uuid.uuid4(),
            kind="call",
            state="counted",
            record=held,
            record_type="customer",
            customer_id=customer,
            unit_id=held.unit_id,
            at=from_now(days=-day),
            counted_at=from_now(days=-day),
            text="再沟通",
        )


def test_somebody_is_told_and_asked_before_their_place_is_first_read(enter, company):
    page = enter(company.seller, "/m/followup", width=390)
    notice = page.get_by_role("dialog", name="使用位置")
    expect(notice).to_contain_text("不会在后台跟踪")
    notice.get_by_role("button", name="同意", exact=True).click()
    expect(notice).not_to_be_visible()
    page.goto("/m/privacy")
    card = page.get_by_role("region", name="使用位置")
    expect(card).to_contain_text("已同意")
    assert stored(purposes.has_agreed, company.seller.pk, "location")
    card.get_by_role("button", name="不同意").click()
    expect(card.get_by_role("button", name="不同意")).to_have_attribute("aria-pressed", "true")
    assert not stored(purposes.has_agreed, company.seller.pk, "location")


def test_days_ahead_are_read_by_a_calendar_program_without_signing_in(enter, company):
    stored(make_task, company.seller)
    page = enter(company.seller, "/")
    page.get_by_role("link", name="日程").click()
    expect(page.get_by_role("link", name="约院长谈预算")).to_be_visible()
    feed = page.get_by_role("region", name="日历订阅")
    feed.get_by_role("button", name="生成地址").click()
    address = feed.get_by_label("请现在复制，离开后不再显示").input_value()
    answer = Client().get(address[address.index("/api/calendar.ics") :])
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert "约院长谈预算" in {str(each["SUMMARY"]) for each in events}


def test_a_manager_opens_who_is_busy_without_progress_down_to_the_records(enter, company):
    stored(make_busy, company.seller)
    page = enter(company.manager, "/")
    page.get_by_role("link", name="外勤洞察").click()
    row = page.get_by_role("row", name=re.compile(company.seller.name))
    expect(row).to_contain_text("忙而无进展")
    row.get_by_role("button", name=company.seller.name).click()
    behind = sheet(page, company.seller.name)
    expect(behind.get_by_role("region", name="辅导建议")).to_contain_text(
        "9 次有效跟进涉及 1 家客户"
    )
    behind.get_by_role("link", name=CUSTOMER, exact=True).click()
    expect(page.get_by_role("heading", name=CUSTOMER)).to_be_visible()
