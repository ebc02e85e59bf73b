"""Pinyin initials of names, by which people are found (pure)."""

import re

from pypinyin import Style, lazy_pinyin

_SURNAMES = {
    "万俟": "mq", "尉迟": "yc", "单于": "cy", "澹台": "tt", "长孙": "zs", "宿": "s", "单": "s",
    "解": "x", "仇": "q", "曾": "z", "查": "z", "翟": "z", "乐": "y", "区": "o", "朴": "p",
    "盖": "g", "种": "c", "召": "s", "缪": "m", "员": "y", "冼": "x", "覃": "q", "折": "s",
    "黑": "h", "繁": "p", "尹": "y", "郇": "x", "谌": "c", "晟": "c", "牟": "m", "隗": "w",
}  # fmt: skip
"""Surnames that are read otherwise than the character alone (source: 现代汉语词典)."""


def initials_of(name: str) -> str:
    """The lower-case initials of a name: 张伟 is zw, 单雄信 is sxx, Anna Smith is as."""
    name = name.strip()
    surname = next((known for known in _SURNAMES if name.startswith(known)), "")
    rest = lazy_pinyin(name[len(surname) :], style=Style.FIRST_LETTER, errors=_first_letters)
    return (_SURNAMES.get(surname, "") + "".join(rest)).lower()


def _first_letters(text: str) -> str:
    return "".join(word[0] for word in re.findall(r"\w+", text))
