"""Whose a conversation is: evidence for each record, how sure it makes, and whether that is enough.

Pieces of evidence of different kinds count together, as if independent: 1 - (1-a)(1-b)…; of one
kind only the strongest counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class By(StrEnum):
    """What points to a record."""

    EXTERNAL_ID = "external_id"
    PHONE = "phone"
    EMAIL = "email"
    THREAD = "thread"
    LANDLINE = "landline"
    COMPANY = "company"
    MAIL_DOMAIN = "mail_domain"
    PERSON = "person"


SURE: Mapping[By, float] = {
    By.EXTERNAL_ID: 0.99,
    By.THREAD: 0.97,
    By.PHONE: 0.95,
    By.EMAIL: 0.95,
    By.COMPANY: 0.75,
    By.LANDLINE: 0.7,
    By.MAIL_DOMAIN: 0.6,
    By.PERSON: 0.45,
}
"""How often each points to the right one: a judgement, until re-filing has shown figures."""
CLEAR_TIMES = 3.0
"""The first leaves at most a third of the second's doubt: two people with one number are none."""
DEFAULT_THRESHOLD = 0.8


@dataclass(frozen=True)
class Evidence:
    """One thing that points to a record: what kind, and the value that says it."""

    record_id: int
    by: By
    value: str


@dataclass(frozen=True)
class Candidate:
    """A record with how sure it is, and why."""

    record_id: int
    confidence: float
    why: tuple[Evidence, ...]


@dataclass(frozen=True)
class Verdict:
    """Candidates, the surest first; `chosen` only where it is sure enough and clearly the first."""

    candidates: tuple[Candidate, ...]
    chosen: Candidate | None


def judge(evidence: Sequence[Evidence], *, threshold: float = DEFAULT_THRESHOLD) -> Verdict:
    """Weigh all evidence."""
    by_record: dict[int, dict[By, Evidence]] = {}
    for each in evidence:
        by_record.setdefault(each.record_id, {}).setdefault(each.by, each)
    candidates = sorted(
        (_candidate(record_id, list(why.values())) for record_id, why in by_record.items()),
        key=lambda each: (-each.confidence, each.record_id),
    )
    first = candidates[0] if candidates else None
    second = candidates[1].confidence if len(candidates) > 1 else 0.0
    is_chosen = (
        first is not None
        and first.confidence >= threshold
        and (1 - second) >= CLEAR_TIMES * (1 - first.confidence)
    )
    return Verdict(tuple(candidates), first if is_chosen else None)


def _candidate(record_id: int, why: Sequence[Evidence]) -> Candidate:
    doubt = 1.0
    for each in why:
        doubt *= 1 - SURE[each.by]
    ordered = sorted(why, key=lambda each: -SURE[each.by])
    return Candidate(record_id, round(1 - doubt, 4), tuple(ordered))
