"""What the product has to tell: the bell counts live, and a click leads to what is to be done."""

import re

import pytest
from playwright.sync_api import expect

from tests.builders.approvals import approve, make_flow, open_case
from tests.notices.test_live import running
from tests.stories.given import stored
from tests.stories.screen import toast

DIRECTOR = {"kind": "role", "role": "director"}


@pytest.fixture
def flow(company) -> str:
    return stored(make_flow, approve("director", DIRECTOR, mode="any"))


def test_the_bell_counts_what_arrives_while_one_looks_on(enter, company, flow):
    director = enter(company.director)
    director.clock.install()
    expect(director.get_by_role("button", name="通知", exact=True)).to_be_visible()
    stored(open_case, flow, company.seller, title="样机借用两周")
    director.clock.run_for(31_000)
    bell = director.get_by_role("button", name="通知，1 条未读")
    expect(bell).to_be_visible()
    bell.click()
    drawer = director.get_by_role("dialog", name="通知")
    drawer.get_by_role("link", name=re.compile("样机借用两周")).click()
    expect(director).to_have_url(re.compile(r"/approvals/\d+$"))
    expect(director.get_by_role("heading", name="样机借用两周")).to_be_visible()
    expect(director.get_by_role("button", name="通知", exact=True)).to_be_visible()


def test_the_bell_hears_at_once_where_the_live_process_runs(enter, company, flow, settings):
    with running() as port:
        settings.LIVE_URL = f":{port}"
        director = enter(company.director)
        with director.expect_response(re.compile("/live$")):
            director.reload()
        stored(open_case, flow, company.seller, title="样机借用两周")
        expect(director.get_by_role("button", name="通知，1 条未读")).to_be_visible()
        menu = director.get_by_role("navigation", name="主菜单")
        expect(menu.get_by_role("link", name="审批 1")).to_be_visible()
        director.goto("about:blank")


def test_all_are_marked_as_seen_at_once(enter, company, flow):
    for title in ("打样一", "打样二"):
        stored(open_case, flow, company.seller, title=title)
    director = enter(company.director)
    director.get_by_role("button", name="通知，2 条未读").click()
    drawer = director.get_by_role("dialog", name="通知")
    drawer.get_by_role("button", name="全部标为已读").click()
    expect(drawer.get_by_text("没有未读通知")).to_be_visible()
    drawer.get_by_role("button", name="全部", exact=True).click()
    expect(drawer.get_by_role("listitem")).to_have_count(2)


def test_quiet_hours_and_switches_are_kept(enter, company):
    seller = enter(company.seller, "/me/notices")
    seller.get_by_role("switch", name="免打扰时段").click()
    seller.get_by_role("button", name="保存").click()
    expect(toast(seller, "已保存")).to_be_visible()
    seller.reload()
    expect(seller.get_by_role("switch", name="免打扰时段")).to_be_checked()
    expect(seller.get_by_label("免打扰开始")).to_have_value("22:00")

    calendar = seller.get_by_role("region", name="日历订阅")
    calendar.get_by_role("button", name="生成地址").click()
    address = calendar.get_by_label("请现在复制，离开后不再显示").input_value()
    path = address[address.index("/api/calendar.ics") :]
    assert "VCALENDAR" in seller.request.get(path).text()
    calendar.get_by_role("button", name="停用").click()
    expect(calendar.get_by_text("尚未生成订阅地址")).to_be_visible()
    assert seller.request.get(path).status == 404
