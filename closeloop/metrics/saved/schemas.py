"""What the addresses of saved views take and give."""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from closeloop.edge.moments import Day
from closeloop.engine.metrics.view import Compare
from closeloop.metrics.schemas import LONGEST_KIND, Dimension, Id, Key

ViewName = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]*$"
    ),
]
Preset = Literal[
    "yesterday", "week", "last_week", "month", "last_month", "quarter", "year",
    "days14", "days30", "days90",
]  # fmt: skip
Chart = Literal["table", "line", "bars", "funnel", "matrix", "calendar"]
SharedWith = Literal["private", "unit", "everyone"]


class FigureViewSpan(Schema, extra="forbid"):
    """Two fixed days, both in it."""

    since: Day
    until: Day


class FigureViewDocument(Schema, extra="forbid"):
    """How a figure is looked at: of whom, over which days, broken down by what, drawn how."""

    metric: Key
    by: Dimension | None = None
    and_by: Dimension | None = None
    period: Preset | FigureViewSpan
    unit: Id | None = None
    person: Id | None = None
    kind: Annotated[str, Field(min_length=1, max_length=LONGEST_KIND)] | None = None
    compare: Compare | None = None
    chart: Chart


class FigureViewIn(Schema, extra="forbid"):
    """A view to keep, its name, and who else finds it."""

    name: ViewName
    document: FigureViewDocument
    sharing: SharedWith = "private"


class FigureViewPin(Schema, extra="forbid"):
    """Whether a view stands at the top of one's own list."""

    pinned: bool


class FigureViewOut(Schema):
    """A saved view; `mine`: one may change and remove it."""

    id: int
    name: str
    document: FigureViewDocument
    sharing: SharedWith
    owner: str
    mine: bool
    pinned: bool
    version: int


class FigureViewList(Schema):
    """Saved views: pinned ones first, then by name."""

    items: list[FigureViewOut]
