"""Tables written so that no spreadsheet program runs anything in them (pure)."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import IO, Any
from zoneinfo import ZoneInfo

import xlsxwriter

ROWS_AT_ONCE = 1000
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_PLAIN_NUMBER = re.compile(r"^-\d{1,15}(\.\d+)?%?$")
_WIDTH = 18


def safe_text(text: str) -> str:
    """A text that begins like a formula, with an apostrophe before it (the import takes it away).

    Source: OWASP, CSV injection.
    """
    if text.startswith(_FORMULA_START) and not _PLAIN_NUMBER.match(text):
        return f"'{text}"
    return text


def plain_text(text: str) -> str:
    """The text without the apostrophe that `safe_text` puts before it."""
    return text[1:] if text[:1] == "'" and text[1:2] in _FORMULA_START else text


def csv_pieces(
    rows: Iterable[Sequence[Any]], *, delimiter: str = ",", zone: ZoneInfo
) -> Iterator[bytes]:
    """Rows as CSV in UTF-8 with a byte order mark, about a thousand rows a piece."""
    sink = io.StringIO(newline="")
    writer = csv.writer(sink, delimiter=delimiter, lineterminator="\r\n")
    sink.write("\ufeff")
    for count, row in enumerate(rows, start=1):
        writer.writerow([_as_text(cell, zone) for cell in row])
        if count % ROWS_AT_ONCE == 0:
            yield sink.getvalue().encode()
            sink.seek(0)
            sink.truncate()
    yield sink.getvalue().encode()


def write_workbook(target: IO[bytes], rows: Iterable[Sequence[Any]], *, zone: ZoneInfo) -> None:
    """Rows as XLSX, the first one as its header, in constant memory."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(target, options)
    sheet = workbook.add_worksheet()
    header = workbook.add_format({"bold": True})
    day = workbook.add_format({"num_format": "yyyy-mm-dd"})
    moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    quoted = workbook.add_format({"quote_prefix": True})
    sheet.freeze_panes(1, 0)
    for place, row in enumerate(rows):
        if place == 0:
            sheet.set_column(0, max(0, len(row) - 1), _WIDTH)
        for column, cell in enumerate(row):
            if cell is None or cell == "":
                continue
            if isinstance(cell, datetime):
                sheet.write_datetime(place, column, _local(cell, zone), moment)
            elif isinstance(cell, date):
                sheet.write_datetime(place, column, cell, day)
            elif isinstance(cell, bool):
                sheet.write_boolean(place, column, cell)
            elif isinstance(cell, int | float | Decimal):
                sheet.write_number(place, column, cell)
            else:
                text = str(cell)
                style = header if place == 0 else quoted if safe_text(text) != text else None
                sheet.write_string(place, column, text, style)
    workbook.close()


def _as_text(cell: Any, zone: ZoneInfo) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return _local(cell, zone).isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, str):
        return safe_text(cell)
    return str(cell)


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    """A moment on the company's clock, without zone, as spreadsheets take it."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(zone).replace(tzinfo=None)
