"""Exploring a figure: from a board to the breakdown, down to the record, kept and shared."""

import re

from playwright.sync_api import expect

from closeloop.metrics import actions as figures
from tests.stories.given import stored
from tests.stories.test_morning_board import CUSTOMER, make_called


def test_a_manager_breaks_a_figure_down_and_shares_how_he_sees_it(enter, company):
    stored(make_called, company.seller)
    figures.rebuild()
    page = enter(company.manager, "/boards/morning?period=month")
    page.get_by_role("link", name="在指标分析中打开：有效跟进热力图").click()
    expect(page.get_by_role("button", name="热力图", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    page.get_by_role("combobox", name="拆分维度").click()
    page.get_by_title("人员", exact=True).click()
    page.get_by_role("button", name="表格", exact=True).click()
    expect(page.get_by_role("button", name="漏斗 需只按类别")).to_be_visible()
    page.get_by_role("combobox", name="人员").fill(company.seller.name)
    page.get_by_title(re.compile(f"^{company.seller.name} · 华东")).click()
    expect(page).to_have_url(re.compile(f"person={company.seller.pk}"))
    page.get_by_role("button", name=re.compile(f"查看明细：{company.seller.name}")).first.click()
    behind = page.get_by_role("dialog", name=re.compile("有效跟进数"))
    expect(behind.get_by_role("link", name=CUSTOMER)).to_have_count(2)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="保存视图").click()
    page.get_by_label("视图名称").fill("谁跟进了")
    page.get_by_role("combobox", name="可见范围").click()
    page.get_by_title("本部门及下级").click()
    page.get_by_role("dialog").get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", name="谁跟进了")).to_be_visible()

    colleague = enter(company.seller, "/figures")
    colleague.get_by_role("link", name="谁跟进了").click()
    expect(colleague.get_by_role("heading", name="谁跟进了")).to_be_visible()
    expect(colleague.get_by_role("button", name="表格", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    row = colleague.get_by_role("button", name=re.compile(f"查看明细：{company.seller.name}"))
    expect(row.first).to_be_visible()


ALL_POINTS = """() => {
  const points = [...document.querySelectorAll("svg[baseProfile=full] path")]
  .map((path) => path.getBoundingClientRect())
  .filter((box) => box.width > 4 && box.width < 12 && box.height < 12)
  .map((box) => [box.x + box.width / 2, box.y + box.height / 2])
  .sort((one, other) => one[1] - other[1]);
  return points.length === 14 && points;
}"""
"""The fourteen days of a line, the highest first, once all of them are drawn."""


def test_a_press_beside_a_point_of_a_line_opens_what_is_behind_it(enter, company):
    stored(make_called, company.seller)
    figures.rebuild()
    path = "/figures?metric=contacts&by=day&period=days14&chart=line"
    page = enter(company.manager, path)
    x, y = page.wait_for_function(ALL_POINTS).json_value()[0]
    page.mouse.click(x + 6, y + 40)
    behind = page.get_by_role("dialog", name=re.compile("有效跟进数"))
    expect(behind.get_by_role("link", name=CUSTOMER)).to_have_count(2)
