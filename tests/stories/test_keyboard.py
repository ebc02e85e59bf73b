"""Hands on the keyboard alone: search, sign in, find a deal, move it, read why it is locked."""

import re

from playwright.sync_api import Page, expect

from tests.builders.people import PASSWORD
from tests.builders.records import make_customer, make_deal, open_lock
from tests.stories.given import stored, sunli
from tests.stories.screen import current_stage, sheet, toast

STEPS = 60
"""No place on these screens is further away than this many presses of the Tab key."""


def tab_to(page: Page, role: str, name: str | re.Pattern[str]) -> None:
    """Press Tab until the element has the focus."""
    wanted = page.get_by_role(role, name=name).first
    expect(wanted).to_be_visible()
    presses = 0
    while not wanted.evaluate("element => element === document.activeElement"):
        presses += 1
        assert presses < STEPS, f"{role} {name} cannot be reached"
        page.keyboard.press("Tab")


def open_palette(page: Page) -> None:
    page.keyboard.press("Control+K")
    expect(page.get_by_role("combobox", name="输入名称、拼音首字母或操作")).to_be_focused()


def test_two_characters_or_initials_find_a_record_anywhere(enter, company):
    stored(make_customer, company.seller, "苏州工业园区星海医院")
    page = enter(company.seller, "/r/lead")
    expect(page.get_by_role("heading", name="线索")).to_be_visible()
    for text in ("星海", "szgyyq"):
        open_palette(page)
        page.keyboard.type(text)
        expect(page.get_by_role("option", name="苏州工业园区星海医院")).to_be_visible()
        expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="苏州工业园区星海医院")).to_be_visible()


def test_the_palette_opens_pages_and_makes_records_and_escape_closes_it(enter, company):
    page = enter(company.seller)
    expect(page.get_by_role("heading", name="张伟，今天先做这些")).to_be_visible()
    open_palette(page)
    page.keyboard.type("新建商机")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="新建商机")).to_be_visible()
    open_palette(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_keyboard_alone_signs_in_finds_a_deal_reads_its_lock_and_moves_it(enter, company):
    seller = stored(sunli, company)
    deal = stored(make_deal, seller, "星海医院 CT")
    page = enter(None)
    tab_to(page, "textbox", "用户名")
    page.keyboard.type("sunli")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="孙丽，今天先做这些")).to_be_visible()

    open_palette(page)
    page.keyboard.type("星海")
    expect(page.get_by_role("option", name="星海医院 CT")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="星海医院 CT")).to_be_visible()

    tab_to(page, "button", re.compile("^选择来源"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("「初步接触」的离开门禁").first).to_be_visible()

    stored(open_lock, "deal", deal, "first_talk")
    page.reload()
    tab_to(page, "button", "推进到「初次沟通」")
    page.keyboard.press("Enter")
    expect(sheet(page, "推进到「初次沟通」")).to_be_visible()
    tab_to(page, "button", "确认推进")
    page.keyboard.press("Enter")
    expect(toast(page, "已进入「初次沟通」")).to_be_visible()
    expect(current_stage(page)).to_contain_text("初次沟通")
