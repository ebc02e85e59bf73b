"""A salesperson takes a lead out of the pool, on a desk and with one thumb, and gives it back."""

import re

import pytest
from playwright.sync_api import expect

from tests.builders.pools import pooled_lead, set_rules
from tests.builders.records import row_of
from tests.stories.given import stored
from tests.stories.screen import choose, sheet, toast

PHONE = "13812345678"


@pytest.fixture
def lead(company) -> int:
    stored(set_rules, claim={"per_day": 3, "held": 9})
    return stored(pooled_lead, company.colleague, "孙主任", phone=PHONE, company="星海医院")


def test_a_lead_is_claimed_and_given_back(enter, company, lead):
    page = enter(company.seller, "/")
    page.get_by_role("link", name="公海").click()
    expect(page.get_by_text("今天还可领取 3 条（每天 3 条）")).to_be_visible()
    row = page.get_by_role("row", name=re.compile("孙主任"))
    expect(row).to_contain_text("138****5678")
    row.get_by_text("孙主任").click()
    shown = sheet(page, "孙主任")
    expect(shown).to_contain_text("李娜 → 线索公海")
    shown.get_by_role("button", name="领取 孙主任").click()
    expect(toast(page, "已领取「孙主任」")).to_be_visible()
    expect(page.get_by_text("今天还可领取 2 条（每天 3 条）")).to_be_visible()
    assert row_of("lead", lead).owner_id == company.seller.pk

    page.get_by_role("button", name="打开").click()
    expect(page.get_by_role("link", name=PHONE).first).to_be_visible()
    pool = page.get_by_role("region", name="公海")
    expect(pool).to_contain_text("领取保护期至")
    pool.get_by_role("button", name="退回公海").click()
    asked = sheet(page, "退回公海")
    choose(asked, "选择退回原因", "多次联系不上")
    asked.get_by_role("button", name="退回公海").click()
    expect(toast(page, "已进入公海")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("孙主任"))).to_contain_text("多次联系不上")
    assert row_of("lead", lead).owner_id is None


def test_a_lead_is_claimed_with_one_thumb(enter, company, lead):
    page = enter(company.seller, "/m/pools", width=390)
    card = page.get_by_role("listitem").filter(has_text="孙主任")
    expect(card).to_contain_text("138****5678")
    button = card.get_by_role("button", name="领取 孙主任")
    box = button.bounding_box()
    assert box is not None, "it is not on the screen"
    assert (box["height"] >= 40, box["width"] >= 300) == (True, True)
    button.click()
    expect(toast(page, "已领取「孙主任」")).to_be_visible()
    assert row_of("lead", lead).owner_id == company.seller.pk


def test_rules_are_previewed_before_they_are_published(enter, company, lead):
    page = enter(company.ops, "/admin/pools")
    page.get_by_role("link", name="线索公海").click()
    page.get_by_role("spinbutton", name="每人每天最多领取").fill("5")
    expect(page.get_by_text("每人每天最多领取 5 条")).to_be_visible()
    page.get_by_role("button", name="预览影响").click()
    expect(sheet(page, "预览影响").get_by_role("status")).to_contain_text("不会收回任何记录")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="发布", exact=True).click()
    sheet(page, "发布新规则？").get_by_role("button", name="发布", exact=True).click()
    expect(toast(page, re.compile("已发布第"))).to_be_visible()
