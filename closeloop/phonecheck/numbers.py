"""Phone numbers as sources write them, in their canonical form."""

import re
from collections.abc import Iterable

from closeloop.fields.specs import FieldSpec
from closeloop.fields.values import ValueProblem, cleaner_of

MOST = 20
_BETWEEN = re.compile(r"[;；,，、|\n\r\t/]+|\s{2,}")
_PHONE = FieldSpec(record_type="contact", key="phone", name={}, type="phone")


def canonical(text: object) -> str:
    """A number as contacts' phones are written; empty where it is none."""
    try:
        return str(cleaner_of(_PHONE)(str(text or "")) or "")
    except ValueProblem:
        return ""


def all_in(*texts: object) -> list[str]:
    """Every number in cells that may hold several, each once, in their order."""
    return each_once(canonical(part) for text in texts for part in _BETWEEN.split(str(text or "")))


def each_once(numbers: Iterable[str]) -> list[str]:
    """Numbers in their order, without empty ones and repetitions, at most twenty."""
    return list(dict.fromkeys(number for number in numbers if number))[:MOST]
