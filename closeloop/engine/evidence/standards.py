"""What makes a follow-up count: a versioned standard, and its judgement of what was reported.

One mechanism for every definition in use: all of the items, or at least n of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from closeloop.engine import refusals
from closeloop.engine.problems import ProblemList


class EvidenceKind(StrEnum):
    """What an item wants: files (a count or a list), a text, a future date, a place, a tick."""

    FILES = "files"
    TEXT = "text"
    NEXT_DATE = "next_date"
    PLACE = "place"
    TICK = "tick"


class Shortfall(StrEnum):
    """What keeps an item from counting."""

    ABSENT = "absent"
    TOO_FEW = "too_few"
    TOO_LONG = "too_long"
    NOT_LATER = "not_later"


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One item of a standard. `at_least` counts files, `max_length` characters of a text."""

    key: str
    kind: EvidenceKind
    name: Mapping[str, str]
    at_least: int = 1
    max_length: int | None = None


@dataclass(frozen=True, slots=True)
class Standard:
    """A versioned list of evidence. `at_least` None asks for all items, n for any n of them.

    Raises StandardInvalid for no item, a repeated key, or an n that no report could miss or meet.
    """

    key: str
    version: int
    name: Mapping[str, str]
    items: tuple[EvidenceItem, ...]
    at_least: int | None = None

    def __post_init__(self) -> None:
        """Refuse a standard that could not judge."""
        problems = ProblemList()
        if not self.items:
            problems.add("standard.items_missing", "/items")
        seen: set[str] = set()
        for index, item in enumerate(self.items):
            if item.key in seen:
                problems.add("key.duplicate", f"/items/{index}/key", key=item.key)
            seen.add(item.key)
        if self.at_least is not None and not 1 <= self.at_least <= max(len(self.items), 1):
            problems.add("standard.at_least_out_of_range", "/at_least", at_least=self.at_least)
        if problems.found:
            raise refusals.StandardInvalid(problems.found)

    @property
    def needed(self) -> int:
        """Give the number of items that must count."""
        return len(self.items) if self.at_least is None else self.at_least


@dataclass(frozen=True, slots=True)
class MissingEvidence:
    """One item that does not count yet: what is wanted, what is there, what is wrong."""

    item_key: str
    name: Mapping[str, str]
    shortfall: Shortfall
    expected: object
    actual: object


@dataclass(frozen=True, slots=True)
class Complete:
    """The report counts. `met` are the keys of the items that count."""

    standard: str
    version: int
    met: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Incomplete:
    """The report stays a draft. `still_needed` of the `missing` items would complete it."""

    standard: str
    version: int
    met: tuple[str, ...]
    missing: tuple[MissingEvidence, ...]
    still_needed: int


def judge(
    standard: Standard, evidence: Mapping[str, object], *, now: datetime | None = None
) -> Complete | Incomplete:
    """Judge what was reported by `standard`. `now` (aware) is the time of the contact.

    `evidence` by item key: files a count or a list, text a str, next_date a date or aware
    datetime after `now`, place anything not empty, tick True. What is absent never counts.
    """
    met, missing = [], []
    for item in standard.items:
        shortfall = _shortfall(item, evidence.get(item.key), now)
        if shortfall is None:
            met.append(item.key)
        else:
            missing.append(_missing(item, shortfall, evidence.get(item.key), now))
    left = standard.needed - len(met)
    if left <= 0:
        return Complete(standard.key, standard.version, tuple(met))
    return Incomplete(standard.key, standard.version, tuple(met), tuple(missing), left)


def _shortfall(item: EvidenceItem, value: object, now: datetime | None) -> Shortfall | None:
    match item.kind:
        case EvidenceKind.FILES:
            return _files_shortfall(item, _count(value))
        case EvidenceKind.TEXT:
            return _text_shortfall(item, value.strip() if isinstance(value, str) else "")
        case EvidenceKind.NEXT_DATE:
            return _next_date_shortfall(value, now)
        case EvidenceKind.TICK:
            return None if value is True else Shortfall.ABSENT
        case EvidenceKind.PLACE:
            return None if value else Shortfall.ABSENT


def _files_shortfall(item: EvidenceItem, count: int) -> Shortfall | None:
    if count >= item.at_least:
        return None
    return Shortfall.TOO_FEW if count else Shortfall.ABSENT


def _text_shortfall(item: EvidenceItem, text: str) -> Shortfall | None:
    if item.max_length is not None and len(text) > item.max_length:
        return Shortfall.TOO_LONG
    return None if text else Shortfall.ABSENT


def _next_date_shortfall(value: object, now: datetime | None) -> Shortfall | None:
    if not isinstance(value, date):
        return Shortfall.ABSENT
    if now is None:
        return None
    later = value > now if isinstance(value, datetime) else value > now.date()
    return None if later else Shortfall.NOT_LATER


def _missing(
    item: EvidenceItem, shortfall: Shortfall, value: object, now: datetime | None
) -> MissingEvidence:
    expected: object = None
    actual: object = value
    if item.kind is EvidenceKind.FILES:
        expected, actual = item.at_least, _count(value)
    elif item.kind is EvidenceKind.TEXT:
        expected = item.max_length
        actual = len(value.strip()) if isinstance(value, str) else 0
    elif item.kind is EvidenceKind.NEXT_DATE:
        expected = now
    return MissingEvidence(item.key, item.name, shortfall, expected, actual)


def _count(value: object) -> int:
    if isinstance(value, int):
        return value
    return len(value) if isinstance(value, Collection) and not isinstance(value, str) else 0
