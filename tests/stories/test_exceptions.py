"""The only way past a lock: asked for by the owner, granted by a superior, told and counted."""

import re

from playwright.sync_api import Page, expect

from tests.builders.records import make_deal, row_of
from tests.stories.given import stored
from tests.stories.screen import current_stage, sheet, toast


def ask(page: Page, reason: str) -> None:
    page.get_by_role("button", name="推进到「初次沟通」").click()
    move = sheet(page, "推进到「初次沟通」")
    move.get_by_role("button", name="申请例外放行").click()
    move.get_by_label("申请理由").fill(reason)
    move.get_by_role("button", name="提交申请").click()
    expect(toast(page, "例外申请已提交，等待上级审批")).to_be_visible()


def test_a_granted_exception_lets_the_deal_pass_once_and_is_told(enter, company):
    deal = stored(make_deal, company.seller, "星海医院 CT")
    seller = enter(company.seller, f"/r/deal/{deal}")
    ask(seller, "院长周五出国，先谈后补")
    seller.goto("/exceptions?box=mine")
    expect(seller.get_by_text("等待 王经理 审批")).to_be_visible()

    manager = enter(company.manager)
    request = manager.get_by_role("region", name="待我决定的例外").get_by_role("listitem")
    expect(request.get_by_text("院长周五出国，先谈后补")).to_be_visible()
    expect(request.get_by_text("缺 3 项")).to_be_visible()
    request.get_by_label("审批意见").fill("同意，周内补齐")
    request.get_by_role("button", name="同意放行").click()
    expect(toast(manager, "已处理")).to_be_visible()

    seller.goto(f"/r/deal/{deal}")
    seller.get_by_role("button", name="推进到「初次沟通」").click()
    sheet(seller, "推进到「初次沟通」").get_by_role("button", name="确认推进").click()
    expect(toast(seller, "已进入「初次沟通」")).to_be_visible()
    expect(current_stage(seller)).to_contain_text("初次沟通")
    expect(seller.get_by_role("tabpanel").get_by_text(re.compile("例外")).first).to_be_visible()
    seller.goto("/exceptions?box=mine")
    expect(seller.get_by_text("已使用")).to_be_visible()


def test_a_refused_exception_leaves_the_lock_shut(enter, company):
    deal = stored(make_deal, company.seller, "星海医院 CT")
    seller = enter(company.seller, f"/r/deal/{deal}")
    ask(seller, "客户催得急")
    manager = enter(company.manager, "/exceptions")
    manager.get_by_role("button", name="拒绝").click()
    expect(toast(manager, "已处理")).to_be_visible()
    seller.goto("/exceptions?box=mine")
    expect(seller.get_by_text("已拒绝")).to_be_visible()
    seller.goto(f"/r/deal/{deal}")
    expect(seller.get_by_role("heading", name="推进到「初次沟通」还缺 3 项")).to_be_visible()
    assert row_of("deal", deal).stage == "first_contact"
