"""How an open screen learns that something concerns its person: a word on PostgreSQL's NOTIFY.

The word names people and a kind, never what happened; the screen asks again for what it shows.
"""

import json
from collections.abc import Iterable, Iterator

from closeloop.edge import statements
from closeloop.edge.statements import Statement

CHANNEL = "closeloop_live"
KINDS = frozenset({"notice", "clock", "approval", "figures"})
"""`figures` says that something was counted; it is told to every open screen."""
_NOTIFY = "SELECT pg_notify(%s::text, payload) FROM unnest(%s::text[]) AS payload"
_MOST_PEOPLE = 400
"""NOTIFY takes 8,000 bytes; an id has at most 19 digits."""


def channel() -> str:
    """The channel on which every process of this installation speaks and listens."""
    return CHANNEL


def tell(kind: str, people: Iterable[int]) -> None:
    """Have these people's open screens ask again, once this transaction commits."""
    if kind not in KINDS:
        raise ValueError(f"screens know no {kind}")
    payloads = [json.dumps({"kind": kind, "people": some}) for some in _portions(set(people))]
    if payloads:
        statements.later(Statement(_NOTIFY, [channel(), payloads]))


def tell_everybody(kind: str) -> None:
    """Have every open screen ask again, once this transaction commits."""
    if kind not in KINDS:
        raise ValueError(f"screens know no {kind}")
    word = json.dumps({"kind": kind, "people": None})
    statements.later(Statement(_NOTIFY, [channel(), [word]]))


def _portions(people: set[int]) -> Iterator[list[int]]:
    ordered = sorted(people)
    for start in range(0, len(ordered), _MOST_PEOPLE):
        yield ordered[start : start + _MOST_PEOPLE]
