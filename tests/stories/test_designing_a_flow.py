"""An administrator draws the way of an approval, is told what is wrong, and publishes it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from closeloop.approvals.models import Flow, FlowVersion
from tests.builders.approvals import approve, make_flow
from tests.builders.people import make_user
from tests.stories.given import stored
from tests.stories.screen import choose, drag, sheet, toast

DIRECTOR = {"kind": "role", "role": "director"}


@pytest.fixture
def administrator(company):
    return make_user("冯管理", role="administrator", unit=company.head_office)


def add(page: Page, kind: str, *, at: int) -> None:
    """Put a node into the place that is so many from the top."""
    page.get_by_role("button", name="添加节点").nth(at).click()
    page.get_by_role("menuitem", name=kind).click()


def done(form: Locator) -> None:
    form.get_by_role("button", name="完成").click()
    expect(form).to_be_hidden()


def canvas(page: Page) -> Locator:
    return page.get_by_role("region", name="审批流程图")


def saved(page: Page) -> None:
    expect(page.get_by_role("status").get_by_text("草稿已保存")).to_be_visible()


def test_a_flow_with_a_branch_is_drawn_checked_previewed_and_published(
    enter, company, administrator
):
    page = enter(administrator, "/admin/flows")
    page.get_by_role("button", name="新建流程").click()
    made = sheet(page, "新建流程")
    made.get_by_label("中文名称").fill("样机借用")
    made.get_by_label("编码").fill("loan")
    choose(made, "关联的记录类型", "商机")
    made.get_by_role("button", name="开始设计").click()
    expect(page.get_by_role("heading", name="样机借用")).to_be_visible()

    add(page, "审批人", at=0)
    form = sheet(page, "审批人")
    form.get_by_label("中文名称").fill("上级审批")
    done(sheet(page, "上级审批"))
    add(page, "条件分支", at=1)
    expect(page.get_by_role("button", name=re.compile("处需要修正"))).to_be_visible()
    page.get_by_role("button", name=re.compile("^条件 1")).click()
    form = sheet(page, "条件 1")
    form.get_by_role("button", name="＋ 添加条件", exact=True).click()
    choose(form, "字段", "金额")
    choose(form, "比较方式", "大于")
    form.get_by_role("textbox", name="值").or_(form.get_by_role("spinbutton")).last.fill("100000")
    done(form)
    expect(canvas(page).get_by_text("金额 大于 ¥100,000")).to_be_visible()

    add(page, "审批人", at=2)
    form = sheet(page, "审批人")
    choose(form, "人员来源", "角色")
    choose(form, "角色", "销售总监")
    done(form)
    expect(canvas(page).get_by_text("角色：销售总监")).to_be_visible()
    saved(page)
    # Nothing is wrong; that both approvers may let it lie is said, and keeps nobody waiting.
    expect(page.get_by_label("检查通过")).to_have_count(1)
    expect(canvas(page).get_by_label(re.compile("处提醒"))).to_have_count(2)

    page.get_by_role("button", name="预览").click()
    preview = sheet(page, "预览")
    way = preview.get_by_role("list", name="会经过的节点")
    expect(way.get_by_role("listitem").first).to_contain_text("上级审批")
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()

    page.get_by_role("button", name="发布").click()
    sheet(page, "发布第 1 版？").get_by_role("button", name="发布").click()
    expect(toast(page, "已发布第 1 版")).to_be_visible()
    definition = FlowVersion.objects.get(flow__key="loan").definition
    first, fork = definition["nodes"]
    assert [branch["key"] for branch in fork["branches"]] == ["way_1", "otherwise"]
    assert fork["branches"][0]["when"]["rules"][0]["field"] == "field.amount"
    assert "when" not in fork["branches"][1]
    assert (first["name"]["zh-CN"], first["sources"]) == ("上级审批", [{"kind": "superior"}])


def test_a_preview_goes_the_way_of_what_the_form_says(enter, company, administrator):
    page = enter(administrator, "/admin/flows/discount_approval")
    page.get_by_role("button", name="预览").click()
    preview = sheet(page, "预览")
    way = preview.get_by_role("list", name="会经过的节点")
    preview.get_by_label("折扣幅度（%）").fill("15")
    expect(way.get_by_text("直属上级审批")).to_be_visible()
    expect(way.get_by_text("销售总监审批")).to_be_hidden()
    preview.get_by_label("折扣幅度（%）").fill("16")
    expect(way.get_by_text("销售总监审批")).to_be_visible()


@pytest.fixture
def flow(company, administrator) -> str:
    nodes = [approve(name, DIRECTOR, mode="any") for name in ("first", "second", "third")]
    return stored(make_flow, *nodes, key="seals")


def stand_in_order(page: Page, *names: str) -> None:
    """Wait until the nodes stand in this order, and no others."""
    heads = canvas(page).get_by_role("button", name=re.compile("^(first|second|third) "))
    expect(heads).to_have_text([re.compile(rf"^\s*{name}") for name in names])


def test_nodes_are_moved_by_the_menu_and_every_step_is_taken_back(
    enter, company, administrator, flow
):
    page = enter(administrator, f"/admin/flows/{flow}")
    canvas(page).get_by_title("「third」的操作").click()
    page.get_by_role("menuitem", name="移动到…").click()
    page.get_by_role("button", name="移到这里").first.click()
    stand_in_order(page, "third", "first", "second")
    canvas(page).get_by_title("「first」的操作").click()
    page.get_by_role("menuitem", name="移除").click()
    stand_in_order(page, "third", "second")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    stand_in_order(page, "first", "second", "third")
    page.keyboard.press("Control+y")
    stand_in_order(page, "third", "first", "second")
    saved(page)
    page.get_by_role("button", name="版本对比").click()
    versions = sheet(page, "版本对比")
    expect(versions.get_by_text("有修改").first).to_be_visible()


def test_nodes_are_dragged_and_new_ones_too(enter, company, administrator, flow):
    page = enter(administrator, f"/admin/flows/{flow}")
    third = canvas(page).get_by_role("button", name=re.compile("^third "))
    places = page.get_by_role("button", name="添加节点")
    drag(third, places.first)
    stand_in_order(page, "third", "first", "second")
    drag(page.get_by_title("拖到两个节点之间的加号上").nth(1), places.last)
    expect(sheet(page, "抄送")).to_be_visible()
    done(sheet(page, "抄送"))
    saved(page)
    draft = Flow.objects.get(key=flow).draft.definition
    assert [node["key"] for node in draft["nodes"]] == ["third", "first", "second", "copy_1"]


def test_a_flow_is_drawn_on_a_narrow_screen(enter, company, administrator, flow):
    page = enter(administrator, f"/admin/flows/{flow}", width=390)
    add(page, "抄送", at=3)
    done(sheet(page, "抄送"))
    saved(page)
    page.get_by_role("button", name="撤销").click()
    expect(canvas(page).get_by_text("抄送")).to_have_count(0)


def test_those_who_do_not_manage_approvals_only_look(enter, company, flow):
    page = enter(company.seller, f"/admin/flows/{flow}")
    expect(canvas(page).get_by_text("first")).to_be_visible()
    expect(page.get_by_role("button", name="添加节点")).to_have_count(0)
    expect(page.get_by_role("button", name="发布")).to_have_count(0)
