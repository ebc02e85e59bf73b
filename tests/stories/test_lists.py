"""Lists: what they show stands in the address, can be kept, and can be changed in bulk."""

import re

from playwright.sync_api import Page, expect

from tests.builders.records import make_customer, make_deal, open_lock
from tests.stories.given import stored
from tests.stories.screen import choose, toast


def rows(page: Page):
    return page.get_by_role("table").get_by_role("row").filter(has=page.get_by_role("link"))


def make_deals(seller, *names: str) -> list[int]:
    customer = make_customer(seller, "星海医院")
    return [make_deal(seller, name, customer=customer) for name in names]


def test_a_filter_stands_in_the_address_and_survives_a_reload(enter, company):
    stored(make_customer, company.seller, "苏州检验所", industry="independent_lab")
    stored(make_customer, company.seller, "苏州医院", industry="private_hospital")
    page = enter(company.seller, "/r/customer")
    expect(rows(page)).to_have_count(2)
    page.get_by_role("button", name="筛选").click()
    panel = page.get_by_role("region", name="筛选条件")
    panel.get_by_role("button", name=re.compile("添加条件$")).click()
    choose(panel, "字段", "行业")
    choose(panel, "值", "第三方检验实验室")
    panel.get_by_role("button", name="查询").click()
    expect(rows(page)).to_have_count(1)
    expect(page).to_have_url(re.compile("filter="))
    page.reload()
    expect(rows(page)).to_have_count(1)
    expect(page.get_by_role("link", name="苏州检验所")).to_be_visible()
    page.go_back()
    expect(rows(page)).to_have_count(2)


def test_a_saved_view_is_a_tab_that_comes_back(enter, company):
    stored(make_deals, company.seller, "CT 采购", "监护仪采购")
    page = enter(company.seller, "/r/deal")
    page.get_by_label("名称或拼音首字母").fill("CT")
    expect(rows(page)).to_have_count(1)
    page.get_by_label("名称或拼音首字母").fill("")
    page.get_by_role("columnheader", name="金额").click()
    expect(page).to_have_url(re.compile("sort="))
    page.get_by_role("button", name="视图管理").click()
    page.get_by_role("menuitem", name="保存当前视图").click()
    page.get_by_role("dialog").get_by_label("视图名称").fill("按金额")
    page.get_by_role("dialog").get_by_role("button", name="保存").click()
    tab = page.get_by_role("navigation", name="视图").get_by_role("button", name="按金额")
    expect(tab).to_have_attribute("aria-current", "page")
    page.goto("/r/deal")
    tab.click()
    expect(page.get_by_role("columnheader", name="金额")).to_have_attribute(
        "aria-sort", "descending"
    )


def test_columns_are_chosen_and_stand_in_the_address(enter, company):
    stored(make_deals, company.seller, "CT 采购")
    page = enter(company.seller, "/r/deal")
    expect(page.get_by_role("columnheader", name="公章材料状态")).to_have_count(0)
    page.get_by_role("button", name="列设置").click()
    page.get_by_role("dialog").get_by_role("checkbox", name="公章材料状态").check()
    page.get_by_role("dialog").get_by_role("button", name="确定").click()
    expect(page.get_by_role("columnheader", name="公章材料状态")).to_be_visible()
    page.reload()
    expect(page.get_by_role("columnheader", name="公章材料状态")).to_be_visible()


def test_a_bulk_move_moves_what_it_may_and_says_why_the_rest_stays(enter, company):
    ready, _locked = stored(make_deals, company.seller, "备齐的商机", "没备齐的商机")
    stored(open_lock, "deal", ready, "first_talk")
    page = enter(company.seller, "/r/deal")
    page.get_by_role("checkbox", name="全选").check()
    page.get_by_role("region", name="批量操作").get_by_role("button", name="移动阶段").click()
    dialog = page.get_by_role("dialog", name="移动 2 条记录的阶段")
    choose(dialog, "目标阶段", "初次沟通")
    dialog.get_by_role("button", name="移动阶段").click()
    outcome = page.get_by_role("dialog", name="批量操作结果")
    expect(outcome.get_by_text("成功 1 条，未成功 1 条")).to_be_visible()
    expect(outcome.get_by_role("listitem")).to_have_count(2)
    outcome.get_by_role("link", name="选择来源").click()
    expect(page.get_by_role("heading", name="没备齐的商机")).to_be_visible()
    expect(page.get_by_role("combobox", name="来源")).to_be_focused()


def test_the_next_page_comes_below_the_first(enter, company):
    stored(make_deals, company.seller, *(f"商机 {number:03d}" for number in range(53)))
    page = enter(company.seller, "/r/deal")
    expect(rows(page)).to_have_count(50)
    page.get_by_role("button", name="加载更多").click()
    expect(rows(page)).to_have_count(53)
    expect(page.get_by_role("button", name="加载更多")).to_have_count(0)


def test_a_row_opens_beside_the_list_and_leads_to_its_neighbours(enter, company):
    stored(make_deals, company.seller, "甲商机", "乙商机")
    page = enter(company.seller, "/r/deal")
    expect(rows(page)).to_have_count(2)
    names = [link.inner_text() for link in rows(page).get_by_role("link", name="商机").all()]
    page.get_by_role("link", name=names[0]).click()
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_role("heading", name=names[0])).to_be_visible()
    drawer.get_by_role("button", name="下一条").click()
    expect(drawer.get_by_role("heading", name=names[1])).to_be_visible()
    page.go_back()
    expect(drawer.get_by_role("heading", name=names[0])).to_be_visible()


def test_what_is_deleted_lies_in_the_bin_and_comes_back(enter, company):
    (deal,) = stored(make_deals, company.seller, "误删的商机")
    page = enter(company.manager, f"/r/deal/{deal}")
    page.get_by_role("button", name="更多操作").click()
    page.get_by_role("menuitem", name="删除").click()
    page.get_by_role("dialog").get_by_role("button", name="删除").click()
    expect(page).to_have_url(re.compile("/r/deal$"))
    page.get_by_role("button", name="视图管理").click()
    page.get_by_role("menuitem", name="回收站").click()
    page.get_by_role("link", name="误删的商机").click()
    page.get_by_role("button", name="恢复").click()
    expect(toast(page, "已恢复")).to_be_visible()


def test_a_phone_shows_the_list_as_cards(enter, company):
    stored(make_deals, company.seller, "CT 采购")
    page = enter(company.seller, "/r/deal", width=390)
    page.get_by_role("link", name="CT 采购").click()
    expect(page.get_by_role("heading", name="CT 采购")).to_be_visible()
    page.get_by_role("navigation", name="常用").get_by_role("link", name="客户").click()
    expect(page.get_by_role("heading", name="客户")).to_be_visible()
