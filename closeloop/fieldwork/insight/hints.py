"""Hints for a talk with somebody (L08), by rules over the figures, each with its reason (pure)."""

from dataclasses import dataclass
from typing import Any

from closeloop.fieldwork.insight.busy import Busy
from closeloop.fieldwork.insight.settings import Settings

MOST = 3
FEW_CONTACTS_SHARE = 0.5
"""Below half of the team's usual number somebody is asked what keeps them."""


@dataclass(frozen=True)
class Hint:
    """What to talk about; `data` fills its words, which name the figures that it rests on."""

    key: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Figures:
    """What is known of one person in a period, and what is usual in the team."""

    busy: Busy | None
    usual_contacts: float
    texts: int
    vague: int
    open_doubts: int
    bursts: int


def hints_of(figures: Figures, settings: Settings) -> list[Hint]:
    """At most three, the gravest first; none where nothing stands out."""
    found: list[Hint] = []
    busy = figures.busy
    if figures.open_doubts or figures.bursts:
        data = {"doubts": figures.open_doubts, "bursts": figures.bursts}
        found.append(Hint("doubts", data))
    if busy is not None and busy.is_stuck:
        data = {"contacts": busy.contacts, "subjects": busy.subjects, "moved": busy.moved}
        found.append(Hint("stuck", data))
    if figures.texts and figures.vague * 100 >= settings.vague_percent * figures.texts:
        percent = round(100 * figures.vague / figures.texts)
        found.append(Hint("vague", {"vague": figures.vague, "percent": percent}))
    contacts = busy.contacts if busy is not None else 0
    if contacts < figures.usual_contacts * FEW_CONTACTS_SHARE:
        usual = round(figures.usual_contacts)
        found.append(Hint("few", {"contacts": contacts, "usual": usual}))
    if not found and busy is not None and busy.subjects and busy.share >= 2 * _progress(settings):
        percent = round(100 * busy.share)
        found.append(Hint("well", {"percent": percent, "moved": busy.moved}))
    return found[:MOST]


def _progress(settings: Settings) -> float:
    return settings.busy_percent / 100
