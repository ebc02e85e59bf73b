"""Which channel pays: a cost is entered, the board answers, a figure opens down to its leads."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.builders.records import advance, make_lead
from tests.stories.given import stored
from tests.stories.screen import choose, toast


def row(page: Page, channel: str) -> Locator:
    board = page.get_by_role("table", name="各渠道")
    return board.get_by_role("row").filter(has_text=channel)


def figure(page: Page, channel: str, name: str) -> Locator:
    return row(page, channel).get_by_role("button", name=re.compile(f"^{name} "))


def test_a_cost_is_entered_and_every_figure_opens_its_leads(enter, company):
    for name in ("孙主任", "钱采购"):
        stored(make_lead, company.seller, name, source="search_ad")
    touched = stored(make_lead, company.seller, "李设备", source="referral")
    stored(advance, "lead", touched, "contacted")

    page = enter(company.ops, "/channel-board")
    expect(figure(page, "搜索广告", "线索")).to_have_text("2")
    expect(figure(page, "客户转介绍", "已触达")).to_contain_text("1/1")
    page.get_by_role("button", name="渠道花费").click()
    sheet = page.get_by_role("dialog", name="渠道花费")
    choose(sheet, "渠道", "搜索广告")
    sheet.get_by_role("spinbutton", name="花费").fill("30000")
    sheet.get_by_role("button", name="录入花费").click()
    expect(toast(page, "花费已录入")).to_be_visible()
    entries = sheet.get_by_role("list", name="已录入的花费")
    expect(entries.get_by_role("listitem")).to_contain_text("¥30,000")
    page.keyboard.press("Escape")
    expect(row(page, "搜索广告")).to_contain_text(re.compile("¥[1-9]"))

    figure(page, "搜索广告", "线索").click()
    leads = page.get_by_role("dialog", name=re.compile("搜索广告 · 线索"))
    expect(leads.get_by_role("link")).to_have_text(["钱采购", "孙主任"])
    leads.get_by_role("link", name="孙主任").click()
    expect(page.get_by_role("heading", name="孙主任")).to_be_visible()


def test_the_funnel_opens_by_month_on_a_phone(enter, company):
    stored(make_lead, company.seller, "孙主任")
    page = enter(company.ops, "/channel-board?tab=funnel", width=390)
    month = page.get_by_role("listitem").filter(has_text="没有突出的瓶颈")
    month.get_by_role("button", name="跟进中 1").first.click()
    expect(page.get_by_role("dialog").get_by_role("link", name="孙主任")).to_be_visible()
