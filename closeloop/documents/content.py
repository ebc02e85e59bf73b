"""What stands in a document (pure): a title and blocks, each text in every language.

The same blocks make the page on the screen and the PDF. A block is plain data, so that a document
says for ever what it said when it was written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal

Name = Mapping[str, str]
"""A text as {zh-CN, en-US}."""
Tone = Literal["normal", "good", "warning", "bad"]
CHINESE, ENGLISH = "zh-CN", "en-US"


@dataclass(frozen=True)
class Figure:
    """One number that matters, with what it is; `note` says what it is measured against."""

    name: Name
    value: Name
    tone: Tone = "normal"
    note: Name | None = None


@dataclass(frozen=True)
class Figures:
    """Numbers side by side."""

    kind: ClassVar[str] = "figures"
    items: Sequence[Figure]


@dataclass(frozen=True)
class Text:
    """Paragraphs, or a numbered list; a tone other than normal puts them in a box."""

    kind: ClassVar[str] = "text"
    paragraphs: Sequence[Name]
    title: Name | None = None
    tone: Tone = "normal"
    is_list: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    name: Name
    align: Literal["left", "right"] = "left"


@dataclass(frozen=True)
class Table:
    """Rows under columns; `tones` has one for each row, or none at all."""

    kind: ClassVar[str] = "table"
    columns: Sequence[Column]
    rows: Sequence[Sequence[Name]]
    title: Name | None = None
    tones: Sequence[Tone] = ()


@dataclass(frozen=True)
class Bar:
    """One bar; `limit` is marked on it (what was expected, what is allowed)."""

    name: Name
    value: float
    limit: float | None = None
    tone: Tone = "normal"


@dataclass(frozen=True)
class Bars:
    """A bar chart, all bars in one unit."""

    kind: ClassVar[str] = "bars"
    unit: Name
    items: Sequence[Bar]
    title: Name | None = None
    limit_name: Name | None = None


@dataclass(frozen=True)
class Moment:
    """Something that happened, when, and by whom where it was a person."""

    at: datetime
    text: Name
    by: str = ""
    tone: Tone = "normal"


@dataclass(frozen=True)
class Timeline:
    """What happened, in the order given."""

    kind: ClassVar[str] = "timeline"
    items: Sequence[Moment]
    title: Name | None = None


Block = Figures | Text | Table | Bars | Timeline


@dataclass(frozen=True)
class Content:
    """A whole document: what it is called, about what, and its blocks in reading order."""

    title: Name
    blocks: Sequence[Block]
    subtitle: Name | None = None


def plain(text: object) -> Name:
    """What somebody wrote, or a number: the same in every language."""
    return {CHINESE: str(text), ENGLISH: str(text)}


def said(chinese: str, english: str) -> Name:
    """A text in both languages."""
    return {CHINESE: chinese, ENGLISH: english}


def as_data(content: Content) -> dict[str, Any]:
    """The document as it is stored: plain JSON, each block with its kind."""
    return {
        "title": dict(content.title),
        "subtitle": dict(content.subtitle) if content.subtitle else None,
        "blocks": [_plain_data({"kind": block.kind, **asdict(block)}) for block in content.blocks],
    }


def _plain_data(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain_data(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain_data(each) for each in value]
    return value.isoformat() if isinstance(value, datetime) else value
