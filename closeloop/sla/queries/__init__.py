"""Reading clocks for a viewer: of records, about other things, in boxes."""

from closeloop.sla.queries.boxes import BOXES, Page, due_for, page_of, red_for, visible_clock
from closeloop.sla.queries.nearest import (
    CLOCKS,
    ClockBrief,
    Standing,
    clocks_about,
    clocks_of,
    nearest_after,
    nearest_of,
)

__all__ = [
    "BOXES",
    "CLOCKS",
    "ClockBrief",
    "Page",
    "Standing",
    "clocks_about",
    "clocks_of",
    "due_for",
    "nearest_after",
    "nearest_of",
    "page_of",
    "red_for",
    "visible_clock",
]
