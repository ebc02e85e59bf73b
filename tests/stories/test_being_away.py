"""When somebody is away another decides for them; when somebody leaves, others take over."""

import re

import pytest
from playwright.sync_api import expect

from closeloop.approvals.models import Ask
from closeloop.identity.models import User
from tests.builders.approvals import approve, make_flow, open_case
from tests.builders.people import make_user
from tests.builders.records import make_deal, row_of
from tests.stories.given import stored
from tests.stories.screen import choose, sheet, toast

DIRECTOR = {"kind": "role", "role": "director"}


@pytest.fixture
def administrator(company):
    return make_user("冯管理", role="administrator", unit=company.head_office)


def test_the_stand_in_decides_on_behalf_of_who_is_away(enter, company):
    director = enter(company.director, "/me/absence")
    director.get_by_role("button", name="登记外出或请假").click()
    form = sheet(director, "登记外出或请假")
    start = form.get_by_label("开始")
    start.click()
    start.fill("2020-01-01 08:00")
    start.press("Enter")
    choose(form, "代理人", "王经理")
    form.get_by_label("事由").fill("出差")
    form.get_by_role("button", name="登记", exact=True).click()
    expect(toast(director, "已登记")).to_be_visible()
    expect(director.get_by_text("由 王经理 代理 · 代理全部 · 出差")).to_be_visible()

    flow = stored(make_flow, approve("director", DIRECTOR, mode="any"))
    case = stored(open_case, flow, company.seller, title="样机借用两周")
    manager = enter(company.manager, f"/m/approvals/{case.pk}", width=390)
    expect(manager.get_by_text("代 周总监 审批")).to_be_visible()
    manager.get_by_role("button", name="同意", exact=True).click()
    expect(toast(manager, "已同意")).to_be_visible()
    ask = Ask.objects.get(case=case)
    assert (ask.person, ask.on_behalf_of) == (company.manager, company.director)

    director.get_by_role("button", name="提前结束").click()
    sheet(director, "现在就结束？").get_by_role("button", name="提前结束").click()
    expect(director.get_by_text("已取消").or_(director.get_by_text("已结束"))).to_be_visible()


def test_a_leaver_hands_over_everything_to_chosen_people(enter, company, administrator):
    deal = stored(make_deal, company.seller, "星海医院 CT")
    page = enter(administrator, "/admin/users")
    page.get_by_role("button", name="张伟").click()
    sheet(page, "张伟").get_by_role("button", name="工作交接").click()
    hand = sheet(page, "张伟 的工作交接")
    hand.get_by_text(re.compile("商机")).first.click()
    expect(hand.get_by_role("link", name="星海医院 CT").first).to_be_visible()
    choose(hand, "全部交给", "李娜")
    hand.get_by_role("button", name="交接", exact=True).click()
    sheet(page, "确认交接 张伟 的工作？").get_by_role("button", name="交接").click()
    expect(toast(page, "已交接")).to_be_visible()
    assert row_of("deal", deal).owner == company.colleague
    assert not User.objects.get(pk=company.seller.pk).is_active
