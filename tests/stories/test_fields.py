"""Fields without code: an own field with choices appears on records, a role may be limited."""

import pytest
from playwright.sync_api import expect

from closeloop.fields.models import Field
from tests.builders.people import make_user
from tests.builders.records import make_deal
from tests.stories.given import stored
from tests.stories.screen import choose, sheet, toast


@pytest.fixture
def administrator(company):
    return stored(make_user, "冯管理", role="administrator", unit=company.head_office)


def test_a_new_field_with_choices_stands_on_every_deal(enter, company, administrator):
    deal = stored(make_deal, company.seller, "星海医院 CT")
    page = enter(administrator, "/admin/fields?type=deal")
    page.get_by_role("button", name="新增字段").click()
    form = sheet(page, "新增字段")
    form.get_by_label("中文名称").fill("决策方式")
    form.get_by_label("英文名称").fill("Way of deciding")
    choose(form, "类型", "单选")
    for place, name in enumerate(("会议", "招标"), start=1):
        form.get_by_role("button", name="增加选项").click()
        form.get_by_label(f"第 {place} 个选项的中文名").fill(name)
    form.get_by_role("button", name="保存").click()
    expect(toast(page, "已保存")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="决策方式")).to_contain_text("单选")
    field = Field.objects.get(record_type="deal", key="way_of_deciding")
    assert [choice["name"]["zh-CN"] for choice in field.choices] == ["会议", "招标"]

    page.goto(f"/r/deal/{deal}?tab=details")
    expect(page.get_by_role("tabpanel").get_by_text("决策方式")).to_be_visible()


def test_a_role_that_may_not_see_a_field_does_not_get_it(enter, company, administrator):
    deal = stored(make_deal, company.seller, "星海医院 CT", amount="480000")
    page = enter(administrator, "/admin/fields?type=deal&field=amount")
    limits = page.get_by_role("group", name="角色限制")
    limits.get_by_role("combobox", name="销售", exact=True).select_option("隐藏")
    expect(toast(page, "已保存")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("row").filter(has_text="amount")).to_contain_text("1 个角色受限")

    seller = enter(company.seller, f"/r/deal/{deal}?tab=details")
    expect(seller.get_by_role("heading", name="星海医院 CT")).to_be_visible()
    expect(seller.get_by_text("480,000")).to_have_count(0)


def test_a_field_that_is_switched_off_leaves_the_screens(enter, company, administrator):
    page = enter(administrator, "/admin/fields?type=lead")
    page.get_by_role("button", name="新增字段").click()
    form = sheet(page, "新增字段")
    form.get_by_label("中文名称").fill("临时备注")
    form.get_by_role("button", name="保存").click()
    expect(toast(page, "已保存")).to_be_visible()
    page.get_by_role("button", name="临时备注").click()
    form = sheet(page, "临时备注")
    form.get_by_role("checkbox", name="启用").uncheck()
    form.get_by_role("button", name="保存").click()
    expect(page.get_by_role("row").filter(has_text="临时备注")).to_contain_text("已停用")
    page.goto("/r/lead/new")
    expect(page.get_by_label("临时备注")).to_have_count(0)
