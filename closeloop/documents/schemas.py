"""What the addresses about documents give."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Field, Schema

Id = Annotated[int, Field(ge=1, lt=2**63)]
AnyName = dict[str, str]
Tone = Literal["normal", "good", "warning", "bad"]


class Writer(Schema):
    """Who had it written."""

    id: int
    name: str


class AboutRecord(Schema):
    """The record that a document is about."""

    id: int
    type: str
    title: str


class DocumentRow(Schema):
    """A document in a list. The record is told only to whom may read it."""

    id: int
    kind: str
    kind_name: AnyName
    title: AnyName
    record: AboutRecord | None
    written_at: datetime
    written_by: Writer | None
    pdf_url: str


class DocumentPage(Schema):
    """A page of documents, the latest first."""

    items: list[DocumentRow]
    next_cursor: str | None


class FigureOut(Schema):
    """One number that matters."""

    name: AnyName
    value: AnyName
    tone: Tone
    note: AnyName | None


class FiguresBlock(Schema):
    """Numbers side by side."""

    kind: Literal["figures"]
    items: list[FigureOut]


class TextBlock(Schema):
    """Paragraphs, or a numbered list."""

    kind: Literal["text"]
    title: AnyName | None
    paragraphs: list[AnyName]
    tone: Tone
    is_list: bool


class ColumnOut(Schema):
    """A column of a table."""

    name: AnyName
    align: Literal["left", "right"]


class TableBlock(Schema):
    """Rows under columns; one tone for each row, or none at all."""

    kind: Literal["table"]
    title: AnyName | None
    columns: list[ColumnOut]
    rows: list[list[AnyName]]
    tones: list[Tone]


class BarOut(Schema):
    """One bar, with what is marked on it."""

    name: AnyName
    value: float
    limit: float | None
    tone: Tone


class BarsBlock(Schema):
    """A bar chart."""

    kind: Literal["bars"]
    title: AnyName | None
    unit: AnyName
    limit_name: AnyName | None
    items: list[BarOut]


class MomentOut(Schema):
    """Something that happened."""

    at: datetime
    text: AnyName
    by: str
    tone: Tone


class TimelineBlock(Schema):
    """What happened, in reading order."""

    kind: Literal["timeline"]
    title: AnyName | None
    items: list[MomentOut]


Block = Annotated[
    FiguresBlock | TextBlock | TableBlock | BarsBlock | TimelineBlock, Field(discriminator="kind")
]


class DocumentOut(DocumentRow):
    """A whole document."""

    subtitle: AnyName | None
    blocks: list[Block]


class DocumentQuery(Schema):
    """Which documents."""

    record_id: Id | None = None
    kind: str = Field("", max_length=100)
    addressed: bool = Field(False, description="only those that were sent to oneself")
    cursor: str | None = Field(None, max_length=1000)
    limit: int = Field(50, ge=1, le=100)
