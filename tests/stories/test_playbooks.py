"""The library in the browser: a plan with its sources, a push that is opened."""

from playwright.sync_api import expect

from closeloop.playbooks.models import Entry, Receipt, Use
from closeloop.tasks.models import Task
from tests.builders.records import make_deal, row_of
from tests.stories.given import stored
from tests.stories.screen import sheet, toast


def test_a_plan_is_made_from_the_library_and_taken_over(enter, company):
    deal = stored(make_deal, company.seller, "星海医院 CT")
    seller = enter(company.seller, f"/r/deal/{deal}?tab=playbooks")
    seller.get_by_role("button", name="一键生成跟进计划").click()
    form = sheet(seller, "跟进计划")
    form.get_by_label("现在是什么情况？").fill("样品被拒收，主任说不达标")
    form.get_by_role("button", name="生成计划").click()
    expect(form.get_by_role("status")).to_contain_text("未使用语言模型")
    steps = form.get_by_role("list", name="跟进计划").get_by_role("listitem")
    expect(steps).to_have_count(3)
    expect(steps.first).to_contain_text("样品被拒收")
    form.get_by_role("button", name="设为下次跟进日期").click()
    expect(toast(seller, "已填入下次跟进日期")).to_be_visible()
    form.get_by_role("button", name="转为任务").click()
    expect(toast(seller, "已建立任务")).to_be_visible()
    assert row_of("deal", deal).extra["next_follow_up"]
    assert Task.objects.filter(record_id=deal).count() == 3
    assert Use.objects.filter(record_id=deal, source="plan").exists()


def test_a_manager_pushes_an_entry_and_the_person_opens_it(enter, company):
    entry = Entry.objects.get(key="price_total_cost")
    manager = enter(company.manager, f"/playbooks/{entry.pk}")
    manager.get_by_role("button", name="推送", exact=True).click()
    dialog = manager.get_by_role("dialog")
    dialog.get_by_label("人员").fill("张伟")
    manager.get_by_title("张伟").first.click()
    dialog.get_by_label("说明").fill("本周先用这条")
    dialog.get_by_role("button", name="推送").click()
    expect(toast(manager, "已推送给 1 人")).to_be_visible()

    seller = enter(company.seller, "/playbooks?tab=pushed")
    expect(seller.get_by_text("本周先用这条")).to_be_visible()
    seller.get_by_role("link", name="竞品低价：改算三年总成本").click()
    seller.get_by_role("button", name="有帮助", exact=True).click()
    expect(seller.get_by_role("button", name="有帮助", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    receipt = Receipt.objects.get(person=company.seller)
    assert receipt.opened_at is not None
