"""Making records: customer, contact, deal; nothing twice, nothing lost."""

import re

from playwright.sync_api import expect

from closeloop.records.models import Record
from tests.builders.records import make_customer
from tests.stories.given import stored
from tests.stories.screen import choose, current_stage, toast


def test_a_customer_gets_a_contact_in_the_decision_chain_and_a_deal(enter, company):
    page = enter(company.seller, "/r/customer")
    page.get_by_role("link", name="新建客户").first.click()
    page.get_by_label("客户名称").fill("苏州市立医院")
    choose(page, "行业", "公立三级医院")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("heading", name="苏州市立医院")).to_be_visible()

    page.get_by_role("tab", name="决策链").click()
    page.get_by_role("link", name="补充决策人").click()
    expect(page.get_by_role("heading", name="新建联系人")).to_be_visible()
    expect(page.get_by_text("苏州市立医院", exact=True)).to_be_visible()
    page.get_by_label("姓名").fill("顾院长")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("heading", name="顾院长")).to_be_visible()

    page.get_by_role("link", name="苏州市立医院").first.click()
    page.get_by_role("tab", name="决策链").click()
    expect(page.get_by_text("顾院长")).to_be_visible()
    page.get_by_role("tab", name="相关").click()
    page.get_by_role("link", name="新建商机").click()
    page.get_by_label("商机名称").fill("CT 采购")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("heading", name=re.compile("CT 采购"))).to_be_visible()
    expect(current_stage(page)).to_contain_text("初步接触")


def test_a_name_that_exists_is_noticed_while_typing_and_leads_to_the_record(enter, company):
    stored(make_customer, company.seller, "苏州工业园区星海医院")
    page = enter(company.seller, "/r/customer/new")
    page.get_by_label("客户名称").press_sequentially("苏州工业园区星海")
    warning = page.get_by_role("status", name="可能已经存在，请先核对")
    with page.context.expect_page() as opened:
        warning.get_by_role("link", name="苏州工业园区星海医院").click()
    expect(opened.value.get_by_role("heading", name="苏州工业园区星海医院")).to_be_visible()


def test_a_record_of_another_region_is_warned_of_without_its_page(enter, company):
    stored(make_customer, company.stranger, "成都高新区锦江医院")
    page = enter(company.seller, "/r/customer/new")
    page.get_by_label("客户名称").press_sequentially("成都高新区锦江医院")
    warning = page.get_by_role("status", name="可能已经存在，请先核对")
    expect(warning).to_contain_text("不在您的数据范围内")
    expect(warning.get_by_role("link")).to_have_count(0)


def test_a_double_click_on_save_makes_one_record(enter, company):
    page = enter(company.seller, "/r/customer/new")
    page.get_by_label("客户名称").fill("无锡市第二医院")
    choose(page, "行业", "公立三级医院")
    page.get_by_role("button", name="保存", exact=True).dblclick()
    expect(page.get_by_role("heading", name="无锡市第二医院")).to_be_visible()
    assert Record.objects.filter(title="无锡市第二医院").count() == 1


def test_save_and_new_keeps_the_form_and_empties_it(enter, company):
    page = enter(company.seller, "/r/customer/new")
    page.get_by_label("客户名称").fill("常州市中医院")
    choose(page, "行业", "公立三级医院")
    page.get_by_role("button", name="保存并新建").click()
    expect(toast(page, "已创建「常州市中医院」")).to_be_visible()
    expect(page.get_by_label("客户名称")).to_have_value("")


def test_a_draft_survives_a_reload_and_can_be_dropped(enter, company):
    page = enter(company.seller, "/r/customer/new")
    page.get_by_label("客户名称").fill("镇江市第一人民医院")
    page.reload()
    expect(page.get_by_label("客户名称")).to_have_value("镇江市第一人民医院")
    page.get_by_role("button", name="清空草稿").click()
    expect(page.get_by_label("客户名称")).to_have_value("")
    page.reload()
    expect(page.get_by_label("客户名称")).to_have_value("")


def test_what_is_wrong_is_said_at_its_field(enter, company):
    page = enter(company.seller, "/r/customer/new")
    page.get_by_role("button", name="显示全部字段").click()
    page.get_by_label("客户名称").fill("南通大学附属医院")
    page.get_by_label("总机").fill("打不通")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text(["必填", re.compile("电话|号码")])
    assert not Record.objects.filter(title="南通大学附属医院").exists()
