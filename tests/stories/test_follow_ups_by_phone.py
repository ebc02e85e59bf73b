"""Visits recorded in a corridor: with and without network, each of them on the server once."""

import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from closeloop.activity.models import Entry
from closeloop.desk import actions as desk
from closeloop.fieldwork.models import FollowUp, Upload
from closeloop.identity.actor import SYSTEM
from closeloop.records.models import Record
from closeloop.sla.models import Clock
from tests.stories import effort
from tests.stories.conftest import session_of
from tests.stories.effort import Effort
from tests.stories.field_phone import FAR, HERE, WIDTH, Phone, agree, make_hospital
from tests.stories.given import stored
from tests.stories.test_trouble import MEGABYTE, big_photo

MINUTE_S = 60
OLD_BROWSER = "Object.defineProperty(navigator, 'locks', { value: undefined })"
"""A browser without locks: the outbox takes a lease in its database instead."""
VISITS = {
    "星海医院": "急诊夜班排队久，想年底前换机",
    "新区医院": "放射科预算未批，等院长办公会",
    "市立医院": "检验科嫌出报告慢，影响门诊",
}


@pytest.fixture
def phone(enter, company) -> Phone:
    """The salesperson's phone after a morning with network."""
    stored(agree, company.seller)
    for place, name in zip((HERE, HERE, FAR), VISITS, strict=True):
        stored(make_hospital, company.seller, name, place, deal=f"{name} CT 采购")
    phone = Phone(enter(company.seller, "/m", width=WIDTH))
    phone.be_ready(company.seller)
    return phone


def written() -> list[tuple[str, str, int]]:
    """What the server has: text, state and number of pictures, oldest first."""
    rows = FollowUp.objects.order_by("at").prefetch_related("uploads")
    return [(row.text, row.state, row.uploads.count()) for row in rows]


def all_visits() -> list[tuple[str, str, int]]:
    """Three visits, each once."""
    return [(text, "counted", 1) for text in VISITS.values()]


def test_three_visits_without_network_arrive_once_after_the_app_was_closed(phone, company, capsys):
    phone.lose_network()
    phone.reopen()
    expect(phone.page.get_by_role("heading", name="张伟，今天先做这些")).to_be_visible()
    for customer, text in VISITS.items():
        phone.taps = 0
        phone.visit(customer, text)
        expect(phone.page.get_by_text("已保存在本机，联网后自动提交")).to_be_visible()
        assert phone.taps <= 8
        phone.home()
    phone.reopen()
    expect(phone.told("待同步 3")).to_be_visible()
    assert written() == []
    phone.find_network()
    expect(phone.told("待同步")).to_be_hidden()
    assert written() == all_visits()
    assert Upload.objects.count() == 3
    assert Entry.objects.filter(verb="followup.recorded", data__main=True).count() == 3
    owed = Clock.objects.filter(policy__key="agreed_follow_up_deal", state="running")
    agreed = FollowUp.objects.values_list("record_id", "next_at")
    assert sorted(owed.values_list("record_id", "due_at")) == sorted(agreed)
    longest = max(map(len, VISITS.values()))
    visit = Effort(phone.taps, decisions=4, characters=longest, cameras=1)
    with capsys.disabled():
        sys.stdout.write("\n" + effort.told("visit by the keystroke-level model", visit))
    assert effort.seconds(visit, per_character_s=effort.TYPED_S) < MINUTE_S


def test_a_server_that_dies_half_way_leaves_nothing_lost_and_nothing_doubled(phone):
    phone.page.context.add_init_script(OLD_BROWSER)
    phone.lose_network()
    phone.reopen()
    for customer, text in VISITS.items():
        phone.visit(customer, text)
        phone.home()
    ways = [dies, dies_after_taking, lives, lives, dies, dies_after_taking]
    last = [dies]

    def meet(route: Route) -> None:
        (ways or last)[0](route)
        if ways:
            ways.pop(0)

    phone.page.context.route("**/api/followups/uploads", meet)
    phone.page.context.route("**/api/followups/sync", meet)
    for _ in range(5):
        with phone.page.expect_event("requestfailed"):
            phone.find_network()
    phone.told("待同步").click()
    expect(phone.page.get_by_text("暂时连不上，稍后自动重试")).to_be_visible()
    last[:] = [lives]
    phone.page.get_by_role("button", name="立即同步").click()
    expect(phone.page.get_by_role("heading", name="已提交 (3)")).to_be_visible()
    assert written() == all_visits()
    assert Upload.objects.count() == 3


def dies(route: Route) -> None:
    """The server is gone before anything arrives."""
    route.abort("connectionreset")


def dies_after_taking(route: Route) -> None:
    """The server takes it, and is gone before it can say so."""
    route.fetch()
    route.abort("connectionreset")


lives: Callable[[Route], None] = Route.continue_


def test_two_open_pages_send_once_and_another_person_neither_sees_nor_sends(phone, company):
    phone.lose_network()
    for customer, text in VISITS.items():
        phone.visit(customer, text)
        phone.home()
    context = phone.page.context
    address = phone.page.evaluate("location.origin")
    context.add_cookies([session_of(company.colleague, address)])
    phone.find_network()
    phone.page.goto("/m")
    expect(phone.page.get_by_role("heading", name="李娜，今天先做这些")).to_be_visible()
    expect(phone.told("待同步")).to_be_hidden()
    assert written() == []
    asked: list[str] = []
    context.on(
        "request", lambda request: asked.append(request.url) if "/sync" in request.url else None
    )
    context.add_cookies([session_of(company.seller, address)])
    other = context.new_page()
    other.goto("/m", wait_until="commit")
    phone.page.goto("/m")
    expect(phone.page.get_by_role("heading", name="张伟，今天先做这些")).to_be_visible()
    expect(phone.told("待同步")).to_be_hidden()
    expect(other.get_by_role("link", name="待同步")).to_be_hidden()
    assert written() == all_visits()
    assert len(asked) == 1


def test_what_the_server_refuses_is_shown_mended_and_sent(phone, company):
    phone.lose_network()
    phone.visit("星海医院", "急诊夜班排队久")
    phone.home()
    stored(hand_over, company)
    phone.find_network()
    expect(phone.told("需处理 1")).to_be_visible()
    phone.page.get_by_role("link", name="我的").click()
    phone.page.get_by_role("button", name="退出登录").click()
    asked = phone.page.get_by_role("alertdialog")
    expect(asked).to_contain_text("还有 1 条记录未提交，退出后将从本机删除")
    asked.get_by_role("button", name="先不退出").click()
    phone.page.get_by_role("link", name="本机记录").click()
    expect(phone.page.get_by_role("alert")).to_contain_text("打开后更换客户，再提交")
    phone.page.get_by_role("link", name="打开").click()
    phone.page.get_by_role("link", name="更换").click()
    phone.page.get_by_label("客户名称两个字，或拼音首字母").fill("xqyy")
    phone.page.get_by_role("button", name="新区医院").click()
    phone.page.get_by_role("button", name="完成").click()
    expect(phone.page.get_by_role("heading", name="已计入有效跟进")).to_be_visible()
    assert written() == [("急诊夜班排队久", "counted", 1)]
    assert FollowUp.objects.get().record.title == "新区医院 CT 采购"


def hand_over(company) -> None:
    """The deal goes to the other region while the phone has no network."""
    record = Record.objects.get(title="星海医院 CT 采购")
    desk.assign_record("deal", record.pk, owner_id=company.stranger.pk, actor=SYSTEM)


def test_what_is_missing_shrinks_until_the_visit_counts(phone):
    lacks = phone.page.get_by_role("list", name="还差").get_by_role("listitem")
    phone.begin("星海医院")
    expect(lacks).to_have_text(["现场照片", "客户痛点", "下次跟进时间"])
    expect(phone.page.get_by_role("button", name="存为草稿")).to_be_disabled()
    phone.say("已联系，再沟通")
    expect(phone.page.get_by_text("这句话太笼统")).to_be_visible()
    phone.say("夜" * 121)
    expect(phone.page.get_by_text("121/120")).to_be_visible()
    expect(lacks).to_have_text(["现场照片", "客户痛点（太长）", "下次跟进时间"])
    phone.say("夜班只有一台机器")
    expect(lacks).to_have_text(["现场照片", "下次跟进时间"])
    phone.tap(phone.page.get_by_role("button", name="存为草稿"))
    expect(phone.page.get_by_role("heading", name="已存为草稿，未计入")).to_be_visible()
    assert written() == [("夜班只有一台机器", "draft", 0)]
    phone.tap(phone.page.get_by_role("link", name="继续补充"))
    phone.shoot(big_photo(at_least=20 * MEGABYTE, taken="2026:05:12 10:00:00"))
    expect(lacks).to_have_text(["下次跟进时间"])
    phone.tap(phone.page.get_by_role("button", name="3 天后"))
    expect(phone.page.get_by_text("已齐全，可计入有效跟进")).to_be_visible()
    phone.tap(phone.page.get_by_role("button", name="完成"))
    expect(phone.page.get_by_role("heading", name="已计入有效跟进")).to_be_visible()
    assert written() == [("夜班只有一台机器", "counted", 1)]
    kept = Upload.objects.get().attachment
    assert kept.size < 5 * MEGABYTE
    assert kept.taken["time"] == "2026-05-12T10:00:00"
