"""Rows of a table, one after the other, from any of the formats."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import IO, Any

import python_calamine

from closeloop.transfer.errors import TableTooLarge, TableUnreadable
from closeloop.transfer.tables.layout import Layout

Cell = str | int | float | bool | date | datetime | time | timedelta | None
Row = tuple[int, list[Cell]]
"""The number of a row in its file, counted from 1, and its cells; empty cells are None."""
LONGEST_CELL = 1024 * 1024
MOST_UNPACKED_MB = 600
csv.field_size_limit(LONGEST_CELL)


def rows(stream: IO[bytes], layout: Layout, *, after: int = 0) -> Iterator[Row]:
    """The data rows behind row number `after`; rows without any value are left out.

    Raises TableUnreadable and TableTooLarge.
    """
    first = max(layout.first_row, after + 1)
    for number, cells in enumerate(raw_rows(stream, layout), start=1):
        if number >= first and any(cell is not None for cell in cells):
            yield number, cells


def count_rows(stream: IO[bytes], layout: Layout) -> int:
    """How many data rows there are."""
    return sum(1 for _ in rows(stream, layout))


def raw_rows(stream: IO[bytes], layout: Layout) -> Iterator[list[Cell]]:
    """All rows as they stand, title lines and empty ones included."""
    stream.seek(0)
    return _delimited(stream, layout) if layout.format == "csv" else _workbook(stream, layout)


def sheet_names(stream: IO[bytes], form: str) -> list[str]:
    """The sheets of a workbook; none for a CSV."""
    return [] if form == "csv" else list(_open_workbook(stream).sheet_names)


def _delimited(stream: IO[bytes], layout: Layout) -> Iterator[list[Cell]]:
    text = io.TextIOWrapper(stream, encoding=layout.encoding, newline="")
    try:
        for row in csv.reader(text, delimiter=layout.delimiter):
            yield [cell.replace("\0", "") or None for cell in row]
    except UnicodeDecodeError as error:
        raise TableUnreadable({"why": "encoding", "encoding": layout.encoding}) from error
    except csv.Error as error:
        raise TableUnreadable({"why": str(error)[:200]}) from error
    finally:
        if not stream.closed:
            text.detach()


def _workbook(stream: IO[bytes], layout: Layout) -> Iterator[list[Cell]]:
    workbook = _open_workbook(stream)
    names = workbook.sheet_names
    if not names:
        raise TableUnreadable({"why": "no sheet"})
    sheet = workbook.get_sheet_by_name(layout.sheet if layout.sheet in names else names[0])
    for row in sheet.to_python(skip_empty_area=False):
        yield [_plain(cell) for cell in row]


def _open_workbook(stream: IO[bytes]) -> python_calamine.CalamineWorkbook:
    stream.seek(0)
    if stream.read(4) == b"PK\x03\x04":
        _check_unpacked(stream)
    stream.seek(0)
    try:
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(stream.read()))
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise TableUnreadable({"why": str(error)[:200]}) from error


def _check_unpacked(stream: IO[bytes]) -> None:
    try:
        with zipfile.ZipFile(stream) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise TableUnreadable({"why": "damaged"}) from error
    if unpacked > MOST_UNPACKED_MB * 2**20:
        raise TableTooLarge({"limit_mb": MOST_UNPACKED_MB})


def _plain(cell: Any) -> Cell:
    """A workbook's cell: whole numbers as int (they come as float), empty text as None."""
    if cell.__class__ is float:
        return int(cell) if cell.is_integer() and abs(cell) < 2**53 else cell
    return None if cell == "" else cell
