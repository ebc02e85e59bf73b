"""What records are worth by a scorecard, read and computed together; nothing is written."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.utils import timezone

from closeloop.behaviour import queries as behaviour
from closeloop.engine.facts import NOW
from closeloop.engine.scoring import Counter, Part, Scored, Seen
from closeloop.scoring import facts
from closeloop.scoring.plugs import plugs

LONGEST_DAYS = 1100
"""Behaviour older than that is not looked at: with any half-life of weeks nothing is left of it."""


def scored(counter: Counter, ids: Sequence[int], *, today: date) -> Iterator[tuple[int, Scored]]:
    """What each of some records is worth on a day. Records that are not there are left out."""
    card = counter.card
    known = facts.facts_of(card.about, ids, counter.fact_keys)
    seen, given = seen_by(counter, ids), plugs.given(ids)
    on, now = today.toordinal(), timezone.localtime()
    for record_id in sorted(known):
        own = {NOW: now, **known[record_id]}
        mine = seen.get(record_id, ())
        yield record_id, counter.score(own, mine, today=on, given=given.get(record_id, ()))


def seen_by(counter: Counter, ids: Sequence[int]) -> Mapping[int, list[Seen]]:
    """What the people of some records did, as far as the scorecard looks at it."""
    card = counter.card
    if not card.behaviour:
        return {}
    keys = card.data_keys
    days = behaviour.days_of(ids, kinds=card.kinds, keys=keys, longest=LONGEST_DAYS)
    told = _Told(keys)
    return {
        record_id: [Seen(each.kind, each.day, told[each.values], each.times) for each in found]
        for record_id, found in groupby(days, key=lambda each: each.record_id)
    }


class _Told(dict[tuple[Any, ...], Mapping[str, Any]]):
    """Values by their keys: a few come again and again, and one mapping of each is enough."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__()
        self._keys = keys

    def __missing__(self, values: tuple[Any, ...]) -> Mapping[str, Any]:
        found = self[values] = dict(zip(self._keys, values, strict=True))
        return found


def part_as_data(part: Part) -> dict[str, Any]:
    """A part as it is kept."""
    found: dict[str, Any] = {"rule": part.rule, "points": part.points}
    if part.name is not None:
        found["name"] = dict(part.name)
    if part.last_day is not None:
        found |= {
            "fresh": part.fresh,
            "times": part.times,
            "counted": part.counted,
            "last": date.fromordinal(part.last_day).isoformat(),
        }
        if part.is_capped:
            found["capped"] = True
    return found
