"""What the search index keeps of a text (pure): bigrams, and the initials of its pinyin.

A query of two or more characters must have all its bigrams among a record's grams; a recheck on
the title removes the rare row that has them apart from one another.
"""

import unicodedata
from functools import lru_cache
from operator import add

from pypinyin import Style, lazy_pinyin

LONGEST = 200
INITIALS_MARK = "~"


def normalize(text: str) -> str:
    """NFKC, lower case, no white space: the form in which texts are compared."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())[:LONGEST]


def grams_of(*texts: str) -> list[str]:
    """The grams of a record: bigrams of each text, single characters, bigrams of its initials."""
    found: set[str] = set()
    for text in texts:
        flat = normalize(text)
        found.update(map(add, flat, flat[1:]))
        found.update(flat[:1])
        initials = initials_of(flat)
        if initials and initials != flat:
            found.update(map(add, map(INITIALS_MARK.__add__, initials), initials[1:]))
    return sorted(found)


def query_grams(query: str) -> list[str]:
    """The grams that a match must have; a single character matches titles that begin with it."""
    flat = normalize(query)
    return sorted(_bigrams(flat)) if len(flat) > 1 else list(flat)


def initials_grams(query: str) -> list[str]:
    """The grams of a query typed as pinyin initials; empty where it cannot be that."""
    flat = normalize(query)
    if len(flat) < 2 or not (flat.isascii() and flat.isalnum()):
        return []
    return sorted(INITIALS_MARK + gram for gram in _bigrams(flat))


def initials_of(text: str) -> str:
    """The pinyin initials of a text: 深圳市 gives szs; Latin letters and digits stay."""
    return "".join(map(_initial, text))


def _bigrams(text: str) -> set[str]:
    return set(map(add, text, text[1:]))


@lru_cache(maxsize=30_000)
def _initial(character: str) -> str:
    if character.isascii():
        return character if character.isalnum() else ""
    syllable = lazy_pinyin(character, style=Style.FIRST_LETTER, errors="ignore")
    return syllable[0][:1] if syllable else ""
