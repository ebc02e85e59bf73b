"""An answer of the product beside what was computed apart from it, number by number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from tests.builders.asking import Asker

WORDS = {
    "name", "title", "label", "labels", "finding", "findings", "sentences", "why", "as_of",
    "corrected", "can_set", "version", "page", "countermeasures",
}  # fmt: skip
"""What is no figure. Any other key of an answer has to be computed too, or it is a difference."""
NEAR = 1e-7
"""Floats are added up in another order."""


def unlike(told: Any, computed: Any, where: str = "") -> Iterator[str]:
    """Every place at which an answer says something else; lists are in the same order."""
    if isinstance(computed, Mapping):
        if not isinstance(told, Mapping):
            yield f"{where}: {told} is not {computed}"
            return
        for key in sorted((told.keys() - WORDS) ^ computed.keys()):
            yield f"{where}.{key} is on one side alone: {told.get(key)} {computed.get(key)}"
        for key in sorted(told.keys() & computed.keys()):
            yield from unlike(told[key], computed[key], f"{where}.{key}")
    elif isinstance(computed, Sequence) and not isinstance(computed, str):
        if len(told) != len(computed):
            yield f"{where}: {len(told)} rows are not {len(computed)}: {told} {computed}"
            return
        for place, (own, other) in enumerate(zip(told, computed, strict=True)):
            yield from unlike(own, other, f"{where}[{place}]")
    elif not _is_same(told, computed):
        yield f"{where}: {told} is not {computed}"


def numbers(computed: Any) -> int:
    """How many numbers other than nought there are to compare."""
    if isinstance(computed, Mapping):
        return sum(numbers(each) for each in computed.values())
    if isinstance(computed, Sequence) and not isinstance(computed, str):
        return sum(numbers(each) for each in computed)
    return int(isinstance(computed, int | float | Decimal) and computed != 0)


def _is_same(told: Any, computed: Any) -> bool:
    if told is None or computed is None or isinstance(computed, bool | str):
        return bool(told == computed)
    if isinstance(computed, int | float | Decimal):
        wanted = float(computed)
        return abs(float(told) - wanted) <= NEAR * max(1.0, abs(wanted))
    return str(told) == str(computed)


def all_pages(asker: Asker, path: str, **asked: Any) -> dict[str, Any]:
    """The first page with the items of all, none of them twice."""
    page = asker.get(path, limit=200, **asked).json()
    found = page["items"]
    while page["next_offset"] is not None:
        page = asker.get(path, limit=200, offset=page["next_offset"], **asked).json()
        found += page["items"]
    assert len({each["id"] for each in found}) == len(found)
    return {**page, "items": found}


class Compared:
    """What was held against what, and where it differs."""

    def __init__(self) -> None:
        self.differences: list[str] = []
        self.counts: dict[str, int] = {}

    def hold(self, what: str, told: Any, computed: Any) -> None:
        """An answer beside what was computed."""
        self.differences += unlike(told, computed, what)
        self.counts[what] = numbers(computed)
