"""Tables as people send them (pure): CSV in any usual encoding, XLSX, XLS.

`look` says how a file would be read; `rows` reads it that way.
"""

from dataclasses import dataclass
from itertools import islice
from typing import IO

from closeloop.transfer.tables import layout as layouts
from closeloop.transfer.tables import reading
from closeloop.transfer.tables.layout import Layout
from closeloop.transfer.tables.reading import Cell, Row, count_rows, rows

__all__ = [
    "Cell",
    "Layout",
    "Look",
    "Row",
    "count_rows",
    "first_rows",
    "look",
    "names_of",
    "rows",
    "with_header",
]


@dataclass(frozen=True)
class Look:
    """What is seen of a table at first sight."""

    layout: Layout
    sheets: list[str]


def look(stream: IO[bytes]) -> Look:
    """How a file would be read; raises TableUnreadable and TableTooLarge."""
    proposed = layouts.propose(stream)
    sheets = reading.sheet_names(stream, proposed.format)
    return Look(with_header(stream, proposed), sheets)


def with_header(stream: IO[bytes], layout: Layout) -> Layout:
    """The layout with the place of its header, judged from the first rows."""
    return layouts.with_header(layout, first_rows(stream, layout))


def first_rows(stream: IO[bytes], layout: Layout, *, count: int = 50) -> list[list[Cell]]:
    """The first rows as they stand, the header among them."""
    return list(islice(reading.raw_rows(stream, layout), count))


def names_of(stream: IO[bytes], layout: Layout) -> list[str]:
    """The columns' names, each different."""
    seen = first_rows(stream, layout, count=layout.first_row + 50)
    width = max((len(row) for row in seen[layout.first_row - 1 :]), default=0)
    header = seen[layout.header_row - 1] if 0 < layout.header_row <= len(seen) else []
    return layouts.column_names(header, width=width)
