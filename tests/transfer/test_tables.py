import io
from datetime import date

import pytest

from closeloop.transfer import tables
from closeloop.transfer.errors import TableUnreadable
from closeloop.transfer.tables import Layout, layout
from closeloop.transfer.tables.encodings import detect
from tests.transfer.running import csv_of, xlsx_of

HEADER, ROW = (
    ["公司名称", "电话", "备注"],
    ["深圳市迈瑞生物医疗电子股份有限公司", "0755-81888998", "龙头"],
)
TRADITIONAL = [
    "公司名稱,電話,地址",
    "臺灣積體電路製造,02-1234,新竹科學園區力行六路",
    "鴻海精密,02-22,新北市土城區自由街",
]


def stream(content: bytes) -> io.BytesIO:
    return io.BytesIO(content)


@pytest.mark.parametrize(
    ("written_as", "read_as"),
    [
        ("utf-8", "utf-8-sig"),
        ("utf-8-sig", "utf-8-sig"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
    ],
)
def test_the_encoding_is_found_and_the_text_is_right(written_as, read_as):
    content = stream(csv_of(HEADER, ROW, encoding=written_as))
    seen = tables.look(content).layout
    assert seen.encoding == read_as
    assert list(tables.rows(content, seen)) == [(2, ROW)]


def test_traditional_chinese_is_told_from_simplified():
    assert detect(stream("\n".join(TRADITIONAL * 20).encode("big5"))) == "big5"


def test_a_late_byte_that_is_no_utf_8_is_seen():
    content = b"name\n" + b"a\n" * 1_000_000 + "中文".encode("gb18030")
    assert detect(stream(content)) == "gb18030"


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_found(delimiter):
    lines = [delimiter.join(row) for row in (HEADER, ROW, ["某公司", "1, 2; 3", "无"])]
    assert tables.look(stream("\n".join(lines).encode())).layout.delimiter == delimiter


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ([HEADER, ROW], 1),
        ([["2026 年客户表"], [], HEADER, ROW], 3),
        ([ROW, ROW], 0),
        ([["张伟"], ["李娜"]], 0),
        ([["姓名"], ["李娜"]], 1),
        ([["1", "2"], ["3", "4"]], 0),
    ],
)
def test_the_header_is_found(rows, header):
    seen = tables.look(stream(csv_of(*rows))).layout
    assert (seen.header_row, seen.first_row) == (header, header + 1)


def test_columns_without_a_name_are_called_by_their_place():
    assert layout.column_names(["名称", None, "名称"], width=4) == ["名称", "#2", "名称 (2)", "#4"]


def test_quotes_line_breaks_and_ragged_rows_are_read():
    content = stream(b'a,b,c\r\n"x, ""y""","two\nlines",3\r\n1\r\n,,\r\n4,5,6,7\r\n')
    assert list(tables.rows(content, Layout("csv"))) == [
        (2, ['x, "y"', "two\nlines", "3"]),
        (3, ["1"]),
        (5, ["4", "5", "6", "7"]),
    ]


def test_reading_goes_on_behind_a_row():
    content = stream(csv_of(["a"], ["1"], ["2"], ["3"]))
    assert [number for number, _ in tables.rows(content, Layout("csv"), after=3)] == [4]


def test_a_workbook_gives_whole_numbers_and_days():
    content = stream(
        xlsx_of(["名称", "台数", "日期", "是否"], ["监护仪", 20, date(2026, 11, 21), True])
    )
    seen = tables.look(content)
    assert (seen.layout.format, seen.sheets) == ("xlsx", ["Sheet1"])
    assert list(tables.rows(content, seen.layout)) == [
        (2, ["监护仪", 20, date(2026, 11, 21), True])
    ]


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 cut off", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"]
)
def test_a_damaged_workbook_is_refused(content):
    with pytest.raises(TableUnreadable):
        tables.look(stream(content))


def test_a_wrong_encoding_is_refused():
    content = stream("名称\n公司\n".encode("gb18030"))
    with pytest.raises(TableUnreadable):
        list(tables.rows(content, Layout("csv", encoding="utf-8-sig")))
