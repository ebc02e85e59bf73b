"""How a table would be read: format, encoding, delimiter, sheet, and where its header stands."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import IO, Any

from closeloop.transfer.tables import encodings

DELIMITERS = (",", "\t", ";", "|")
LOOKED_AT = 50
_SAMPLE_BYTES = 64 * 1024
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DATA_LIKE = re.compile(r"^[\s\d.,:/\-+%¥￥$€()年月日]+$|@|^https?://")
_ONE_COLUMN_HEADERS = re.compile(
    r"^(name|company|customer|title|名称|姓名|公司|公司名称|客户|客户名称|企业名称|简称)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Layout:
    """How to read a table. Row numbers count from 1; `header_row` 0: there is no header."""

    format: str
    encoding: str = encodings.UTF_8
    delimiter: str = ","
    sheet: str = ""
    header_row: int = 1
    first_row: int = 2


def format_of(stream: IO[bytes]) -> str:
    """xlsx, xls or csv, from the content."""
    stream.seek(0)
    head = stream.read(8)
    if head.startswith(_ZIP):
        return "xlsx"
    return "xls" if head == _OLE else "csv"


def propose(stream: IO[bytes]) -> Layout:
    """How a file would be read, without its header: see `with_header`."""
    form = format_of(stream)
    if form != "csv":
        return Layout(form)
    encoding = encodings.detect(stream)
    stream.seek(0)
    sample = stream.read(_SAMPLE_BYTES).decode(encoding, errors="ignore")
    return Layout(form, encoding=encoding, delimiter=delimiter_of(sample))


def with_header(layout: Layout, first_rows: Sequence[Sequence[Any]]) -> Layout:
    """The layout with the place of its header, judged from the first rows."""
    header = header_row_of(first_rows)
    return replace(layout, header_row=header, first_row=header + 1)


def delimiter_of(sample: str) -> str:
    """The delimiter that splits most rows into one and the same number of cells, more than one."""
    best, delimiter = 0.0, ","
    for candidate in DELIMITERS:
        try:
            read = csv.reader(io.StringIO(sample, newline=""), delimiter=candidate)
            widths = [len(row) for row, _ in zip(read, range(LOOKED_AT), strict=False) if row]
        except csv.Error:
            continue
        if not widths:
            continue
        width, count = Counter(widths).most_common(1)[0]
        agreement = count / len(widths) if width > 1 else 0.0
        score = agreement + min(width, 50) / 1000
        if agreement and score > best:
            best, delimiter = score, candidate
    return delimiter


def header_row_of(first_rows: Sequence[Sequence[Any]]) -> int:
    """The number of the header row, 0 where the data begin at once.

    A header is the first row as wide as the table whose cells are all short, different and plain
    words. In a table of one column only a word that names a column counts.
    """
    widths = [sum(cell is not None for cell in row) for row in first_rows]
    widest = max(widths, default=0)
    for number, (row, width) in enumerate(zip(first_rows, widths, strict=True), start=1):
        if width == 0 or (widest > 2 and width < max(2, widest / 2)):
            continue
        return number if _names_columns([cell for cell in row if cell is not None]) else 0
    return 0


def column_names(row: Sequence[Any], *, width: int) -> list[str]:
    """Names for all columns, each different: the header's own words, else `#3` by place."""
    names: list[str] = []
    for place in range(max(width, len(row))):
        cell = row[place] if place < len(row) else None
        name = " ".join(str(cell).split()) if cell is not None else f"#{place + 1}"
        count = 2
        unique = name
        while unique in names:
            unique = f"{name} ({count})"
            count += 1
        names.append(unique)
    return names


def _names_columns(cells: Sequence[Any]) -> bool:
    words = [cell.strip() for cell in cells if isinstance(cell, str)]
    if len(words) < len(cells) or len(set(words)) < len(words):
        return False
    if len(words) == 1:
        return bool(_ONE_COLUMN_HEADERS.match(words[0]))
    return all(len(word) <= 120 and not _DATA_LIKE.search(word) for word in words)
