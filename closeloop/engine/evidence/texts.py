"""What a text says when its dress is taken off: for stock phrases and for copies of oneself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache

NAME_MASK, NUMBER_MASK = "某", "0"
SHORTEST_COPY = 6
"""Code points of a masked text below which likeness says nothing: short texts are alike."""
_DRESS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"[0-9〇一二三四五六七八九十百千万亿两]+")


def normalised(text: str) -> str:
    """The text in one width and case, without spaces and punctuation."""
    flat = unicodedata.normalize("NFKC", text).lower()
    return _DRESS.sub("", flat)


def is_stock(text: str, phrases: Iterable[str]) -> bool:
    """Whether a text consists of nothing but stock phrases, one or several in a row (D08)."""
    taken, left = _any_of(tuple(phrases)), normalised(text)
    return taken is not None and taken.fullmatch(left) is not None


@lru_cache(maxsize=8)
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str] | None:
    known = sorted({normalised(each) for each in phrases} - {""}, key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(re.escape, known)) + ")+") if known else None


def masked(text: str, names: Collection[str] = ()) -> str:
    """The normalised text with names and numbers masked, so that only what is said is compared."""
    plain = normalised(text)
    for name in sorted({normalised(each) for each in names} - {""}, key=len, reverse=True):
        if len(name) > 1:
            plain = plain.replace(name, NAME_MASK)
    return _NUMBER.sub(NUMBER_MASK, plain)
