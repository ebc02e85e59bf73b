"""Sales operations make rules in few steps: two branches, an overflow, tested and published."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from closeloop.edge import revisions
from closeloop.engine.routing import Strategy
from closeloop.routing.models import RuleSet
from tests.builders.records import row_of
from tests.routing.given import branch, make_group, new_lead, publish, where
from tests.stories.given import stored
from tests.stories.screen import drag, sheet, toast

MOST_INTERACTIONS = 25
"""Clicks and filled fields within which a rule must stand (the aim of the product)."""
HOSPITAL = {"industry": "private_hospital"}


class Hands:
    """Clicks and fills, and counts them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def click(self, what: Locator) -> None:
        what.click()
        self.count += 1

    def fill(self, what: Locator, text: str) -> None:
        what.fill(text)
        self.count += 1

    def pick(self, place: Page | Locator, label: str, option: str) -> None:
        """Open a drop-down and choose."""
        self.click(place.get_by_role("combobox", name=label))
        offered = self.page.locator(".ant-select-dropdown:visible")
        self.click(offered.get_by_title(re.compile(f"^{option}")))


@pytest.fixture
def groups(company) -> None:
    """Three groups; only one person has room in the first."""
    stored(make_group, "hospitals", company.seller, cap=1)
    stored(make_group, "coast", company.colleague)
    stored(make_group, "rest", company.stranger, strategy=Strategy.ROUND_ROBIN)
    for n in range(3):
        stored(new_lead, name=f"李院长{n}", **HOSPITAL)
    stored(new_lead, name="周经理", industry="software", region="east")
    stored(new_lead, name="吴老师", industry="education", region="north")


def branches(page: Page) -> Locator:
    return page.get_by_role("list", name="分支", exact=True)


def test_two_branches_and_an_overflow_are_made_tested_and_published(enter, company, groups):
    page = enter(company.ops, "/admin/routing")
    hands = Hands(page)
    hands.click(page.get_by_role("button", name="新增规则"))
    hands.fill(page.get_by_label("中文名称"), "新线索分配")
    hands.click(page.get_by_role("button", name="开始设置"))
    expect(page.get_by_role("heading", name="新线索分配")).to_be_visible()

    hands.click(page.get_by_role("button", name="添加分支"))
    first = page.get_by_role("article", name="分支 1")
    hands.pick(first, "值", "民营医院")
    hands.pick(first, "由谁承接（按顺序）", "hospitals")
    hands.pick(first, "由谁承接（按顺序）", "rest")
    expect(first.get_by_role("list", name="顺延顺序")).to_have_text(
        re.compile("hospitals.*满员.*rest.*满员.*公海")
    )

    hands.click(page.get_by_role("button", name="添加分支"))
    second = page.get_by_role("article", name="分支 2")
    hands.pick(second, "字段", "大区")
    hands.pick(second, "值", "华东")
    hands.pick(second, "由谁承接（按顺序）", "coast")
    hands.pick(page, "其他情况由谁承接", "rest")
    expect(first).to_contain_text("行业")
    expect(page.get_by_role("status").get_by_text("草稿已保存")).to_be_visible()

    hands.click(page.get_by_role("button", name="试运行"))
    bench = sheet(page, "试运行")
    expect(bench.get_by_role("status")).to_contain_text("试了 5 条")
    expect(bench.get_by_role("list", name="各分支条数")).to_contain_text("分支 1 3")
    expect(bench.get_by_role("row", name=re.compile("周经理"))).to_contain_text(
        "分支 2 → coast → 李娜"
    )
    hands.click(bench.get_by_role("button", name="Close").or_(bench.get_by_label("关闭")).first)
    hands.click(page.get_by_role("button", name="发布", exact=True))
    asked = sheet(page, "发布第 1 版？")
    hands.click(asked.get_by_role("button", name="发布", exact=True))
    expect(toast(page, "已发布第 1 版")).to_be_visible()

    assert hands.count <= MOST_INTERACTIONS, hands.count
    made = RuleSet.objects.get(name__contains={"zh-CN": "新线索分配"})
    assert made.is_active
    definition = made.versions.get(is_current=True).definition
    assert [each["groups"] for each in definition["branches"]] == [
        ["hospitals", "rest"],
        ["coast"],
    ]
    revisions.refresh()
    given = [stored(new_lead, name=f"赵院长{n}", **HOSPITAL) for n in range(2)]
    owners = [row_of("lead", each).owner_id for each in given]
    assert owners == [company.seller.pk, company.stranger.pk]


@pytest.fixture
def rules(company, groups) -> None:
    stored(
        publish,
        branch("hospitals", where("field.industry", "=", "private_hospital"), "hospitals"),
        branch("east", where("field.region", "=", "east"), "coast"),
        otherwise=["rest"],
    )
    RuleSet.objects.update(draft=None)


def stand_in_order(page: Page, *names: str) -> None:
    """Wait until the branches stand in this order, and no others."""
    articles = branches(page).get_by_role("article")
    expect(articles).to_have_count(len(names))
    for place, name in enumerate(names):
        expect(articles.nth(place)).to_have_attribute("aria-label", name)


def test_branches_are_dragged_and_moved_and_faults_stand_at_their_place(enter, company, rules):
    page = enter(company.ops, "/admin/routing/leads")
    expect(branches(page).get_by_role("article")).to_have_count(2)
    east, hospitals = (page.get_by_role("article", name=each) for each in ("east", "hospitals"))
    drag(east.get_by_title("拖动调整顺序"), hospitals)
    stand_in_order(page, "east", "hospitals")
    page.get_by_role("button", name="下移「east」").press("Enter")
    stand_in_order(page, "hospitals", "east")
    page.get_by_role("button", name="添加分支").click()
    expect(page.get_by_role("article", name="分支 3").get_by_role("alert")).to_contain_text(
        "请至少选择一个承接组"
    )
    expect(page.get_by_role("button", name="发布", exact=True)).to_be_disabled()


def test_a_lead_says_why_it_went_where_it_went(enter, company, rules):
    stored(new_lead, name="钱院长", **HOSPITAL)
    lead = stored(new_lead, name="孙院长", **HOSPITAL)
    assert row_of("lead", lead).owner_id is None
    page = enter(company.ops, f"/r/lead/{lead}")
    why = page.get_by_role("region", name="为什么这样分配")
    expect(why).to_contain_text("进入公海")
    why.get_by_role("button", name="详细").click()
    told = sheet(page, "为什么这样分配")
    expect(told).to_contain_text("张伟（hospitals）：在跟数已达上限")
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name="公海")).to_contain_text("线索公海")
    page.goto("/admin/routing-report")
    expect(page.get_by_role("row", name=re.compile("张伟"))).to_contain_text("100%")
