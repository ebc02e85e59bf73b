"""A contract that waits for its approval, as its people see it: the same table, in browsers.

The browsers' clocks, the server's and the database's tell one time, which the story sets.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.stories import contract_table as table
from tests.stories.contract_screens import PHONE, Screens, notices_of, submit
from tests.stories.office import go_away, make_ready_deal, open_office
from tests.stories.screen import sheet, toast

DEAL = "省医院 CT"


@pytest.fixture
def screens(company, enter, monkeypatch):
    with open_office(company, monkeypatch) as office:
        office.at("2026-02-13 09:00")
        yield Screens(office, enter)


@pytest.fixture
def deal(screens) -> int:
    """A deal whose contract lacks nothing but its approval, on the morning of a working day."""
    screens.at("2026-03-10 09:00")
    return make_ready_deal(screens.office, DEAL)


def path_of(page: Page):
    return page.get_by_role("list", name="审批路径")


def test_on_a_working_day_it_goes_from_the_phone_to_the_superior_to_the_red_list(screens, deal):
    course, office = table.ON_A_WORKING_DAY, screens.office
    screens.at(course.submitted)
    seller = screens.open(office.company.seller, f"/r/deal/{deal}")
    director = screens.open(office.company.director, "/m/", width=PHONE)
    chief = screens.open(office.people["chief"], "/")
    submit(seller)
    screens.work()

    tabs = director.get_by_role("navigation", name="主导航")
    expect(tabs.get_by_role("link", name="通知 1")).to_be_visible()
    notices_of(director, "未读").get_by_role("link", name=re.compile(DEAL)).click()
    expect(director.get_by_text("客户周五前要盖章件")).to_be_visible()
    expect(path_of(director).get_by_text("剩 1 天")).to_be_visible()

    screens.at("2026-03-10 15:00")
    expect(path_of(director).get_by_text("剩 19 小时")).to_be_visible()
    escalated = notices_of(chief, "未读").filter(has_text="已升级")
    expect(escalated).to_contain_text("负责人：周总监，时限 3月11日 10:00")
    escalated.get_by_role("link").click()
    expect(path_of(chief).get_by_text("剩 19 小时")).to_be_visible()

    screens.at("2026-03-11 10:00")
    late = path_of(director).locator("[data-face=late]")
    expect(late).to_have_attribute("data-red", "true")
    partner = screens.open(office.people["bp"], "/")
    notices_of(partner, "未读").get_by_role("link", name="查看报告").click()
    expect(partner.get_by_role("heading", name=re.compile(DEAL))).to_be_visible()
    paper = partner.get_by_role("link", name="查看 PDF").get_attribute("href")
    assert partner.request.get(paper).body().startswith(b"%PDF")
    chief.get_by_role("link", name="工作台").click()
    red = chief.get_by_role("region", name="标红事项").get_by_role("listitem")
    expect(red.filter(has_text="合同审批时限")).to_contain_text("周总监")
    chief.get_by_role("region", name="标红事项").get_by_role("link", name="全部").click()
    supervised = chief.get_by_role("region", name="标红").get_by_role("listitem")
    expect(supervised.filter(has_text="合同审批时限")).to_contain_text("超时")

    screens.at(course.until)
    assert screens.told(DEAL)[DEAL] == sorted(course.told)
    (brief,) = [one for _, one in office.post if one.pdfs and not one.is_copy]
    assert brief.is_red


def test_over_a_make_up_saturday_spring_festival_and_a_weekend(screens):
    office = screens.office
    courses = {
        "县医院彩超": table.OVER_A_MAKE_UP_SATURDAY,
        "市医院核磁": table.OVER_SPRING_FESTIVAL,
        "区医院监护": table.OVER_A_WEEKEND,
    }
    deals = {name: make_ready_deal(office, name) for name in courses}
    for name, course in courses.items():
        screens.at(course.submitted)
        submit(screens.open(office.company.seller, f"/r/deal/{deals[name]}"))
        screens.work()
    screens.at(table.OVER_A_WEEKEND.until)
    for person in (office.company.director, office.people["chief"], office.people["bp"]):
        screens.open(person, "/")
    wanted = {name: sorted(course.told) for name, course in courses.items()}
    assert screens.told(*courses) == wanted


def test_with_the_approver_away_the_stand_in_is_asked_on_their_behalf(screens, deal):
    course, office = table.WITH_THE_APPROVER_AWAY, screens.office
    deputy = office.people["deputy"]
    go_away(office.company.director, "2026-03-10", "2026-03-14", stand_in=deputy)
    screens.at(course.submitted)
    submit(screens.open(office.company.seller, f"/r/deal/{deal}"))
    screens.work()
    stand_in = screens.open(deputy, "/m/", width=PHONE)
    notices_of(stand_in, "未读").get_by_role("link", name=re.compile(DEAL)).click()
    expect(path_of(stand_in).get_by_text("代 周总监 审批")).to_be_visible()
    screens.at(course.until)
    for key in ("chief", "bp"):
        screens.open(office.people[key], "/")
    assert screens.told(DEAL)[DEAL] == sorted(course.told)


def test_with_the_approver_agreeing_between_the_two_steps(screens, deal):
    course, office = table.AGREED_BETWEEN_THE_STEPS, screens.office
    screens.at(course.submitted)
    submit(screens.open(office.company.seller, f"/r/deal/{deal}"))
    screens.work()
    screens.at(table.ANSWERED_AT)
    director = screens.open(office.company.director, "/m/notices", width=PHONE)
    notices_of(director, "未读").get_by_role("link", name=re.compile(DEAL)).click()
    director.get_by_role("button", name="同意", exact=True).click()
    expect(toast(director, "已同意")).to_be_visible()
    screens.work()
    screens.at(course.until)
    for key in ("chief", "legal", "presales"):
        screens.open(office.people[key], "/")
    assert screens.told(DEAL)[DEAL] == sorted(course.told)


def test_with_the_requester_withdrawing(screens, deal):
    course, office = table.WITHDRAWN, screens.office
    screens.at(course.submitted)
    seller = screens.open(office.company.seller, f"/r/deal/{deal}")
    submit(seller)
    screens.work()
    screens.at(table.ANSWERED_AT)
    seller.get_by_role("tab", name="审批").click()
    seller.get_by_role("tabpanel").get_by_role("link", name=DEAL).click()
    seller.get_by_role("button", name="撤回").click()
    form = sheet(seller, "撤回")
    form.get_by_label("审批意见").fill("条款有误")
    form.get_by_role("button", name="确认撤回").click()
    expect(toast(seller, "已撤回")).to_be_visible()
    screens.work()
    screens.at(course.until)
    for person in (office.company.director, office.people["chief"]):
        screens.open(person, "/")
    assert screens.told(DEAL)[DEAL] == sorted(course.told)
