"""Clocks on the screens: a countdown that says why, a wait that stops it, a cleared workbench."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from closeloop.sla import actions as sla
from closeloop.sla.models import Clock
from closeloop.tasks.models import Task
from tests.builders.moments import from_now
from tests.builders.records import advance, make_deal
from tests.builders.told_time import told_time
from tests.stories.given import stored
from tests.stories.screen import sheet, toast

TASK = "主管介入：客户超过 7 天没有互动"


@pytest.fixture
def neglected(company, monkeypatch) -> Iterator[int]:
    """A deal with which nothing has happened for eight days."""
    now = from_now()
    with told_time(monkeypatch) as time:
        time.tell(now - timedelta(days=8))
        deal = stored(make_deal, company.seller, "星海医院 CT", amount="480000")
        time.tell(now)
        while sla.sweep().fired:
            pass
        yield deal


def test_a_badge_counts_down_and_says_why(enter, company):
    deal = stored(make_deal, company.seller, "星海医院 CT")
    page = enter(company.seller, "/r/deal")
    row = page.get_by_role("row").filter(has_text="星海医院 CT")
    row.get_by_role("button", name="剩").click()
    why = sheet(page, "时钟 · 星海医院 CT").get_by_role("article")
    expect(why.filter(has_text="7 天未互动")).to_contain_text("上传材料")
    expect(why.filter(has_text="7 天未互动")).to_contain_text("规则「7 天未互动」第 1 版")
    expect(
        why.filter(has_text="7 天未互动").get_by_role("list", name="提醒与升级")
    ).to_contain_text("到期前 1 天：提醒负责人")
    page.goto(f"/r/deal/{deal}")
    expect(page.get_by_role("main").get_by_role("button", name="剩")).to_be_visible()
    phone = enter(company.seller, f"/m/r/deal/{deal}", width=390)
    phone.get_by_text("剩").first.click()
    expect(phone.get_by_role("heading", name="7 天未互动")).to_be_visible()


def test_waiting_for_the_customer_stops_the_clock(enter, company):
    deal = stored(make_deal, company.seller, "星海医院 CT")
    stored(advance, "deal", deal, "first_talk", "needs_confirmed", "solution_demo", "quotation")
    page = enter(company.seller, f"/r/deal/{deal}?tab=clocks")
    panel = page.get_by_role("tabpanel")
    expect(panel.get_by_role("article").filter(has_text="7 天未互动")).to_contain_text("剩")
    page.get_by_role("button", name="进入等待").click()
    page.get_by_role("menuitem", name="等待招标公告").click()
    paused = panel.get_by_role("article").filter(has_text="7 天未互动")
    expect(paused).to_contain_text("已暂停")
    expect(paused.get_by_role("note")).to_contain_text("因「等待招标公告」暂停")
    expect(paused.get_by_role("note")).to_contain_text("由 张伟 操作")
    assert Clock.objects.get(record_id=deal, policy__key="no_interaction").state == "paused"
    page.get_by_role("button", name="结束等待").click()
    expect(paused).to_contain_text("剩")


def test_a_manager_clears_what_is_red_from_the_workbench(enter, company, neglected):
    page = enter(company.manager, "/workbench")
    red = page.get_by_role("region", name="标红事项").get_by_role("listitem")
    expect(red.filter(has_text="7 天未互动")).to_contain_text("张伟")
    red.filter(has_text="7 天未互动").get_by_role("button", name="超时").click()
    expect(sheet(page, "时钟 · 星海医院 CT")).to_contain_text("已执行")
    page.keyboard.press("Escape")
    by_person = page.get_by_role("region", name="按人员")
    expect(by_person.get_by_role("row").filter(has_text="张伟")).to_be_visible()
    tasks = page.get_by_role("region", name="介入任务")
    tasks.get_by_role("button", name=f"完成：{TASK}").click()
    expect(toast(page, f"已完成「{TASK}」")).to_be_visible()
    expect(tasks.get_by_text("没有待办任务")).to_be_visible()
    assert Task.objects.get().state == "done"


def test_today_puts_what_is_late_first(enter, company, neglected):
    stored(make_deal, company.seller, "新区医院监护仪")
    page = enter(company.seller)
    due = page.get_by_role("region", name="今日待办").get_by_role("listitem")
    expect(due.first).to_contain_text("星海医院 CT")
    expect(due.first).to_contain_text("超时")
    expect(due.last).to_contain_text("剩")
    manager = enter(company.manager)
    mine = manager.get_by_role("region", name="今日待办")
    mine.get_by_role("button", name=f"完成：{TASK}").click()
    expect(toast(manager, f"已完成「{TASK}」")).to_be_visible()
    expect(mine.get_by_role("button", name=f"完成：{TASK}")).to_have_count(0)


def test_supervision_is_narrowed_in_the_address(enter, company, neglected):
    page = enter(company.director, "/supervision")
    red = page.get_by_role("region", name="标红").get_by_role("listitem")
    expect(red.filter(has_text="7 天未互动")).to_be_visible()
    page.goto(f"/supervision?box=team&owner={company.colleague.pk}")
    expect(page.get_by_text("团队没有进行中的时钟")).to_be_visible()
    page.goto("/supervision?box=team&policy=stage_overstay")
    team = page.get_by_role("region", name="团队").get_by_role("listitem")
    expect(team).to_have_count(1)
    expect(team).to_contain_text("阶段停留超期")
