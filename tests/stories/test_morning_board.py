"""The morning meeting: from a cell of the board down to the customer behind it."""

import re
import uuid

from playwright.sync_api import expect

from closeloop.fieldwork.models import FollowUp
from closeloop.metrics import actions as figures
from closeloop.records.models import Record
from tests.builders.moments import from_now
from tests.builders.records import make_customer
from tests.stories.given import stored
from tests.stories.screen import sheet

CUSTOMER = "星海医院"


def make_called(seller) -> None:
    """Two calls with one customer: before any last working day, within two weeks of it."""
    held = Record.objects.get(pk=make_customer(seller, CUSTOMER))
    for _ in range(2):
        FollowUp.objects.create(
            author=seller,
            client_id=uuid.uuid4(),
            kind="call",
            state="counted",
            record=held,
            record_type="customer",
            customer_id=held.pk,
            unit_id=held.unit_id,
            at=from_now(days=-9),
            counted_at=from_now(days=-9),
            text="约定周五演示",
        )


def test_the_meeting_goes_from_a_cell_of_the_board_to_the_record(enter, company):
    stored(make_called, company.seller)
    page = enter(company.manager, "/")
    page.get_by_role("link", name="晨会看板").click()
    expect(page.get_by_text("指标正在首次统计")).to_be_visible()
    figures.rebuild()
    page.reload()
    board = page.get_by_role("region", name="有效跟进热力图")
    expect(board).to_contain_text("数据截至")
    board.get_by_role("button", name=re.compile(r" 2$")).click()
    behind = page.get_by_role("dialog", name=re.compile("有效跟进数"))
    expect(behind.get_by_role("link", name=CUSTOMER)).to_have_count(2)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="指标口径：有效跟进热力图").click()
    expect(sheet(page, "指标口径：有效跟进数")).to_contain_text("符合跟进标准的跟进")
    page.keyboard.press("Escape")
    board.get_by_role("button", name=re.compile(r" 2$")).click()
    behind.get_by_role("link", name=CUSTOMER).first.click()
    expect(page.get_by_role("heading", name=CUSTOMER)).to_be_visible()
