"""A move that needs consent: asked for where one moves, answered anywhere, and the deal follows."""

import re

import pytest
from playwright.sync_api import Page, expect

from closeloop.approvals.models import Case, StepFile
from tests.builders.approvals import approve, make_flow, open_case, refuse, words
from tests.builders.records import advance, make_deal, open_lock, row_of
from tests.stories.given import stored
from tests.stories.screen import choose, current_stage, sheet, toast

TO_CONTRACT = (
    *("first_talk", "needs_confirmed", "solution_demo", "quotation", "contract_approval"),
)
DIRECTOR = {"kind": "role", "role": "director"}


@pytest.fixture
def deal(company) -> int:
    """A deal whose contract lacks nothing but the director's consent."""
    node = approve("director", DIRECTOR, mode="any")
    stored(make_flow, node, key="contract_approval", record_type="deal")
    return stored(_ready, company.seller)


@pytest.fixture
def case(company) -> Case:
    """A request that waits for the director."""
    flow = stored(make_flow, approve("director", DIRECTOR, mode="any"))
    return stored(open_case, flow, company.seller, title="样机借用两周")


def _ready(seller) -> int:
    deal = make_deal(seller, "星海医院 CT")
    advance("deal", deal, *TO_CONTRACT)
    open_lock("deal", deal, "signing")
    Case.objects.all().delete()
    return deal


def answer(page: Page, action: str, comment: str = "") -> None:
    page.get_by_role("button", name=action, exact=True).click()
    form = sheet(page, action)
    if comment:
        form.get_by_label("审批意见").fill(comment)
    form.get_by_role("button", name=f"确认{action}").click()


def add_file(form, name: str) -> None:
    """Choose a document; it is there once the server has it."""
    upload = {"name": name, "mimeType": "text/plain", "buffer": name.encode()}
    form.get_by_label("添加附件").set_input_files(upload)
    expect(form.get_by_role("button", name=f"移除 {name}")).to_be_visible()


def state_of(case: Case) -> str:
    case.refresh_from_db()
    return case.state


def test_submitted_from_the_move_sheet_and_agreed_on_a_phone_in_two_taps(enter, company, deal):
    seller = enter(company.seller, f"/r/deal/{deal}")
    expect(seller.get_by_text("条件已满足，需要审批：通过后自动推进。")).to_be_visible()
    seller.get_by_role("button", name="推进到「签约」").click()
    move = sheet(seller, "推进到「签约」")
    expect(move.get_by_text("周总监")).to_be_visible()
    add_file(move, "盖章说明.txt")
    move.get_by_label("审批说明").fill("客户周五前要盖章件")
    move.get_by_role("button", name="提交审批").click()
    expect(toast(seller, "已提交审批，通过后自动推进")).to_be_visible()
    expect(seller.get_by_text("正在审批中，通过后自动推进。")).to_be_visible()

    director = enter(company.director, "/m/notices", width=390)
    director.get_by_role("link", name=re.compile("星海医院 CT")).click()
    expect(director.get_by_text("客户周五前要盖章件")).to_be_visible()
    link = director.get_by_role("list", name="随申请提交的附件").get_by_role("link")
    assert director.request.get(link.get_attribute("href")).text() == "盖章说明.txt"
    director.get_by_role("button", name="同意", exact=True).click()
    expect(director.get_by_text("已通过并执行。")).to_be_visible()

    assert row_of("deal", deal).stage == "signing"
    seller.reload()
    expect(current_stage(seller)).to_contain_text("签约")
    seller.get_by_role("tab", name="审批").click()
    expect(seller.get_by_role("tabpanel").get_by_text("已通过")).to_be_visible()


CHOSEN = approve("signer", {"kind": "chosen"})
DAYS = {"key": "days", "name": words("借用天数"), "type": "number", "required": True}


def test_asked_for_by_hand_with_its_form_and_the_approver_of_ones_choice(enter, company, deal):
    stored(make_flow, CHOSEN, key="loan", record_type="deal", form=[DAYS])
    seller = enter(company.seller, f"/r/deal/{deal}?tab=approvals")
    seller.get_by_role("button", name="发起审批").click()
    form = sheet(seller, "发起审批")
    choose(form, "审批流程", "loan")
    form.get_by_label("标题").fill("样机借用两周")
    add_file(form, "借用函.txt")
    form.get_by_label("添加附件").set_input_files(
        {"name": "空.txt", "mimeType": "text/plain", "buffer": b""}
    )
    expect(form.get_by_role("alert")).to_contain_text("文件是空的，请重新选择。")
    form.get_by_role("button", name="移除 空.txt").click()
    form.get_by_role("button", name="提交审批").click()
    expect(form.get_by_role("alert")).to_contain_text("表单有误")
    form.get_by_label("借用天数").fill("14")
    choose(form, "选择「signer」", "王经理")
    form.get_by_role("button", name="提交审批").click()
    expect(toast(seller, "已提交审批")).to_be_visible()
    expect(seller.get_by_role("link", name=re.compile("样机借用两周"))).to_be_visible()
    case = Case.objects.get()
    assert (case.form, case.chosen, case.record_id) == (
        {"days": "14"},
        {"signer": [company.manager.pk]},
        deal,
    )
    asked = StepFile.objects.filter(step__case=case)
    assert list(asked.values_list("attachment__name", flat=True)) == ["借用函.txt"]


def test_a_phone_asks_with_form_and_chosen_approver_by_hand_and_for_a_move(enter, company, deal):
    settings = {"record_type": "deal", "form": [DAYS]}
    stored(make_flow, CHOSEN, key="contract_approval", **settings)
    seller = enter(company.seller, f"/m/r/deal/{deal}", width=390)
    seller.get_by_role("button", name="推进到「签约」").click()
    move = seller.get_by_role("form", name="推进到「签约」")
    _fill_in(move)
    move.get_by_role("button", name="提交审批").click()
    expect(toast(seller, "已提交审批，通过后自动推进")).to_be_visible()
    expect(seller.get_by_role("region", name="审批").get_by_text("审批中")).to_be_visible()
    seller.get_by_role("link", name="发起审批").click()
    form = seller.get_by_role("form", name="发起审批")
    form.get_by_label("审批流程").select_option("contract_approval")
    form.get_by_label("标题").fill("先看一眼合同")
    _fill_in(form)
    add_file(form, "合同草稿.txt")
    form.get_by_role("button", name="提交审批").click()
    whole = seller.get_by_role("region", name="先看一眼合同")
    expect(whole.get_by_role("link", name="合同草稿.txt")).to_be_visible()
    said = Case.objects.order_by("pk").values_list("purpose_kind", "form", "chosen")
    told = {"days": "14"}, {"signer": [company.manager.pk]}
    assert list(said) == [("move", *told), ("plain", *told)]


def _fill_in(form) -> None:
    form.get_by_label("借用天数").fill("14")
    form.get_by_role("searchbox", name="选择「signer」").fill("王经理")
    form.get_by_role("checkbox", name="王经理").check()


def test_a_refusal_wants_a_reason_and_leaves_the_deal_where_it_is(enter, company, deal):
    seller = enter(company.seller, f"/r/deal/{deal}")
    seller.get_by_role("button", name="推进到「签约」").click()
    sheet(seller, "推进到「签约」").get_by_role("button", name="提交审批").click()
    expect(toast(seller, "已提交审批")).to_be_visible()

    director = enter(company.director, "/approvals")
    director.get_by_role("link", name=re.compile("星海医院 CT")).click()
    director.get_by_role("button", name="拒绝").click()
    refusal = sheet(director, "拒绝")
    expect(refusal.get_by_role("button", name="确认拒绝")).to_be_disabled()
    refusal.get_by_label("审批意见").fill("账期太长")
    refusal.get_by_role("button", name="确认拒绝").click()
    expect(toast(director, "已拒绝")).to_be_visible()

    assert row_of("deal", deal).stage == "contract_approval"
    seller.goto("/approvals?box=mine")
    seller.get_by_role("link", name=re.compile("星海医院 CT")).click()
    expect(seller.get_by_role("list", name="审批路径").get_by_text("账期太长")).to_be_visible()


def test_what_is_returned_is_submitted_again(enter, company, case):
    director = enter(company.director, f"/approvals/{case.pk}")
    answer(director, "退回", "写明归还日期")
    expect(toast(director, "已退回")).to_be_visible()
    assert state_of(case) == "returned"

    seller = enter(company.seller, "/approvals?box=mine")
    menu = seller.get_by_role("navigation", name="主菜单")
    expect(menu.get_by_role("link", name="审批", exact=False).first).to_contain_text("1")
    seller.get_by_role("link", name=re.compile("样机借用两周")).click()
    answer(seller, "重新提交", "十二月五日归还")
    expect(toast(seller, "已重新提交")).to_be_visible()
    assert state_of(case) == "running"


def test_somebody_else_decides_after_a_transfer(enter, company, case):
    director = enter(company.director, f"/approvals/{case.pk}")
    director.get_by_role("button", name="转交").click()
    form = sheet(director, "转交")
    choose(form, "转交给", "王经理")
    form.get_by_role("button", name="确认转交").click()
    expect(toast(director, "已转交")).to_be_visible()

    manager = enter(company.manager, "/approvals")
    manager.get_by_role("link", name=re.compile("样机借用两周")).click()
    answer(manager, "同意")
    expect(toast(manager, "已同意")).to_be_visible()
    assert state_of(case) == "granted"


def test_an_added_signer_signs_before(enter, company, case):
    director = enter(company.director, f"/approvals/{case.pk}")
    director.get_by_role("button", name="加签").click()
    form = sheet(director, "加签")
    choose(form, "加签人", "王经理")
    form.get_by_role("button", name="确认加签").click()
    expect(toast(director, "已加签")).to_be_visible()
    expect(director.get_by_text("等待加签人")).to_be_visible()

    manager = enter(company.manager, f"/m/approvals/{case.pk}", width=390)
    manager.get_by_role("button", name="同意", exact=True).click()
    expect(toast(manager, "已同意")).to_be_visible()
    assert state_of(case) == "running"

    director.reload()
    answer(director, "同意")
    expect(toast(director, "已同意")).to_be_visible()
    assert state_of(case) == "granted"


def test_a_request_is_urged_and_withdrawn_by_its_requester(enter, company, case):
    seller = enter(company.seller, f"/approvals/{case.pk}")
    answer(seller, "催办")
    expect(toast(seller, "已催办")).to_be_visible()
    answer(seller, "撤回", "客户改主意了")
    expect(toast(seller, "已撤回")).to_be_visible()
    assert state_of(case) == "withdrawn"
    director = enter(company.director, "/approvals")
    expect(director.get_by_text("没有待处理的审批")).to_be_visible()


def test_several_are_agreed_to_at_once_where_the_flow_allows_it(enter, company):
    node = approve("director", DIRECTOR, mode="any")
    flow = stored(make_flow, node, rules={"batch": True})
    for title in ("打样一", "打样二", "打样三"):
        stored(open_case, flow, company.seller, title=title)
    director = enter(company.director, "/approvals")
    director.get_by_role("checkbox", name="全选可批量同意的 3 项").check()
    director.get_by_role("checkbox", name="选择 打样二").uncheck()
    director.get_by_role("button", name="同意 2 项").click()
    sheet(director, "同意 2 项").get_by_role("button", name="同意", exact=True).click()
    expect(toast(director, "已同意 2 项")).to_be_visible()
    expect(director.get_by_role("link", name=re.compile("打样"))).to_have_count(1)
    assert list(Case.objects.filter(state="running").values_list("title", flat=True)) == ["打样二"]


def test_several_are_agreed_to_at_once_on_a_phone(enter, company):
    node = approve("director", DIRECTOR, mode="any")
    flow = stored(make_flow, node, rules={"batch": True})
    for title in ("打样一", "打样二", "打样三"):
        stored(open_case, flow, company.seller, title=title)
    director = enter(company.director, "/m/approvals", width=390)
    director.get_by_role("checkbox", name="全选可批量同意的 3 项").check()
    director.get_by_role("checkbox", name="选择 打样二").uncheck()
    director.get_by_role("button", name="同意 2 项").click()
    form = director.get_by_role("form", name="同意 2 项")
    form.get_by_role("button", name="同意", exact=True).click()
    expect(toast(director, "已同意 2 项")).to_be_visible()
    expect(director.get_by_role("link", name=re.compile("打样"))).to_have_count(1)
    assert list(Case.objects.filter(state="running").values_list("title", flat=True)) == ["打样二"]


def test_a_figure_of_the_report_opens_down_to_its_cases(enter, company, case):
    stored(refuse, case, company.director, "超出预算")
    director = enter(company.director, "/approvals/report")
    whole = director.get_by_role("region", name="全程")
    expect(
        whole.locator("div").filter(has_text="拒绝").get_by_text("1", exact=True)
    ).to_be_visible()
    row = director.get_by_role("row").filter(has_text="director")
    row.get_by_role("button", name="100%").click()
    behind = director.get_by_role("dialog")
    expect(behind.get_by_role("link", name=re.compile("样机借用两周"))).to_be_visible()


def test_a_file_goes_with_urging_and_withdrawing_where_there_is_no_record(enter, company, case):
    seller = enter(company.seller, f"/m/approvals/{case.pk}", width=390)
    expect(
        seller.get_by_text("手工发起：通过只表示同意，系统不会随之执行任何操作。")
    ).to_be_visible()
    seller.get_by_role("button", name="更多").click()
    seller.get_by_role("button", name="催办", exact=True).click()
    form = seller.get_by_role("form", name="催办")
    form.get_by_label("审批意见").fill("客户在等")
    form.get_by_label("添加附件").set_input_files(
        {"name": "催函.txt", "mimeType": "text/plain", "buffer": "请尽快".encode()}
    )
    expect(form.get_by_text("催函.txt")).to_be_visible()
    form.get_by_role("button", name="确认催办").click()
    expect(toast(seller, "已催办")).to_be_visible()
    said = seller.get_by_role("list", name="其他操作")
    expect(said).to_contain_text("客户在等")

    director = enter(company.director, f"/approvals/{case.pk}")
    link = director.get_by_role("list", name="其他操作").get_by_role("link", name="催函.txt")
    address = link.get_attribute("href")
    assert director.request.get(address).text() == "请尽快"
    assert enter(company.stranger, "/approvals").request.get(address).status == 404

    seller.goto(f"/approvals/{case.pk}")
    answer(seller, "撤回", "客户取消了")
    expect(seller.get_by_role("list", name="其他操作")).to_contain_text("客户取消了")
    assert state_of(case) == "withdrawn"
