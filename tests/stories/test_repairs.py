"""A record type that the company made for itself works with the same screens."""

import io

from PIL import Image
from playwright.sync_api import expect

from tests.builders.records import make_customer, make_repair, open_lock
from tests.stories.given import stored
from tests.stories.screen import choose, column, current_stage, drag, sheet, toast, upload


def photo() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(kept, "JPEG")
    return kept.getvalue()


def test_a_repair_is_made_supplied_and_dispatched_on_the_same_screens(enter, company):
    stored(make_customer, company.seller, "星海医院")
    page = enter(company.seller, "/r/repair/new")
    page.get_by_label("报修主题").fill("监护仪报警")
    choose(page, "设备类别", "监护与呼吸")
    choose(page, "客户", "星海医院")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(current_stage(page)).to_contain_text("报修登记")

    page.get_by_role("button", name="推进到「派单」").click()
    move = sheet(page, "推进到「派单」")
    choose(move, "故障类别", "异响")
    choose(move, "紧急程度", "一般")
    upload(move, "故障照片", "面板.jpg", photo(), "image/jpeg")
    for box in move.get_by_role("checkbox").all():
        box.check()
    move.get_by_role("button", name="确认推进").click()
    expect(toast(page, "已进入「派单」")).to_be_visible()
    expect(current_stage(page)).to_contain_text("派单")


def test_a_repair_is_dragged_on_its_own_board(enter, company):
    repair = stored(make_repair, company.seller)
    stored(open_lock, "repair", repair, "dispatched")
    page = enter(company.seller, "/r/repair?kind=board")
    card = page.get_by_role("article").filter(has_text="监护仪报警")
    drag(card, column(page, "派单"), at={"x": 100, "y": 200})
    expect(toast(page, "已进入「派单」")).to_be_visible()
