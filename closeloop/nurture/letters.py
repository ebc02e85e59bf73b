"""The little markup of templates: placeholders, links, bold, lists; as HTML and as plain text.

What is put in for a placeholder is data: it is escaped, and no markup in it counts (pure).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

PLACEHOLDER = re.compile(r"\{\{\s*([a-z][a-z0-9_.]*(?::\d{1,18})?)\s*(?:\|([^{}]*))?\}\}")
ITEM = "item:"
_TARGET = r"https?://[^\s()<>\"]+|\{\{\s*item:\d{1,18}\s*\}\}"
_INLINE = re.compile(
    rf"\[(?P<words>[^\[\]\n]+)\]\((?P<target>{_TARGET})\)"
    rf"|\*\*(?P<bold>[^*\n]+)\*\*"
    rf"|(?P<value>{PLACEHOLDER.pattern})"
)
_BULLET = "- "


@dataclass(frozen=True)
class Filling:
    """What placeholders stand for, and how addresses are written.

    `items` are titles of library items by id; `link` gives the address to be used for one (an item
    or an address of the text).
    """

    values: Mapping[str, str]
    items: Mapping[int, str]
    link: Callable[[str, int | None], str]


@dataclass(frozen=True)
class Written:
    """A body as HTML and as plain text."""

    html: str
    text: str


def placeholders_in(text: str) -> Iterator[str]:
    """The names of all placeholders of a text, `item:<id>` among them."""
    for match in PLACEHOLDER.finditer(text):
        yield match[1]


def loose_braces(text: str) -> bool:
    """Whether braces are left that are no placeholder, as after a slip of the pen."""
    return "{{" in PLACEHOLDER.sub("", text) or "}}" in PLACEHOLDER.sub("", text)


def line(text: str, values: Mapping[str, str]) -> str:
    """A text of one line with its placeholders filled, plain."""
    filled = PLACEHOLDER.sub(lambda match: _value(match, values), text)
    return " ".join(filled.split())


def written(body: str, filling: Filling, *, more: Sequence[int] = ()) -> Written:
    """A body with its placeholders filled; `more` are items that are listed behind it."""
    html: list[str] = []
    text: list[str] = []
    for block in _blocks(body):
        bullets = all(each.startswith(_BULLET) for each in block)
        lines = [each.removeprefix(_BULLET) for each in block] if bullets else block
        pieces = [_inline(each, filling) for each in lines]
        if bullets:
            html.append(_list(piece.html for piece in pieces))
            text.append("\n".join(f"- {piece.text}" for piece in pieces))
        else:
            html.append(f"<p>{'<br>'.join(piece.html for piece in pieces)}</p>")
            text.append("\n".join(piece.text for piece in pieces))
    listed = [_item(number, filling) for number in more if number in filling.items]
    if listed:
        html.append(_list(piece.html for piece in listed))
        text.append("\n".join(f"- {piece.text}" for piece in listed))
    return Written("\n".join(html), "\n\n".join(text))


def _blocks(body: str) -> Iterator[list[str]]:
    for block in re.split(r"\n\s*\n", body.replace("\r\n", "\n").strip()):
        lines = [each.strip() for each in block.split("\n") if each.strip()]
        # A list may follow a line without an empty one between.
        start = next((i for i, each in enumerate(lines) if each.startswith(_BULLET)), len(lines))
        if lines[:start]:
            yield lines[:start]
        if lines[start:]:
            yield lines[start:]


def _inline(text: str, filling: Filling) -> Written:
    html: list[str] = []
    plain: list[str] = []
    place = 0
    for match in _INLINE.finditer(text):
        _both(html, plain, text[place : match.start()])
        place = match.end()
        if match["target"]:
            piece = _link(match["words"], match["target"], filling)
        elif match["bold"]:
            inner = _inline(match["bold"], filling)
            piece = Written(f"<strong>{inner.html}</strong>", inner.text)
        else:
            piece = _placeholder(match["value"], filling)
        html.append(piece.html)
        plain.append(piece.text)
    _both(html, plain, text[place:])
    return Written("".join(html), "".join(plain))


def _both(html: list[str], plain: list[str], text: str) -> None:
    html.append(escape(text))
    plain.append(text)


def _link(words: str, target: str, filling: Filling) -> Written:
    named = PLACEHOLDER.fullmatch(target)
    filled = PLACEHOLDER.sub(lambda match: _value(match, filling.values), words)
    if named is None:
        return _anchor(filled, filling.link(target, None))
    number = int(named[1].removeprefix(ITEM))
    if number not in filling.items:
        return Written(escape(filled), filled)
    return _anchor(filled, filling.link("", number))


def _placeholder(text: str, filling: Filling) -> Written:
    match = PLACEHOLDER.fullmatch(text)
    assert match is not None
    if match[1].startswith(ITEM):
        return _item(int(match[1].removeprefix(ITEM)), filling)
    value = _value(match, filling.values)
    return Written(escape(value), value)


def _item(number: int, filling: Filling) -> Written:
    if number not in filling.items:
        return Written("", "")
    return _anchor(filling.items[number], filling.link("", number))


def _anchor(words: str, address: str) -> Written:
    return Written(f'<a href="{escape(address)}">{escape(words)}</a>', f"{words}: {address}")


def _list(rows: Iterator[str]) -> str:
    return "<ul>" + "".join(f"<li>{each}</li>" for each in rows) + "</ul>"


def _value(match: re.Match[str], values: Mapping[str, str]) -> str:
    return values.get(match[1]) or (match[2] or "").strip()
