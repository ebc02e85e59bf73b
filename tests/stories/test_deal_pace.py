"""A manager opens what stands behind figures of supervision; operations say what is normal."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from closeloop.sla.models import Clock
from tests.builders.moments import from_now
from tests.builders.records import make_deal, make_lead


def test_a_low_share_of_stage_updates_opens_its_deals(enter, company):
    deals = [make_deal(company.seller, name=f"监护仪{number}") for number in range(3)]
    late = Clock.objects.filter(record_id=deals[0], policy__key="stage_overstay")
    late.update(due_at=from_now(days=-1), next_at=None)
    page = enter(company.manager, "/supervision", width=390)
    panel = page.get_by_role("region", name="阶段更新及时率")
    row = panel.get_by_role("row").filter(has_text="张伟")
    expect(row).to_contain_text("66.6%")
    expect(row).to_contain_text("异常")
    row.get_by_role("button", name="张伟 超期 1").click()
    found = page.get_by_role("dialog").get_by_role("listitem")
    expect(found).to_have_count(1)
    expect(found).to_contain_text("监护仪0")


def test_figures_are_narrowed_to_a_unit_and_judged_anew_by_thresholds_that_somebody_changes(
    enter, company
):
    deals = [make_deal(company.seller) for _ in range(3)]
    late = Clock.objects.filter(record_id=deals[0], policy__key="stage_overstay")
    late.update(due_at=from_now(days=-1), next_at=None)
    page = enter(company.ops, "/supervision")
    row = (
        page.get_by_role("region", name="阶段更新及时率").get_by_role("row").filter(has_text="张伟")
    )
    expect(row).to_contain_text("异常")
    page.get_by_role("button", name="阶段更新及时率 调整标准").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("spinbutton", name="异常（低于）").fill("95")
    sheet.get_by_role("button", name="保存").click()
    expect(sheet.get_by_role("alert")).to_have_text("异常值须低于正常值")
    sheet.get_by_role("spinbutton", name="异常（低于）").fill("60")
    sheet.get_by_role("button", name="保存").click()
    expect(sheet.get_by_role("region", name="历次调整")).to_contain_text(company.ops.name)
    page.keyboard.press("Escape")
    expect(row).to_contain_text("偏离")


def test_punctuality_of_last_month_opens_what_fell_due_then(enter, company):
    first = from_now().astimezone(ZoneInfo("Asia/Shanghai")).replace(day=1, hour=12)
    lead = make_lead(company.seller, "钱采购")
    touch = Clock.objects.filter(record_id=lead, policy__key="first_touch")
    touch.update(due_at=first - timedelta(days=1), next_at=None)
    page = enter(company.manager, "/supervision?period=own&from=2020-01-01&to=2020-01-02")
    panel = page.get_by_role("region", name="准时率")
    expect(panel).to_contain_text("期内没有到期的事项")
    panel.get_by_role("combobox", name="期间").click()
    page.get_by_title("上月").click()
    panel.get_by_role("button", name="线索首次触达 未按时 1").click()
    expect(page.get_by_role("dialog")).to_contain_text("钱采购")
    expect(page).to_have_url(re.compile("period=lastMonth"))
