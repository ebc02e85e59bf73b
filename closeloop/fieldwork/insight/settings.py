"""Thresholds and the words that tell objections: the pack's, or the company's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from closeloop.fields import queries as fields

SHIPPED, OWN = "field_insight", "field_insight_own"
NUMBERS = (
    "busy_contacts",
    "busy_percent",
    "vague_length",
    "vague_percent",
    "burst_minutes",
    "burst_contacts",
)
Name = Mapping[str, str]


@dataclass(frozen=True)
class Objection:
    """A kind of objection and the words that tell it."""

    key: str
    name: Name
    words: Sequence[str]


@dataclass(frozen=True)
class Settings:
    """How field work is read."""

    busy_contacts: int = 8
    busy_percent: int = 15
    vague_length: int = 8
    vague_percent: int = 30
    burst_minutes: int = 15
    burst_contacts: int = 4
    stalled_policies: Sequence[str] = ()
    technical_roles: Sequence[str] = ()
    objections: Sequence[Objection] = ()


def current() -> Settings:
    """What holds now: what the company set, else what the pack brought."""
    sets = fields.settings()
    shipped = {each["key"]: each for each in sets.get(SHIPPED, [])}
    own = {each["key"]: each["number"] for each in sets.get(OWN, [])}
    numbers = {
        key: own.get(key, shipped[key]["number"]) for key in NUMBERS if key in own or key in shipped
    }
    return replace(
        Settings(**numbers),
        stalled_policies=_keys(shipped, "stalled_policies"),
        technical_roles=_keys(shipped, "technical_roles"),
        objections=[
            Objection(each["key"], each["name"], each["words"])
            for each in shipped.get("objections", {}).get("words", [])
        ],
    )


def names() -> dict[str, Name]:
    """What each threshold is called."""
    shipped = {each["key"]: each for each in fields.settings().get(SHIPPED, [])}
    return {key: shipped[key]["name"] for key in NUMBERS if key in shipped}


def _keys(shipped: Mapping[str, Any], key: str) -> Sequence[str]:
    return list(shipped.get(key, {}).get("keys", []))
