"""A lead becomes customer, contact and deal under its gate; what exists is looked for first."""

import pytest
from playwright.sync_api import Page, expect

from tests.builders.records import advance, make_customer, make_lead, open_lock
from tests.stories import screen
from tests.stories.given import stored
from tests.stories.screen import column, sheet, toast


@pytest.fixture
def lead(company) -> int:
    return stored(make_lead, company.seller, "孙主任", company="江苏省人民医院")


def convert(page: Page):
    page.get_by_role("button", name="更多操作").click()
    page.get_by_role("menuitem", name="转为客户与商机").click()
    return sheet(page, "转化线索：孙主任")


def test_a_lead_that_is_not_ready_says_what_is_missing(enter, company, lead):
    stored(advance, "lead", lead, "contacted", "mql", "sql")
    page = enter(company.seller, f"/r/lead/{lead}")
    conversion = convert(page)
    conversion.get_by_role("button", name="确认转化").click()
    locked = conversion.get_by_role("alert").filter(has_text="还不能转化")
    expect(locked).to_contain_text("完成 SQL 清单")
    expect(page.get_by_role("heading", name="孙主任")).to_be_visible()


def test_a_ready_lead_joins_the_customer_that_exists(enter, company, lead):
    stored(make_customer, company.seller, "江苏省人民医院")
    stored(advance, "lead", lead, "contacted", "mql", "sql")
    stored(open_lock, "lead", lead, "converted")
    page = enter(company.seller, f"/r/lead/{lead}")
    conversion = convert(page)
    conversion.get_by_role("radio", name="江苏省人民医院").check()
    conversion.get_by_role("button", name="确认转化").click()
    expect(toast(page, "线索已转化")).to_be_visible()
    expect(page.get_by_role("link", name="江苏省人民医院").first).to_be_visible()
    page.goto("/r/customer")
    expect(page.get_by_role("link", name="江苏省人民医院")).to_have_count(1)
    page.goto(f"/r/lead/{lead}")
    expect(page.get_by_role("heading", name="孙主任")).to_contain_text("已转化")


def test_a_ready_lead_makes_a_new_customer(enter, company, lead):
    stored(advance, "lead", lead, "contacted", "mql", "sql")
    stored(open_lock, "lead", lead, "converted")
    page = enter(company.seller, f"/r/lead/{lead}")
    convert(page).get_by_role("button", name="确认转化").click()
    expect(toast(page, "线索已转化")).to_be_visible()
    page.goto("/r/contact")
    expect(page.get_by_role("link", name="孙主任")).to_be_visible()


def test_a_lead_dropped_on_converted_is_converted_there(enter, company, lead):
    stored(advance, "lead", lead, "contacted", "mql", "sql")
    stored(open_lock, "lead", lead, "converted")
    page = enter(company.seller, "/r/lead?kind=board")
    drag(page)
    conversion = sheet(page, "转化线索：孙主任")
    conversion.get_by_role("button", name="取消").click()
    expect(column(page, "销售认可线索 (SQL)").get_by_role("article")).to_have_count(1)
    drag(page)
    conversion.get_by_role("button", name="确认转化").click()
    expect(toast(page, "线索已转化")).to_be_visible()
    expect(page.get_by_role("heading", name="江苏省人民医院")).to_be_visible()


def test_a_locked_lead_dropped_on_converted_says_what_is_missing(enter, company, lead):
    stored(advance, "lead", lead, "contacted", "mql", "sql")
    page = enter(company.seller, "/r/lead?kind=board")
    drag(page)
    locked = sheet(page, "转化线索：孙主任").get_by_role("alert").filter(has_text="还不能转化")
    expect(locked).to_contain_text("完成 SQL 清单")
    page.keyboard.press("Escape")
    expect(column(page, "销售认可线索 (SQL)").get_by_role("article")).to_have_count(1)


def drag(page: Page) -> None:
    card = page.get_by_role("article").filter(has_text="孙主任")
    screen.drag(card, column(page, "已转化"), at={"x": 60, "y": 120})
