"""Working together: mentions reach the other person, and nobody sees what is not theirs."""

from playwright.sync_api import expect

from tests.builders.records import make_deal
from tests.stories.given import stored


def test_a_mention_appears_on_the_other_persons_today(enter, company):
    deal = stored(make_deal, company.seller, "星海医院 CT")
    seller = enter(company.seller, f"/r/deal/{deal}")
    box = seller.get_by_role("textbox", name="写评论")
    box.press_sequentially("请 @王")
    seller.get_by_role("option", name="王经理").click()
    box.press_sequentially("看一下报价")
    seller.get_by_role("button", name="发送").click()
    expect(seller.get_by_role("region", name="评论").get_by_text("看一下报价")).to_be_visible()

    manager = enter(company.manager)
    mentions = manager.get_by_role("region", name="提到我的")
    expect(mentions).to_contain_text("看一下报价")
    mentions.get_by_role("link", name="星海医院 CT").click()
    expect(manager.get_by_role("heading", name="星海医院 CT")).to_be_visible()


def test_another_regions_deal_cannot_be_found_by_its_address(enter, company):
    deal = stored(make_deal, company.stranger, "锦江医院 CT")
    page = enter(company.seller, f"/r/deal/{deal}")
    expect(page.get_by_text("找不到这条记录")).to_be_visible()
    expect(page.get_by_text("锦江医院")).to_have_count(0)
    page.goto("/r/deal")
    expect(page.get_by_text("还没有商机")).to_be_visible()


def test_a_salesperson_has_no_administration(enter, company):
    page = enter(company.seller)
    menu = page.get_by_role("navigation", name="主菜单")
    expect(menu.get_by_role("link", name="商机")).to_be_visible()
    for name in ("用户", "组织架构", "角色权限", "操作日志", "数据导入"):
        expect(menu.get_by_role("link", name=name, exact=True)).to_have_count(0)
    page.goto("/admin/users")
    expect(page.get_by_text("您没有权限查看这部分内容")).to_be_visible()


def test_a_superior_sees_the_deals_of_the_team(enter, company):
    stored(make_deal, company.seller, "星海医院 CT")
    page = enter(company.manager, "/r/deal")
    expect(page.get_by_role("link", name="星海医院 CT")).to_be_visible()
