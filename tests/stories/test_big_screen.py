"""The screen on the wall keeps what it knows when the connection is lost and says how old it is."""

import re

from playwright.sync_api import expect

from tests.builders.records import make_customer
from tests.stories.given import stored


def test_the_screen_tells_what_happens_and_since_when_it_is_old(enter, company):
    stored(make_customer, company.seller, "星海医院")
    stored(make_customer, company.stranger, "别家医院")
    page = enter(company.manager, "/screen")
    page.clock.install()
    page.reload()
    expect(page.get_by_role("heading", name="华东大区作战大屏")).to_be_visible()
    happened = page.get_by_role("region", name="今日动态")
    expect(happened.get_by_role("link", name="星海医院")).to_be_visible()
    expect(happened).not_to_contain_text("别家医院")
    page.route(re.compile(r"/api/"), lambda route: route.abort())
    page.clock.run_for(150_000)
    expect(page.get_by_text("连接中断，数据停在")).to_be_visible()
    expect(happened.get_by_role("link", name="星海医院")).to_be_visible()
    page.unroute(re.compile(r"/api/"))
    page.clock.run_for(70_000)
    expect(page.get_by_text("连接中断，数据停在")).not_to_be_visible()
