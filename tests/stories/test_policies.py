"""Time policies: written in fields, read in words, rehearsed on history, published as a version."""

import pytest
from playwright.sync_api import expect

from closeloop.sla.models import Policy
from tests.builders.people import make_user
from tests.builders.records import make_lead
from tests.stories.given import stored
from tests.stories.screen import choose, sheet, toast


@pytest.fixture
def administrator(company):
    return stored(make_user, "冯管理", role="administrator", unit=company.head_office)


def test_a_policy_is_edited_rehearsed_and_published(enter, company, administrator):
    stored(make_lead, company.seller)
    page = enter(administrator, "/admin/policies")
    page.get_by_role("link", name="线索首次触达").click()
    says = page.get_by_role("region", name="这条规则")
    expect(says).to_contain_text("时限 2 小时（工作时间）")
    page.get_by_role("spinbutton", name="时限").fill("3")
    expect(says).to_contain_text("时限 3 小时（工作时间）")
    expect(page.get_by_text("有未保存的修改")).to_be_visible()

    page.get_by_role("button", name="演练", exact=True).click()
    rehearsal = sheet(page, "上个月会怎样")
    rehearsal.get_by_role("button", name="开始演练").click()
    expect(rehearsal.get_by_text("这个月没有记录会开始计时")).to_be_visible()
    page.keyboard.press("Escape")

    page.get_by_role("button", name="发布", exact=True).click()
    sheet(page, "发布为第 2 版").get_by_role("button", name="发布").click()
    expect(toast(page, "第 2 版已发布")).to_be_visible()
    expect(page.get_by_role("region", name="版本")).to_contain_text("第 2 版当前")
    page.get_by_role("region", name="版本").get_by_text("第 1 版").first.click()
    before = page.get_by_role("region", name="第 1 版", exact=True)
    expect(before.get_by_role("listitem").filter(has_text="已取消")).to_contain_text("时限 2 小时")
    after = page.get_by_role("region", name="第 2 版 · 当前")
    expect(after.get_by_role("listitem").filter(has_text="新增")).to_contain_text("时限 3 小时")
    policy = Policy.objects.get(key="first_touch")
    current = policy.versions.get(is_current=True)
    assert (current.number, current.definition["target"]) == (2, {"hours": 3, "time": "working"})
    assert policy.draft is None


def test_a_faulty_draft_says_what_to_mend_and_cannot_be_published(enter, administrator):
    page = enter(administrator, "/admin/policies/first_touch")
    page.get_by_role("button", name="增加一步").click()
    step = page.get_by_role("group", name="第 3 步")
    expect(step).to_be_visible()
    step.get_by_role("combobox", name="第 3 步 通知").press("Backspace")
    says = page.get_by_role("region", name="这条规则")
    expect(says.get_by_text("这一步没有任何动作")).to_be_visible()
    expect(page.get_by_role("button", name="发布", exact=True)).to_be_disabled()
    step.get_by_role("checkbox", name="标红").check()
    expect(says).to_contain_text("标红")
    page.get_by_role("button", name="保存草稿").click()
    expect(toast(page, "草稿已保存")).to_be_visible()
    assert len(Policy.objects.get(key="first_touch").draft["steps"]) == 3


def test_a_new_policy_begins_as_a_draft(enter, administrator):
    page = enter(administrator, "/admin/policies")
    page.get_by_role("button", name="新增规则").click()
    form = sheet(page, "新增规则")
    form.get_by_label("中文名称").fill("报价两天内确认")
    form.get_by_label("英文名称").fill("Quote confirmed")
    form.get_by_role("button", name="开始编写").click()
    expect(page.get_by_role("heading", name="报价两天内确认")).to_be_visible()
    choose(page, "开始计时：增加情况", "商机进入新阶段")
    choose(page, "按时完成：增加情况", "上传材料")
    page.get_by_role("spinbutton", name="时限").fill("48")
    says = page.get_by_role("region", name="这条规则")
    expect(says).to_contain_text("开始计时：商机进入新阶段")
    page.get_by_role("button", name="保存草稿").click()
    expect(toast(page, "草稿已保存")).to_be_visible()
    page.reload()
    expect(says).to_contain_text("按时完成：上传材料")


def test_a_manager_reads_policies_in_words(enter, company):
    page = enter(company.manager, "/admin/policies/no_interaction")
    expect(page.get_by_text("最多暂停 10 天，到期提醒负责人、上级并恢复计时")).to_be_visible()
    expect(page.get_by_role("button", name="发布")).to_have_count(0)
