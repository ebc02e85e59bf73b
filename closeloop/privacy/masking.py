"""Personal data as somebody sees it who does not own it and stands not above its owner (pure)."""

import re
from collections.abc import Mapping
from typing import Any

COARSE_DEGREES = 2
"""Decimals that stay: about a kilometre, which tells the district and not the door."""
_DIGITS = re.compile(r"\d")


def coarse_place(place: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A place to about a kilometre, marked as such; accuracy and moment go."""
    if not place:
        return None
    kept = {"system": place["system"]} if "system" in place else {}
    return {
        **kept,
        "accuracy_m": None,
        "at": None,
        "is_coarse": True,
        "latitude": round(float(place["latitude"]), COARSE_DEGREES),
        "longitude": round(float(place["longitude"]), COARSE_DEGREES),
    }


def masked_phone(phone: str) -> str:
    """A number with its middle hidden (138****5678); short ones wholly."""
    digits = len(_DIGITS.findall(phone))
    if digits < 7:
        return _DIGITS.sub("*", phone)
    shown_first, shown_last, seen = 3, 4, 0
    parts = []
    for each in phone:
        if each.isdigit():
            seen += 1
        is_shown = not each.isdigit() or seen <= shown_first or seen > digits - shown_last
        parts.append(each if is_shown else "*")
    return "".join(parts)


def hidden_text(text: str) -> str:
    """Nothing of a transcript; empty stays empty."""
    return "" if not text else "•••"
