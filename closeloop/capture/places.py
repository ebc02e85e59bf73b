"""Where somebody is who did not say so (pure): by the company's name, else by the phone number.

A company that begins with a province or city in full (江苏省人民医院) lies there. A number was
given out in a city; people take it along when they move, so what is derived is marked, gives way to
what a person types, and never takes its place. Source of the segments: libphonenumber's geocoding
data, see `data/README.md`.
"""

import csv
import gzip
from array import array
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from closeloop.desk.deriving import Derived, Deriver
from closeloop.routing import divisions
from closeloop.routing.facts import PLACE_FIELD

_SOURCE = resources.files("closeloop.capture") / "data" / "segments.csv.gz"
_MOBILE_DIGITS, _LONGEST, _SHORTEST = 11, 7, 2
_SHARED = ("0400", "0800", "400", "800")


@dataclass(frozen=True)
class _Spans:
    """Segments of one length: from the first to the last of each, its division."""

    firsts: "array[int]"
    lasts: "array[int]"
    divisions: "array[int]"


def derive(values: Mapping[str, Any]) -> Derived | None:
    """Where the person of a lead's values is likely to be, down to the city, or None."""
    company, phone = values.get("company"), values.get("phone")
    code = of_company(str(company)) if company else ""
    if code:
        return _derived(code, "company")
    code = of_phone(str(phone)) if phone else ""
    return _derived(code, "phone") if code else None


DERIVER = Deriver(PLACE_FIELD, ("company", "phone"), derive)
"""Every path that makes or changes leads asks this one."""


def of_company(name: str) -> str:
    """The code of the province or city with which a company's name begins in full, or nothing."""
    near = _cities().get(name[:_SHORTEST], {})
    found = [each for each in near if name.startswith(each)]
    return near[max(found, key=len)] if found else ""


def of_phone(phone: str) -> str:
    """The code of the city in which a number (in canonical form) was given out, or nothing."""
    digits = phone.partition("-")[0]
    if not digits.isascii() or not digits.isdigit() or digits.startswith(_SHARED):
        return ""
    if len(digits) == _MOBILE_DIGITS and digits[0] == "1":
        return _of_segment(digits[:_LONGEST], shortest=_SHORTEST + 3)
    return _of_segment(digits[1 : _LONGEST + 1], shortest=_SHORTEST) if digits[0] == "0" else ""


@lru_cache(maxsize=10_000)
def _of_segment(digits: str, *, shortest: int) -> str:
    for length in range(min(_LONGEST, len(digits)), shortest - 1, -1):
        spans = _spans().get(length)
        if spans is None:
            continue
        number = int(digits[:length])
        place = bisect_right(spans.firsts, number) - 1
        if place >= 0 and number <= spans.lasts[place]:
            return str(spans.divisions[place])
    return ""


@cache
def _spans() -> dict[int, _Spans]:
    """The table by the segments' length, about a megabyte; read when it is first asked."""
    found: dict[int, _Spans] = {}
    text = gzip.decompress(_SOURCE.read_bytes()).decode("ascii")
    rows = csv.reader(text.splitlines()[1:])
    for first, last, division in rows:
        spans = found.setdefault(len(first), _Spans(array("I"), array("I"), array("I")))
        spans.firsts.append(int(first))
        spans.lasts.append(int(last))
        spans.divisions.append(int(division))
    return found


@cache
def _derived(code: str, by: str) -> Derived:
    return Derived(divisions.full_name(code), by)


@cache
def _cities() -> dict[str, dict[str, str]]:
    """Code of every province and city by its full name, under the two signs it begins with."""
    provinces = divisions.within(None)
    cities = [each for province in provinces for each in divisions.within(province.code)]
    whole = [each for each in (*provinces, *cities) if each.code.endswith("00")]
    found: dict[str, dict[str, str]] = {}
    for each in whole:
        found.setdefault(each.name[:_SHORTEST], {})[each.name] = each.code
    return found
