"""Two people change the same field: the second sees both values and decides."""

from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from tests.builders.records import make_deal, row_of
from tests.stories.given import stored
from tests.stories.screen import choose, field


def change_amount(page: Page, amount: str) -> None:
    page.get_by_role("region", name="关键信息").get_by_role("button", name="修改 金额").click()
    box = page.get_by_role("region", name="关键信息").get_by_role("spinbutton", name="金额")
    box.fill(amount)
    box.press("Enter")


@pytest.mark.parametrize(("choice", "kept"), [("您填写的", "260000.00"), ("现在的值", "250000.00")])
def test_both_values_are_shown_and_the_chosen_one_is_kept(enter, company, choice, kept):
    deal = stored(make_deal, company.seller, "星海医院 CT", amount="200000")
    first = enter(company.seller, f"/r/deal/{deal}")
    second = enter(company.manager, f"/r/deal/{deal}")
    expect(field(second, "金额")).to_contain_text("200,000")
    change_amount(first, "250000")
    expect(field(first, "金额")).to_contain_text("250,000")
    change_amount(second, "260000")

    dialog = second.get_by_role("dialog", name="别人刚刚改过这条记录")
    both = dialog.get_by_role("group", name="金额")
    expect(both).to_contain_text("260,000")
    expect(both).to_contain_text("250,000")
    both.get_by_role("radio", name=choice).check()
    dialog.get_by_role("button", name="保存所选").click()
    expect(dialog).to_have_count(0)
    shown = f"{Decimal(kept):,.0f}"
    expect(field(second, "金额")).to_contain_text(shown)
    assert row_of("deal", deal).amount == Decimal(kept)


def test_different_fields_of_one_record_do_not_disturb_each_other(enter, company):
    deal = stored(make_deal, company.seller, "星海医院 CT", amount="200000")
    first = enter(company.seller, f"/r/deal/{deal}")
    second = enter(company.manager, f"/r/deal/{deal}")
    expect(field(second, "意向等级")).to_contain_text("–")
    change_amount(first, "250000")
    expect(field(first, "金额")).to_contain_text("250,000")
    field(second, "意向等级").get_by_role("button", name="修改 意向等级").click()
    choose(second, "意向等级", "高")
    expect(field(second, "意向等级")).to_contain_text("高")
    assert row_of("deal", deal).amount == Decimal("250000.00")
