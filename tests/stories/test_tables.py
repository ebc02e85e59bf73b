"""Tables in and out: an import with errors that can be taken back, and an export."""

import csv
import io

import pytest
from playwright.sync_api import FilePayload, Page, expect

from closeloop.customers.models import Customer
from tests.builders.records import make_customer
from tests.stories.given import stored
from tests.stories.queued import run_newest_job

CUSTOMERS = (
    "客户名称,行业,总机\n滨湖医院,民营医院,051288886666\n湖滨医院,不知道,\n西山医院,民营医院,\n"
)


@pytest.fixture
def table() -> FilePayload:
    """Three customers as a Chinese spreadsheet writes them; one has an unknown industry."""
    return FilePayload(name="客户.csv", mimeType="text/csv", buffer=CUSTOMERS.encode("gb18030"))


def take(page: Page, table: FilePayload) -> None:
    page.get_by_label("选择或拖入文件").set_input_files(table)
    expect(page.get_by_role("heading", name="客户.csv")).to_be_visible()


def import_it(page: Page) -> None:
    page.get_by_role("button", name="开始导入 3 行").click()
    expect(page.get_by_text("排队中")).to_be_visible()
    run_newest_job()
    expect(page.get_by_text("已完成")).to_be_visible()


def test_a_table_in_gbk_is_read_mapped_and_previewed_by_itself(enter, company, table):
    page = enter(company.ops, "/imports")
    take(page, table)
    expect(page.get_by_text("GBK / GB18030")).to_be_visible()
    expect(page.get_by_role("heading", name="2 列对应（已对应 3 / 3 列）")).to_be_visible()
    rows = page.get_by_role("region", name="4 预览").get_by_role("row")
    expect(rows.filter(has_text="滨湖医院")).to_contain_text("新增")
    expect(rows.filter(has_text="湖滨医院")).to_contain_text("拒绝")


def test_what_was_refused_stands_in_a_file_with_its_reason(enter, company, table):
    page = enter(company.ops, "/imports")
    take(page, table)
    import_it(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载错误文件（1 行）").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    assert header[:3] == ["客户名称", "行业", "总机"]
    assert [row[:2] for row in rows] == [["湖滨医院", "不知道"]]
    page.get_by_role("link", name="查看记录").click()
    expect(page.get_by_role("link", name="滨湖医院")).to_be_visible()
    expect(page.get_by_role("link", name="西山医院")).to_be_visible()


def test_an_import_that_is_taken_back_leaves_nothing_behind(enter, company, table):
    page = enter(company.ops, "/imports")
    take(page, table)
    import_it(page)
    page.get_by_role("button", name="撤销导入").click()
    page.get_by_role("dialog").get_by_role("button", name="撤销导入").click()
    expect(page.get_by_text("撤销中")).to_be_visible()
    run_newest_job()
    expect(page.get_by_text("已撤销")).to_be_visible()
    assert not Customer.objects.filter(deleted_at=None).exists()


def test_what_a_list_shows_is_exported(enter, company):
    stored(make_customer, company.seller, "星海医院")
    stored(make_customer, company.seller, "=1+1 医院")
    page = enter(company.ops, "/r/customer")
    page.get_by_role("button", name="导出").click()
    dialog = page.get_by_role("dialog", name="导出客户")
    dialog.get_by_role("radio", name="CSV (UTF-8)").check()
    with page.expect_response("**/api/exports"):
        dialog.get_by_role("button", name="导出", exact=True).click()
    run_newest_job()
    with page.expect_download() as download:
        dialog.get_by_role("link", name="下载文件").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert "星海医院" in text
    assert "\n=1+1" not in text
