"""Everyday words that stand for the library's own: "砍价" for 降价 and 折扣."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Saying:
    """What people say, and the words that entries use for it."""

    said: Sequence[str]
    means: Sequence[str]


@dataclass(frozen=True)
class Heard:
    """A question's everyday word and what it means."""

    said: str
    means: Sequence[str]


def heard(question: str, sayings: Iterable[Saying]) -> list[Heard]:
    """The sayings that a question holds, each with the longest of its words that stands there."""
    folded = _folded(question)
    found: list[Heard] = []
    for saying in sayings:
        standing = [each for each in saying.said if each and _folded(each) in folded]
        if standing:
            found.append(Heard(max(standing, key=len), saying.means))
    return found


def meant(found: Iterable[Heard], question: str) -> list[str]:
    """The library's words for a question, without those that it uses already."""
    folded = _folded(question)
    words = [word for each in found for word in each.means if _folded(word) not in folded]
    return list(dict.fromkeys(words))


def told(found: Iterable[Heard], text: str, *, at_most: int = 3) -> list[str]:
    """Which everyday word led to which word of a text: "砍价 → 降价"."""
    folded = _folded(text)
    pairs = [
        f"{each.said} → {word}"
        for each in found
        for word in [word for word in each.means if word != each.said and _folded(word) in folded][
            :1
        ]
    ]
    return pairs[:at_most]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
