"""From boxes with text to the lines of a chat (pure): who said it, in which order.

In a chat the pictures of people stand in two columns, at less than 14.5 % and more than 86 % of the
width: text wholly inside them is no message. The ground of one's own messages is green (WeChat) or
blue (WeCom, DingTalk), light and dark; what stands on the page itself is a time or a name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

LEFT_COLUMN = 0.145
RIGHT_COLUMN = 0.86
OWN, OTHER, NEITHER = "own", "other", ""
_SAME_ROW = 0.6
_GAP_HEIGHTS = 1.6
_TINT = 14
_ALIKE = 6
_FEWEST_IN_CHAT = 2
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Box:
    """A text where it stands, in pixels; `ground` is the colour behind it."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str
    score: float
    ground: Colour

    @property
    def height(self) -> float:
        """How high it is."""
        return self.y1 - self.y0


def lines_of(
    boxes: Sequence[Box], *, width: int, height: int, page: Colour
) -> list[dict[str, Any]]:
    """The lines from top to bottom: text, side, message, confidence, box in shares of the whole."""
    is_chat = _is_chat(boxes, width, page)
    kept = [box for box in boxes if not (is_chat and _in_columns(box, width))]
    found: list[dict[str, Any]] = []
    message, before = -1, None
    for line in _merged(kept):
        if not line.text.strip():
            continue
        if before is None or not is_chat or not _is_same_message(before, line):
            message += 1
        before = line
        box = (line.x0 / width, line.y0 / height, line.x1 / width, line.y1 / height)
        found.append(
            {
                "text": line.text,
                "side": _side(line, width, page) if is_chat else NEITHER,
                "message": message,
                "confidence": round(line.score, 3),
                "box": [round(share, 4) for share in box],
            }
        )
    return found


def text_of(lines: Sequence[Mapping[str, Any]]) -> str:
    """The text with a line for each message: what was broken to fit a bubble is joined again."""
    text, message = "", None
    for line in lines:
        is_continued = message is not None and line.get("message") == message
        text += (_between(text, line["text"]) if is_continued else "\n") + line["text"]
        message = line.get("message")
    return text.removeprefix("\n")


def _between(before: str, after: str) -> str:
    """A space between words of Latin letters; numbers and marks were broken anywhere."""
    is_worded = before[-1:].isascii() and before[-1:].isalpha() and after[:1].isalpha()
    return " " if is_worded and after[:1].isascii() else ""


def _is_same_message(before: Box, line: Box) -> bool:
    is_below = line.y0 - before.y1 < 0.7 * min(before.height, line.height)
    is_aligned = abs(line.x0 - before.x0) < 0.6 * line.height
    return is_below and is_aligned and _is_alike(before.ground, line.ground)


def is_own(ground: Colour) -> bool:
    """Whether a colour is that of one's own messages: green or blue, not grey and not white."""
    red, green, blue = ground
    is_green = green - red >= _TINT and green - blue >= _TINT
    is_blue = blue - red >= _TINT and green - red >= _TINT // 2
    return is_green or is_blue


def _is_chat(boxes: Sequence[Box], width: int, page: Colour) -> bool:
    """A portrait of messages: several grounds that differ from the page, some at each column."""
    bubbles = [box for box in boxes if not _is_alike(box.ground, page)]
    return len(bubbles) >= _FEWEST_IN_CHAT and len(bubbles) * 3 >= len(boxes)


def _in_columns(box: Box, width: int) -> bool:
    return box.x1 < LEFT_COLUMN * width or box.x0 > RIGHT_COLUMN * width


def _side(line: Box, width: int, page: Colour) -> str:
    if is_own(line.ground) and not _is_alike(line.ground, page):
        return OWN
    if _is_alike(line.ground, page):
        return NEITHER
    # A quotation below one's own message is grey, and stands at the right.
    is_at_right = line.x0 > 0.35 * width and line.x1 > 0.8 * width
    return OWN if is_at_right else OTHER


def _is_alike(one: Colour, other: Colour) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= _ALIKE


def _merged(boxes: Sequence[Box]) -> list[Box]:
    """Boxes that are pieces of one line become that line."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda each: (each.y0 + each.y1) / 2):
        row = next((row for row in reversed(rows[-4:]) if _is_same_row(row[-1], box)), None)
        if row is None:
            rows.append([box])
        else:
            row.append(box)
    return [line for row in rows for line in _joined(sorted(row, key=lambda each: each.x0))]


def _is_same_row(one: Box, other: Box) -> bool:
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    return shared > _SAME_ROW * min(one.height, other.height)


def _joined(row: Sequence[Box]) -> list[Box]:
    lines: list[Box] = []
    for box in row:
        before = lines[-1] if lines else None
        is_apart = before is None or (
            box.x0 - before.x1 > _GAP_HEIGHTS * max(before.height, box.height)
            or not _is_alike(before.ground, box.ground)
        )
        if before is None or is_apart:
            lines.append(box)
            continue
        is_spaced = before.text[-1:].isascii() and box.text[:1].isascii()
        lines[-1] = replace(
            before,
            x1=max(before.x1, box.x1),
            y0=min(before.y0, box.y0),
            y1=max(before.y1, box.y1),
            text=f"{before.text}{' ' if is_spaced else ''}{box.text}",
            score=min(before.score, box.score),
        )
    return lines
