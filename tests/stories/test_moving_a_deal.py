"""The main job: a deal that is locked says what is missing, and where each thing is done."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.builders.documents import make_document
from tests.builders.records import make_contact, make_deal, open_lock, row_of
from tests.stories.given import stored
from tests.stories.screen import choose, current_stage, sheet, toast, upload


@pytest.fixture
def deal(company) -> int:
    return stored(make_deal, company.seller, "星海医院 CT")


def missing(page: Page):
    return page.get_by_role("region", name=re.compile("还缺"))


def test_a_locked_deal_tells_everything_that_is_missing_at_once(enter, company, deal):
    page = enter(company.seller, f"/r/deal/{deal}")
    stages = page.get_by_role("list", name="阶段路径").get_by_role("listitem")
    expect(stages).to_have_count(8)
    expect(stages.first).to_have_attribute("aria-current", "step")
    expect(page.get_by_role("heading", name="推进到「初次沟通」还缺 3 项")).to_be_visible()
    expect(missing(page).get_by_role("button")).to_have_text(
        [
            re.compile("^选择来源"),
            re.compile("^至少标注 1 个决策链角色"),
            re.compile("^完成初步接触清单"),
        ]
    )


def test_each_missing_item_leads_to_the_place_where_it_is_done(enter, company, deal):
    page = enter(company.seller, f"/r/deal/{deal}")
    missing(page).get_by_role("button", name="选择来源").click()
    expect(page.get_by_role("tab", name="详细资料")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("combobox", name="来源")).to_be_focused()
    missing(page).get_by_role("button", name="至少标注 1 个决策链角色").click()
    expect(page.get_by_role("tab", name="决策链")).to_have_attribute("aria-selected", "true")
    missing(page).get_by_role("button", name="完成初步接触清单").click()
    expect(page.get_by_role("checkbox", name="已约定正式沟通时间")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("tab", name="决策链")).to_have_attribute("aria-selected", "true")


def test_a_missing_document_leads_to_the_upload_of_its_kind(enter, company, deal):
    stored(open_lock, "deal", deal, "first_talk")
    page = enter(company.seller, f"/r/deal/{deal}")
    page.get_by_role("button", name="推进到「初次沟通」").click()
    sheet(page, "推进到「初次沟通」").get_by_role("button", name="确认推进").click()
    expect(toast(page, "已进入「初次沟通」")).to_be_visible()
    missing(page).get_by_role("button", name="上传需求登记表").click()
    upload(page, "需求登记表", "需求.pdf", b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
    expect(missing(page).get_by_role("button", name="上传需求登记表")).to_have_count(0)


def test_the_sheet_supplies_what_is_missing_and_the_deal_moves(enter, company, deal):
    stored(make_contact, company.seller, row_of("deal", deal).customer_id, chain_role="user")
    page = enter(company.seller, f"/r/deal/{deal}")
    page.get_by_role("button", name="推进到「初次沟通」").click()
    move = sheet(page, "推进到「初次沟通」")
    expect(move.get_by_text("阶段已锁定，还缺 2 项")).to_be_visible()
    choose(move, "来源", "展会")
    for box in move.get_by_role("checkbox").all():
        box.check()
    move.get_by_role("button", name="确认推进").click()
    expect(toast(page, "已进入「初次沟通」")).to_be_visible()
    expect(current_stage(page)).to_contain_text("初次沟通")
    timeline = page.get_by_role("tabpanel", name="动态")
    expect(timeline.get_by_text("初次沟通").first).to_be_visible()


def test_a_move_that_is_tried_too_early_changes_nothing_and_stays_on_today(enter, company, deal):
    page = enter(company.seller, f"/r/deal/{deal}")
    page.get_by_role("button", name="推进到「初次沟通」").click()
    move = sheet(page, "推进到「初次沟通」")
    move.get_by_role("button", name="确认推进").click()
    expect(move.get_by_text("阶段已锁定，还缺 3 项")).to_be_visible()
    assert row_of("deal", deal).stage == "first_contact"
    page.goto("/")
    blocked = page.get_by_role("region", name=re.compile("被门禁拦下"))
    expect(blocked.get_by_role("link", name="星海医院 CT")).to_be_visible()
    blocked.get_by_role("button", name="选择来源").click()
    expect(page.get_by_role("combobox", name="来源")).to_be_focused()


def test_why_is_answered_with_rule_version_and_supplier(enter, company, deal):
    page = enter(company.seller, f"/r/deal/{deal}")
    source = missing(page).get_by_role("listitem").filter(has_text="选择来源")
    source.get_by_text("为什么？").click()
    expect(source.get_by_role("definition").first).to_have_text("「初步接触」的离开门禁")
    expect(source.get_by_role("definition").filter(has_text="v1")).to_be_visible()


def test_a_deal_is_lost_only_with_a_reason(enter, company, deal):
    page = enter(company.seller, f"/r/deal/{deal}")
    page.get_by_role("button", name="转为「输单」").click()
    lost = sheet(page, "转为「输单」")
    lost.get_by_role("button", name="确认", exact=True).click()
    expect(lost.get_by_text("结果原因").first).to_be_visible()
    assert row_of("deal", deal).stage == "first_contact"
    choose(lost, "结果原因", "价格过高")
    lost.get_by_role("button", name="确认", exact=True).click()
    expect(toast(page, "已进入「输单」")).to_be_visible()


def test_the_sheet_comes_from_below_on_a_phone_and_moves_the_deal(enter, company, deal):
    stored(open_lock, "deal", deal, "first_talk")
    page = enter(company.seller, f"/r/deal/{deal}", width=390)
    page.get_by_role("button", name="推进到「初次沟通」").first.click()
    sheet(page, "推进到「初次沟通」").get_by_role("button", name="确认推进").click()
    expect(toast(page, "已进入「初次沟通」")).to_be_visible()


def test_two_documents_of_a_kind_are_asked_for_by_number(enter, company, deal):
    stored(make_document, deal, "custom_solution")
    page = enter(company.seller, f"/r/deal/{deal}?tab=files")
    expect(page.get_by_role("heading", name="定制演示稿")).to_be_visible()
