"""What a text proposes to be noted (pure): phones, amounts, dates, addresses, serial numbers.

A fact has a `kind`, the `value` in its canonical form, and `span`, the characters it was read from.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import phonenumbers

from closeloop.engine.promises import days

MOST_FACTS = 60
HERE = "CN"
_MAIL = re.compile(r"[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)
_AMOUNT = re.compile(
    r"(?P<sign>[¥￥$]|RMB|人民币)?\s*"
    r"(?P<number>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*"
    r"(?P<unit>亿元?|万元?|千元|元|块钱?)?",
)
_TIMES = {"亿": Decimal(10**8), "万": Decimal(10**4), "千": Decimal(10**3)}
_SERIAL = re.compile(
    r"(?<![A-Za-z0-9@._-])(?=[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])[A-Z0-9]{2,}(?:-[A-Z0-9]+)*"
    r"(?![A-Za-z0-9@_-])"
)
_SHORTEST_SERIAL = 6


def facts_in(text: str, *, said_at: datetime) -> list[dict[str, Any]]:
    """The facts of a text in their order, none inside another; each value once."""
    flat = _same_length_nfkc(text)
    taken: list[tuple[int, int]] = []
    found: list[dict[str, Any]] = []
    told: set[tuple[str, str]] = set()
    for kind, value, start, end in _all(flat, said_at):
        if any(start < other_end and other < end for other, other_end in taken):
            continue
        taken.append((start, end))
        if (kind, value) not in told:
            told.add((kind, value))
            found.append(
                {"kind": kind, "value": value, "said": text[start:end], "span": [start, end]}
            )
    return sorted(found, key=lambda fact: fact["span"][0])[:MOST_FACTS]


def _all(text: str, said_at: datetime) -> Iterator[tuple[str, str, int, int]]:
    for mail in _MAIL.finditer(text):
        yield "email", mail[0].rstrip(".").lower(), mail.start(), mail.end()
    yield from _phones(text)
    for serial in _SERIAL.finditer(text):
        if len(serial[0]) >= _SHORTEST_SERIAL:
            yield "serial", serial[0], serial.start(), serial.end()
    for day in days.days_in(text, said_at=said_at):
        yield "date", day.value, day.start, day.end
    yield from _amounts(text)


def _phones(text: str) -> Iterator[tuple[str, str, int, int]]:
    for match in phonenumbers.PhoneNumberMatcher(text, HERE):
        is_here = match.number.country_code == phonenumbers.country_code_for_region(HERE)
        form = (
            phonenumbers.PhoneNumberFormat.NATIONAL
            if is_here
            else (phonenumbers.PhoneNumberFormat.E164)
        )
        value = "".join(phonenumbers.format_number(match.number, form).split())
        yield "phone", value, match.start, match.end


def _amounts(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Amounts name a currency or a unit; a bare number is none."""
    for match in _AMOUNT.finditer(text):
        if not (match["sign"] or match["unit"]):
            continue
        number = Decimal(match["number"].replace(",", "").replace("，", ""))
        value = number * _TIMES.get((match["unit"] or "")[:1], Decimal(1))
        yield "amount", f"{value.normalize():f}", match.start(), match.end()


def _same_length_nfkc(text: str) -> str:
    """Compatibility forms folded character by character, so that spans stay true."""
    folded = (unicodedata.normalize("NFKC", each) for each in text)
    return "".join(new if len(new) == 1 else old for old, new in zip(text, folded, strict=True))
