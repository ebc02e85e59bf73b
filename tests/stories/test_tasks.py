"""Tasks: asked for on a record, seen by their owner on Today's neighbour, done with one click."""

from playwright.sync_api import expect

from closeloop.tasks.models import Task
from tests.builders.records import make_deal
from tests.stories.given import stored
from tests.stories.screen import sheet, toast


def test_a_task_asked_for_on_a_record_is_done_with_one_click(enter, company):
    deal = stored(make_deal, company.seller, "星海医院 CT")
    manager = enter(company.manager, f"/r/deal/{deal}?tab=tasks")
    manager.get_by_role("button", name="新建任务").click()
    form = sheet(manager, "为「星海医院 CT」新建任务")
    form.get_by_label("要做什么").fill("约院长谈预算")
    form.get_by_label("说明").fill("带上去年的报价")
    form.get_by_role("button", name="创建").click()
    expect(toast(manager, "任务已创建")).to_be_visible()
    expect(manager.get_by_role("tabpanel").get_by_role("link", name="约院长谈预算")).to_be_visible()

    seller = enter(company.seller, "/tasks")
    mine = seller.get_by_role("region", name="我的").get_by_role("listitem")
    expect(mine).to_contain_text("王经理 安排")
    mine.get_by_role("button", name="完成：约院长谈预算").click()
    expect(toast(seller, "已完成「约院长谈预算」")).to_be_visible()
    expect(seller.get_by_text("没有待办任务")).to_be_visible()
    task = Task.objects.get()
    assert (task.state, task.owner_id) == ("done", company.seller.pk)


def test_a_task_at_its_address_takes_what_came_of_it(enter, company):
    deal = stored(make_deal, company.seller, "星海医院 CT")
    seller = enter(company.seller, f"/r/deal/{deal}?tab=tasks")
    seller.get_by_role("button", name="新建任务").click()
    form = sheet(seller, "为「星海医院 CT」新建任务")
    form.get_by_label("要做什么").fill("寄送样品")
    form.get_by_role("button", name="创建").click()
    seller.get_by_role("link", name="寄送样品").click()
    seller.get_by_label("处理结果").fill("已寄出，单号 778")
    seller.get_by_role("button", name="完成", exact=True).click()
    expect(seller.get_by_text("已寄出，单号 778")).to_be_visible()
    expect(seller.get_by_text("已完成").first).to_be_visible()
    assert Task.objects.get().result == "已寄出，单号 778"
