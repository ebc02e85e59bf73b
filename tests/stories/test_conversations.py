"""Minutes are pasted and a promise becomes a task; a screenshot of a chat is read and filed."""

import re

import pytest
from playwright.sync_api import expect

from closeloop.conversations.models import Conversation
from closeloop.recognition import jobs
from closeloop.tasks.models import Task
from tests.builders.chats import CHATS, draw
from tests.builders.records import make_contact, make_customer, make_deal
from tests.stories.given import stored
from tests.stories.screen import toast

PHONE = "13812345678"
SIDES = re.compile("对方：张经理您好.*我方：陈主任好", re.DOTALL)
MINUTES = "客户谈到预算。\n我们下周三前把合同初稿发给陈主任。\n院方负责确认付款方式。"


@pytest.fixture
def engine():
    """The process that reads ends with the story."""
    yield jobs.apart
    jobs.apart.end()


def newest_reading() -> int:
    number = Conversation.objects.latest("pk").reading_id
    assert number is not None
    return number


def test_minutes_become_tasks_and_a_chat_finds_its_customer(company, enter, engine):
    customer = stored(make_customer, company.seller, "苏州华康口腔医院")
    deal = stored(make_deal, company.seller, "华康彩超", customer=customer)
    stored(make_contact, company.seller, customer, phone=PHONE)

    page = enter(company.seller, f"/r/deal/{deal}?tab=conversations")
    page.get_by_role("button", name="粘贴纪要").click()
    page.get_by_label("标题").fill("首次访谈")
    page.get_by_label("纪要内容").fill(MINUTES)
    page.get_by_role("button", name="保存并查找承诺").click()
    promises = page.get_by_role("region", name="承诺")
    expect(promises.get_by_role("listitem")).to_have_count(2)
    expect(page.locator("mark").first).to_have_text("我们下周三前把合同初稿发给陈主任。")
    promises.get_by_role("button", name="转为任务：我们下周三前").click()
    expect(toast(page, "已转为任务")).to_be_visible()
    expect(promises.get_by_role("link", name="查看任务")).to_be_visible()
    assert stored(lambda: Task.objects.get().record_id) == deal

    page.get_by_role("link", name="← 沟通记录").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="聊天截图").click()
        page.get_by_role("button", name="同意", exact=True).click()
    picture = {"name": "截图.png", "mimeType": "image/png", "buffer": draw(*CHATS["light"])[0]}
    chooser.value.set_files(picture)
    expect(page.get_by_text("正在识别…")).to_be_visible()
    stored(jobs.read_now, stored(newest_reading))
    expect(page.get_by_label("文字内容")).to_have_value(
        re.compile("对方：张经理您好.*我方：陈主任好", re.DOTALL)
    )
    filed = page.get_by_role("region", name="已归属")
    expect(filed).to_contain_text(f"手机号 {PHONE}")
    filed.get_by_role("checkbox").first.uncheck()
    filed.get_by_role("button", name="项要点").click()
    expect(toast(page, "项要点")).to_be_visible()


def test_what_is_said_is_recorded_and_kept_while_the_network_is_away(company, enter):
    page = enter(company.seller, "/conversations", width=390)
    page.get_by_role("button", name="开始录音").click()
    page.get_by_role("button", name="同意", exact=True).click()
    expect(page.get_by_role("timer")).to_have_text("00:01")
    page.context.set_offline(True)
    page.get_by_role("button", name="停止并发送").click()
    expect(page.get_by_role("link", name="保存到本机")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="重新发送").click()
    expect(page).to_have_url(re.compile(r"/conversations/\d+$"))
    held = stored(Conversation.objects.get)
    assert held.kind == "voice"
