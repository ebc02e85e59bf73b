"""Why a merge looks doubtful (pure): leads merged by hand to look like one good lead (K08).

Rules, no verdict: each sign says what was seen, a person judges.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

MANY, WITHIN = 5, timedelta(hours=1)
"""So many merges by one person in an hour are no tidying up."""
BEFORE_GRADE = timedelta(hours=1)
"""A grade that rises so soon after a merge may have been made by it."""
SIGNS = ("many_at_once", "different_person", "into_qualified", "grade_rose_after")


@dataclass(frozen=True)
class Evidence:
    """What is known of a merge. `winner` and `losers` are values as they were before it."""

    winner: Mapping[str, Any]
    losers: Sequence[Mapping[str, Any]]
    by_same_person: int
    """Merges by the same person within the hour, this one counted."""
    grade: str | None = None
    at: datetime | None = None
    grades_after: Sequence[tuple[datetime, str | None, str | None]] = field(default_factory=tuple)
    """When the winner's grade changed, from what, to what."""


def signs_of(evidence: Evidence) -> list[dict[str, Any]]:
    """Every sign with the facts that it names, in the order of SIGNS."""
    found: list[dict[str, Any]] = []
    if evidence.by_same_person >= MANY:
        found.append({"code": "many_at_once", "count": evidence.by_same_person})
    strangers = [each for each in evidence.losers if is_somebody_else(evidence.winner, each)]
    if strangers:
        found.append(
            {"code": "different_person", "names": [str(each.get("name")) for each in strangers]}
        )
    if evidence.grade:
        found.append({"code": "into_qualified", "grade": evidence.grade})
    if evidence.at is not None:
        for at, before, after in evidence.grades_after:
            if after and after != before and timedelta(0) <= at - evidence.at <= BEFORE_GRADE:
                minutes = int((at - evidence.at).total_seconds() // 60)
                found.append({"code": "grade_rose_after", "grade": after, "minutes": minutes})
                break
    return found


def is_somebody_else(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two leads differ in every number and address that both have, and in the company."""
    pairs = [(_flat(one, key), _flat(other, key)) for key in ("phone", "email", "wechat")]
    both = [(a, b) for a, b in pairs if a and b]
    if any(a == b for a, b in both):
        return False
    companies = (_flat(one, "company"), _flat(other, "company"))
    has_other_company = all(companies) and companies[0] != companies[1]
    return bool(both) and has_other_company


def _flat(values: Mapping[str, Any], key: str) -> str:
    return str(values.get(key) or "").strip().casefold()
