"""Sales operations write a path, look at it, publish it; a lead walks it, and its page tells."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, TimeoutError, expect

from closeloop.nurture.models import Path
from tests.notices.conftest import set_up
from tests.nurture.given import make_template, new_lead, work
from tests.stories.given import stored
from tests.stories.screen import choose, sheet, toast
from tests.twins.smtp import SmtpTwin


@pytest.fixture
def mailbox(company) -> Iterator[SmtpTwin]:
    """Mail is on, and there is a text to send."""
    with SmtpTwin() as server:
        stored(set_up, server)
        make_template("hello", body="{{name}}，您好")
        yield server


def step(page: Page, name: str) -> Locator:
    """A card of the path."""
    return page.get_by_role("article", name=name, exact=True)


def add(page: Page, place: Locator, kind: str) -> None:
    """Put a new step into a place; who clicks while the path still moves clicks once more."""
    wanted = page.get_by_role("menuitem", name=kind)
    place.click()
    try:
        wanted.click(timeout=5_000)
    except TimeoutError:
        place.click()
        wanted.click()


def done(page: Page) -> None:
    """Close the sheet of a step."""
    page.get_by_role("dialog").get_by_role("button", name="完成").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def write(page: Page) -> None:
    """Mail, wait, condition, hand over: from the shortest beginning."""
    page.get_by_role("button", name="新建路径").click()
    new = sheet(page, "新建路径")
    new.get_by_label("名称（中文）").fill("新线索问候")
    new.get_by_text("只发一封邮件").click()
    new.get_by_role("button", name="开始设置").click()
    step(page, "第一封邮件").get_by_role("button").first.click()
    choose(page, "内容模板", "hello")
    expect(page.get_by_role("dialog").get_by_title("邮件内容")).to_be_visible()
    done(page)
    step(page, "等待").get_by_role("button").first.press("Alt+ArrowDown")
    add(page, page.get_by_role("button", name="在这里添加一步").last, "条件分支")
    expect(page.get_by_role("dialog")).to_contain_text("打开了上一条消息")
    done(page)
    add(page, page.get_by_role("region", name="是").get_by_role("button"), "移交")
    done(page)
    add(page, page.get_by_role("region", name="否").get_by_role("button"), "加减分")
    done(page)


def test_a_path_is_written_looked_at_published_and_walked(enter, company, mailbox):
    stored(new_lead, name="周院长")
    page = enter(company.ops, "/nurture")
    write(page)

    step(page, "加减分").get_by_role("button").first.press("Delete")
    expect(step(page, "加减分")).to_have_count(0)
    toast(page, "已删除这一步").locator("..").get_by_role("button", name="撤销").click()
    expect(step(page, "加减分")).to_be_visible()
    step(page, "谁来开始").get_by_role("button").click()
    choose(page, "发生什么时检查", "新建")
    page.keyboard.press("Escape")
    done(page)
    expect(page.get_by_role("status").get_by_text("草稿已保存")).to_be_visible()

    page.get_by_role("button", name="预演").click()
    preview = sheet(page, "预演")
    expect(preview.get_by_role("status").first).to_contain_text("1 条线索")
    rehearsed = preview.get_by_role("list", name="试走一条线索").get_by_role("listitem")
    expect(rehearsed).to_contain_text(["hello", "1 天", "→ 是", "分配", "走完"])
    preview.get_by_role("button", name="Close").or_(preview.get_by_label("关闭")).first.click()
    page.get_by_role("button", name="发布", exact=True).click()
    sheet(page, "发布第 1 版？").get_by_role("button", name="发布", exact=True).click()
    expect(toast(page, "已发布第 1 版")).to_be_visible()
    page.get_by_role("switch", name="启用这条路径").click()
    expect(page.get_by_text("启用", exact=True)).to_be_visible()
    assert stored(lambda: Path.objects.get(name__contains={"zh-CN": "新线索问候"}).is_active)

    lead = stored(new_lead, name="林主任", email="lin@clinic.example")
    assert work() == 1
    page.goto(f"/r/lead/{lead}?tab=nurture")
    card = page.get_by_role("article", name="新线索问候")
    expect(card).to_contain_text("发送 1 · 打开 0 · 点击 0")
    card.get_by_role("button", name=re.compile("hello")).click()
    letter = page.get_by_role("dialog").frame_locator("iframe").get_by_text("林主任，您好")
    expect(letter).to_be_visible()
