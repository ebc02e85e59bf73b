"""The board: a card goes where its lock lets it, by pointer and by keyboard."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.builders.records import make_deal, open_lock, row_of
from tests.stories import screen
from tests.stories.given import stored
from tests.stories.screen import choose, column, sheet, toast


@pytest.fixture
def deal(company) -> int:
    return stored(make_deal, company.seller, "星海医院 CT", amount="480000")


def card(place: Page | Locator) -> Locator:
    return place.get_by_role("article").filter(has_text="星海医院 CT")


def drag(page: Page, stage: str) -> None:
    screen.drag(card(page), column(page, stage), at={"x": 100, "y": 200})


def test_a_column_says_how_many_and_how_much(enter, company, deal):
    page = enter(company.seller, "/r/deal?kind=board")
    expect(column(page, "初步接触").get_by_role("heading", name="初步接触")).to_be_visible()
    expect(column(page, "初步接触")).to_contain_text("48")
    expect(column(page, "初次沟通")).to_contain_text("暂无记录")


def test_a_card_dropped_on_a_locked_stage_shows_what_is_missing_and_returns(enter, company, deal):
    page = enter(company.seller, "/r/deal?kind=board")
    drag(page, "初次沟通")
    move = sheet(page, "推进到「初次沟通」")
    expect(move.get_by_text("阶段已锁定，还缺 3 项")).to_be_visible()
    move.get_by_role("button", name="取消").click()
    expect(card(column(page, "初步接触"))).to_be_visible()
    expect(card(column(page, "初次沟通"))).to_have_count(0)
    assert row_of("deal", deal).stage == "first_contact"


def test_what_is_missing_can_be_supplied_where_the_card_was_dropped(enter, company, deal):
    stored(open_lock, "deal", deal, "first_talk")
    stored(empty_source, deal)
    page = enter(company.seller, "/r/deal?kind=board")
    drag(page, "初次沟通")
    move = sheet(page, "推进到「初次沟通」")
    expect(move.get_by_text("阶段已锁定，还缺 1 项")).to_be_visible()
    choose(move, "来源", "展会")
    move.get_by_role("button", name="确认推进").click()
    expect(toast(page, "已进入「初次沟通」")).to_be_visible()
    expect(card(column(page, "初次沟通"))).to_be_visible()


def empty_source(deal: int) -> None:
    row = row_of("deal", deal)
    row.source = None
    row.save(update_fields=["source"])


def test_a_card_whose_lock_is_open_moves_by_a_drag(enter, company, deal):
    stored(open_lock, "deal", deal, "first_talk")
    page = enter(company.seller, "/r/deal?kind=board")
    drag(page, "初次沟通")
    expect(toast(page, "已进入「初次沟通」")).to_be_visible()
    expect(card(column(page, "初次沟通"))).to_be_visible()
    page.reload()
    expect(card(column(page, "初次沟通"))).to_be_visible()


def test_a_stage_that_the_process_does_not_allow_is_refused_in_words(enter, company, deal):
    page = enter(company.seller, "/r/deal?kind=board")
    drag(page, "需求确认")
    expect(page.get_by_text(re.compile("不允许|不能"))).to_be_visible()
    page.keyboard.press("Escape")
    expect(card(column(page, "初步接触"))).to_be_visible()


def test_a_card_moves_by_keyboard_alone(enter, company, deal):
    stored(open_lock, "deal", deal, "first_talk")
    page = enter(company.seller, "/r/deal?kind=board")
    page.get_by_role("button", name="移动 星海医院 CT").focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("位于「初步接触」")).to_be_attached()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("位于「初次沟通」")).to_be_attached()
    page.keyboard.press("Space")
    expect(toast(page, "已进入「初次沟通」")).to_be_visible()
    expect(card(column(page, "初次沟通"))).to_be_visible()


def test_the_second_of_two_people_is_told_that_the_card_has_moved(enter, company, deal):
    stored(open_lock, "deal", deal, "first_talk")
    seller = enter(company.seller, "/r/deal?kind=board")
    manager = enter(company.manager, "/r/deal?kind=board")
    expect(card(column(manager, "初步接触"))).to_be_visible()
    drag(seller, "初次沟通")
    expect(toast(seller, "已进入「初次沟通」")).to_be_visible()
    drag(manager, "初次沟通")
    expect(toast(manager, "您打开后他人已修改")).to_be_visible()
    expect(card(column(manager, "初次沟通"))).to_be_visible()


def test_a_click_on_a_card_opens_it_beside_the_board_and_back_closes_it(enter, company, deal):
    page = enter(company.seller, "/r/deal?kind=board")
    page.get_by_role("link", name="星海医院 CT").click()
    expect(page.get_by_role("dialog").get_by_role("heading", name="星海医院 CT")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(card(column(page, "初步接触"))).to_be_visible()
