"""From a form to a lead: built, published, filled in by a visitor, mended, merged."""

from playwright.sync_api import Page, expect

from closeloop.capture.models import Channel, Submission
from closeloop.leads.models import Lead
from tests.builders.records import make_lead
from tests.stories.given import stored
from tests.stories.screen import choose, drag, sheet, toast


def build(page: Page) -> str:
    """A form with one more field at another place, published; gives its address."""
    page.get_by_role("button", name="新建渠道").click()
    new = sheet(page, "新建渠道")
    new.get_by_label("中文名称").fill("官网预约")
    new.get_by_role("button", name="创建").click()
    fields = page.get_by_role("list", name="字段").get_by_role("listitem")
    expect(fields).to_have_count(3)
    choose(page, "添加字段", "关注产品")
    expect(fields).to_have_count(4)
    drag(page.get_by_title("拖动 关注产品"), fields.nth(1))
    expect(fields.nth(1)).to_contain_text("关注产品")
    page.get_by_role("button", name="上移 公司名称").click()
    expect(fields.nth(2)).to_contain_text("公司名称")
    page.get_by_role("button", name="发布").click()
    expect(toast(page, "已发布第 1 版")).to_be_visible()
    expect(page.get_by_role("img", name="表单二维码")).to_be_visible()
    return f"/f/{stored(Channel.objects.get, kind='form').token}"


def test_a_visitor_becomes_a_lead_and_what_waits_is_mended(enter, company):
    ops = enter(company.ops, "/capture")
    address = build(ops)

    visitor = enter(None, address)
    visitor.get_by_label("联系人姓名").fill("林晓 🦾")
    visitor.get_by_label("手机").fill("12")
    visitor.get_by_role("checkbox").check()
    visitor.get_by_role("button", name="提交").click()
    expect(visitor.get_by_role("alert")).to_contain_text("请修改标出的内容")
    assert stored(lambda: Submission.objects.get().state) == "quarantined"

    ops.goto("/capture/waiting")
    ops.get_by_role("button", name="20").first.click()
    mending = sheet(ops, "留资详情")
    mending.get_by_label("手机").fill("138 1234 5678")
    mending.get_by_role("button", name="按以上内容重试").click()
    expect(toast(ops, "已生成新线索")).to_be_visible()
    assert stored(lambda: Lead.objects.get().phone) == "13812345678"


def test_two_leads_of_one_person_are_made_one_and_two_again(enter, company):
    lead = stored(make_lead, company.seller, "林晓", phone="13812345678", company="一院")
    stored(make_lead, company.seller, "林小姐", phone="13812345678", email="lin@example.com")
    page = enter(company.seller, f"/r/lead/{lead}?tab=origin")

    page.get_by_role("checkbox", name="选择 林小姐").check()
    page.get_by_role("button", name="并排比较并合并").click()
    side = sheet(page, "合并线索")
    side.get_by_role("radio", name="联系人姓名：林小姐").check()
    side.get_by_label("合并原因").fill("同一人")
    side.get_by_role("button", name="合并 1 条到这里").click()
    expect(page.get_by_role("heading", name="林小姐")).to_be_visible()
    assert stored(lambda: Lead.objects.filter(deleted_at=None).get().email) == "lin@example.com"

    page.get_by_role("button", name="撤销合并").click()
    page.get_by_role("dialog").get_by_role("button", name="撤销合并").click()
    expect(page.get_by_role("heading", name="林晓")).to_be_visible()
    assert stored(Lead.objects.filter(deleted_at=None).count) == 2
