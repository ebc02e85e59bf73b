"""Reading bodies: their charset, JSON, forms and the XML of WeChat (pure)."""

import codecs
import json
import re
from typing import Any
from urllib.parse import parse_qsl
from xml.etree import ElementTree

_CHARSET = re.compile(r"charset\s*=\s*\"?([\w.:-]+)", re.IGNORECASE)
_ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030"}
"""GB 18030 holds GBK, which holds GB 2312; senders often name the smallest."""
MOST_FIELDS = 300


class Unreadable(ValueError):
    """The body cannot be read. `code` says why."""

    def __init__(self, code: str, **data: str) -> None:
        self.code = code
        self.data = data
        super().__init__(code)

    @property
    def reason(self) -> dict[str, str]:
        """The reason as a submission keeps it."""
        return {"code": self.code, **self.data}


def charset_of(content_type: str) -> str:
    """The charset that a content type declares, as Python calls it; empty where none."""
    declared = _CHARSET.search(content_type)
    return known_charset(declared[1]) if declared else ""


def known_charset(name: str) -> str:
    """A charset by any of its names; raises Unreadable for one that does not exist."""
    flat = name.strip().lower()
    try:
        return codecs.lookup(_ALIASES.get(flat, flat)).name
    except LookupError:
        raise Unreadable("charset_unknown", given=name[:40]) from None


def text_of(body: bytes, content_type: str) -> str:
    """A body as text: by its declared charset, else UTF-8, else GB 18030."""
    charset = charset_of(content_type)
    for each in (charset,) if charset else ("utf-8-sig", "gb18030"):
        try:
            return body.decode(each)
        except UnicodeDecodeError:
            continue
    raise Unreadable("charset_wrong", given=charset or "utf-8")


def json_of(body: bytes, content_type: str) -> Any:
    """A body as JSON; raises Unreadable."""
    text = text_of(body, content_type)
    if not text.strip():
        raise Unreadable("body_empty")
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Unreadable("json_wrong", given=str(error)[:120]) from error


def form_of(body: bytes, content_type: str) -> dict[str, str]:
    """An urlencoded form: by its declared charset, or by the one its `_charset_` field names.

    Source of `_charset_`: HTML standard, form submission, "name is _charset_".
    """
    if not body.strip():
        raise Unreadable("body_empty")
    try:
        flat = body.decode("ascii")
    except UnicodeDecodeError:
        return _pairs(text_of(body, content_type), "utf-8")
    declared = charset_of(content_type)
    if not declared:
        named = dict(_plain(flat, "latin-1")).get("_charset_", "")
        declared = known_charset(named) if named else ""
    for charset in (declared,) if declared else ("utf-8", "gb18030"):
        try:
            return _pairs(flat, charset)
        except UnicodeDecodeError:
            continue
    raise Unreadable("charset_wrong", given=declared or "utf-8")


def xml_of(text: str) -> dict[str, str]:
    """The flat XML of WeChat as names and texts; raises Unreadable. No document type is read."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Unreadable("xml_wrong")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise Unreadable("xml_wrong") from error
    return {each.tag: (each.text or "").strip() for each in root}


def object_of(body: bytes, content_type: str) -> Any:
    """A body as JSON or as a form, as its content type says; raises Unreadable."""
    if "urlencoded" in content_type.lower():
        return form_of(body, content_type)
    return json_of(body, content_type)


def _plain(text: str, charset: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            text, keep_blank_values=True, encoding=charset, errors="strict",
            max_num_fields=MOST_FIELDS,
        )  # fmt: skip
    except UnicodeDecodeError:
        raise
    except ValueError as error:
        raise Unreadable("form_wrong") from error


def _pairs(text: str, charset: str) -> dict[str, str]:
    return dict(_plain(text, charset))


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")
