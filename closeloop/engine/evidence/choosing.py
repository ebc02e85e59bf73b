"""Which standard a contact is held to: the most specific one that applies, and why that one.

A stage says more than a team, a team more than a record type, that more than the kind of contact
alone; of two teams the nearer one counts. So a phone without network finds the same one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is known of a contact before it is judged.

    `units` are the author's unit and all above it, each with its distance (0: the unit itself).
    """

    kind: str
    record_type: str
    stage: str
    units: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Applies:
    """To what a standard applies; None asks for nothing, an empty `kinds` neither."""

    key: str
    kinds: frozenset[str] = frozenset()
    unit_ids: frozenset[int] | None = None
    record_type: str | None = None
    stages: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """The standard's key, by what it was chosen (most telling first), and what it was before."""

    key: str
    because: tuple[str, ...]
    over: tuple[str, ...]


def choose(candidates: Iterable[Applies], contact: Occasion) -> Chosen | None:
    """The standard for a contact, or None where none applies; of equals, the first by key."""
    found = [(rank, each) for each in candidates if (rank := _rank(each, contact)) is not None]
    if not found:
        return None
    found.sort(key=lambda pair: (_inverted(pair[0]), pair[1].key))
    rank, best = found[0]
    names = ("stage", "team", "record_type", "kind")
    because = tuple(name for name, part in zip(names, rank, strict=True) if part is not None)
    return Chosen(best.key, because, tuple(each.key for _, each in found[1:]))


_Rank = tuple[int | None, int | None, int | None, int | None]


def _rank(applies: Applies, contact: Occasion) -> _Rank | None:
    """How closely it fits, part by part: 0 is closest, None means that the part is not asked."""
    if applies.kinds and contact.kind not in applies.kinds:
        return None
    if applies.record_type is not None and applies.record_type != contact.record_type:
        return None
    if applies.stages is not None and contact.stage not in applies.stages:
        return None
    team = None
    if applies.unit_ids is not None:
        near = [contact.units[unit] for unit in applies.unit_ids if unit in contact.units]
        if not near:
            return None
        team = min(near)
    return (
        None if applies.stages is None else 0,
        team,
        None if applies.record_type is None else 0,
        0 if applies.kinds else None,
    )


def _inverted(rank: _Rank) -> tuple[float, ...]:
    return tuple(float("inf") if part is None else part for part in rank)
