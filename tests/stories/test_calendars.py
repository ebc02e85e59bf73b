"""Working calendars: a day is changed by a click, lunch is left out, and clocks count by it."""

import pytest
from playwright.sync_api import expect

from closeloop.sla.models import Calendar, CalendarDay
from tests.builders.people import make_user
from tests.stories.given import stored
from tests.stories.screen import choose, sheet, toast

SPRING_FESTIVAL = "/admin/calendars?year=2026"


@pytest.fixture
def administrator(company):
    return stored(make_user, "冯管理", role="administrator", unit=company.head_office)


def test_a_year_shows_holidays_and_make_up_days(enter, administrator):
    page = enter(administrator, SPRING_FESTIVAL)
    february = page.get_by_role("table", name="二月", exact=True)
    expect(february.get_by_role("button", name="2026年2月17日", exact=False)).to_contain_text("17")
    expect(february.get_by_role("button", name="春节").first).to_be_visible()
    expect(february.get_by_role("button", name="2026年2月14日星期六 · 补班")).to_be_visible()


def test_a_day_is_set_by_a_click_and_given_back(enter, administrator):
    page = enter(administrator, SPRING_FESTIVAL)
    page.get_by_role("button", name="2026年3月6日星期五 · 工作日").click()
    form = sheet(page, "2026年3月6日星期五")
    form.get_by_role("radio", name="半天").check()
    form.get_by_label("中文名称").fill("司庆")
    form.get_by_role("checkbox", name="这一天使用单独的工作时间").check()
    form.get_by_role("button", name="移除第 2 段").click()
    form.get_by_role("button", name="保存").click()
    day = page.get_by_role("button", name="2026年3月6日星期五 · 半天 · 司庆 · 本公司设置")
    expect(day).to_be_visible()
    kept = CalendarDay.objects.get()
    assert (str(kept.date), kept.kind, kept.hours) == (
        "2026-03-06",
        "half",
        [{"from": "09:00", "to": "12:00"}],
    )
    day.click()
    sheet(page, "2026年3月6日星期五").get_by_role("button", name="恢复为公布的安排").click()
    expect(page.get_by_role("button", name="2026年3月6日星期五 · 工作日")).to_be_visible()
    assert not CalendarDay.objects.exists()


def test_a_unit_has_hours_of_its_own(enter, company, administrator):
    page = enter(administrator, "/admin/calendars?calendar=new")
    page.get_by_label("中文名称").fill("华西大区日历")
    page.get_by_label("英文名称").fill("West")
    choose(page, "适用部门", "\u3000华西大区")
    page.get_by_label("周五 第 2 段结束").fill("17:00")
    page.get_by_role("button", name="保存").click()
    expect(toast(page, "已保存")).to_be_visible()
    made = Calendar.objects.get(unit=company.regions[1])
    assert {"weekday": 4, "from": "13:00", "to": "17:00"} in made.hours


def test_who_may_not_manage_clocks_reads_the_calendar_only(enter, company):
    page = enter(company.seller, SPRING_FESTIVAL)
    expect(page.get_by_role("table", name="二月", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="新增日历")).to_have_count(0)
    expect(page.get_by_role("button", name="2026年3月6日星期五 · 工作日")).to_be_disabled()
