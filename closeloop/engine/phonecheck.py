"""What two sources say of a contact's phone: colleagues' notes in WeCom, and the business registry.

Numbers come in their canonical form; an extension behind a landline makes no difference.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_COMPANIES = 3
"""A number that more companies than these have given is an agent's, and says nothing of one."""
_EXTENSION = re.compile(r"(?<=\d{6})-\d{1,6}$")


class Verdict(StrEnum):
    """What a source says of a number."""

    MATCH = "match"
    MISMATCH = "mismatch"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why it says so."""

    NOTED = "noted"
    NOT_AMONG_NOTED = "not_among_noted"
    NOTHING_NOTED = "nothing_noted"
    NOT_LINKED = "not_linked"
    GONE = "gone"
    LISTED = "listed"
    PERSON_HAS_ANOTHER = "person_has_another"
    ANOTHER_COMPANY = "another_company"
    NOT_LISTED = "not_listed"
    AGENT = "agent"
    NO_CUSTOMER = "no_customer"
    NO_ENTRY = "no_entry"
    NO_NUMBERS = "no_numbers"
    SOURCE_OFF = "source_off"


@dataclass(frozen=True)
class Judgement:
    """One source's word on a number, and the numbers that it has instead."""

    verdict: Verdict
    reason: Reason
    theirs: tuple[str, ...] = ()


OFF = Judgement(Verdict.UNKNOWN, Reason.SOURCE_OFF)


@dataclass(frozen=True)
class Noted:
    """A contact as colleagues have them in WeCom; nobody has them any more where `is_gone`."""

    numbers: Sequence[str]
    is_gone: bool = False


@dataclass(frozen=True)
class Registered:
    """A company in the registry: its numbers, and those of people whom it names."""

    numbers: Sequence[str]
    people: Sequence[tuple[str, str]] = ()


def by_wecom(phone: str, noted: Noted | None) -> Judgement:
    """What colleagues' notes about the contact say of the number."""
    if noted is None:
        return Judgement(Verdict.UNKNOWN, Reason.NOT_LINKED)
    theirs = tuple(noted.numbers)
    if noted.is_gone:
        return Judgement(Verdict.UNKNOWN, Reason.GONE, theirs)
    if not theirs:
        return Judgement(Verdict.UNKNOWN, Reason.NOTHING_NOTED)
    if _is_among(phone, theirs):
        return Judgement(Verdict.MATCH, Reason.NOTED, theirs)
    return Judgement(Verdict.MISMATCH, Reason.NOT_AMONG_NOTED, theirs)


def by_registry(
    phone: str,
    name: str,
    company: Registered | None,
    *,
    has_customer: bool,
    others: int,
    is_strict: bool,
) -> Judgement:
    """What the registry says of the number of somebody of this name.

    `others`: how many other companies have given this number. `is_strict`: a number that the
    company has not given counts as a mismatch, as its employees' own mobiles mostly have not.
    """
    if not has_customer:
        return Judgement(Verdict.UNKNOWN, Reason.NO_CUSTOMER)
    theirs = tuple(company.numbers) if company else ()
    own = tuple(number for who, number in (company.people if company else ()) if who == name)
    if _is_among(phone, (*own, *theirs)):
        return Judgement(Verdict.MATCH, Reason.LISTED, own or theirs)
    if own:
        return Judgement(Verdict.MISMATCH, Reason.PERSON_HAS_ANOTHER, own)
    if others:
        return _elsewhere(others, theirs)
    return _not_listed(company, theirs, is_strict=is_strict)


def _elsewhere(others: int, theirs: tuple[str, ...]) -> Judgement:
    if others > MOST_COMPANIES:
        return Judgement(Verdict.UNKNOWN, Reason.AGENT, theirs)
    return Judgement(Verdict.MISMATCH, Reason.ANOTHER_COMPANY, theirs)


def _not_listed(
    company: Registered | None, theirs: tuple[str, ...], *, is_strict: bool
) -> Judgement:
    if company is None:
        return Judgement(Verdict.UNKNOWN, Reason.NO_ENTRY)
    if not theirs:
        return Judgement(Verdict.UNKNOWN, Reason.NO_NUMBERS)
    verdict = Verdict.MISMATCH if is_strict else Verdict.UNKNOWN
    return Judgement(verdict, Reason.NOT_LISTED, theirs)


def _is_among(phone: str, numbers: Collection[str]) -> bool:
    return _bare(phone) in {_bare(each) for each in numbers}


def _bare(number: str) -> str:
    return _EXTENSION.sub("", number)
