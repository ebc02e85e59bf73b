"""Makes the table of number segments from the data of phonenumbers: small and quick to read.

    .venv/bin/python -m scripts.segments

The library's geocoder takes seconds and a hundred megabytes to load, for it knows the whole world.
Capture asks for one thing: in which city of China a number was given out. Names that are no
division (中国) say nothing and are left out.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from pathlib import Path

from phonenumbers.geodata import GEOCODE_DATA

from closeloop.routing import divisions

TABLE = Path(__file__).parents[1] / "closeloop" / "capture" / "data" / "segments.csv.gz"
COUNTRY = "86"


def main() -> None:
    """Write the table: first and last segment of the same length, and the division's code."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("first", "last", "division"))
    rows.writerows(_spans())
    with gzip.GzipFile(TABLE, "wb", mtime=0) as packed:
        packed.write(text.getvalue().encode())


def _spans() -> Iterator[tuple[str, str, str]]:
    first = last = code = ""
    for segment, division in _segments():
        is_next = len(segment) == len(last) and int(segment) == int(last or -1) + 1
        if code and not (is_next and division == code):
            yield first, last, code
            first = segment
        first, last, code = first or segment, segment, division
    if code:
        yield first, last, code


def _segments() -> list[tuple[str, str]]:
    found = []
    for prefix, names in GEOCODE_DATA.items():
        if prefix.startswith(COUNTRY):
            path = divisions.place_of(names.get("zh", ""))
            if path:
                found.append((prefix.removeprefix(COUNTRY), path[-1]))
    return sorted(found, key=lambda each: (len(each[0]), each[0]))


if __name__ == "__main__":
    main()
