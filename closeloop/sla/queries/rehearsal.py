"""What would have happened: recorded activity replayed through a policy still being written."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from closeloop.engine.sla import Item, Lived, Policy, State
from closeloop.identity import queries as identity
from closeloop.identity.actor import Actor
from closeloop.records import queries as records
from closeloop.records.models import Record
from closeloop.sla import errors, histories, sentences
from closeloop.sla.histories import Span
from closeloop.sla.people import Directory, Place

MOST_DAYS = 400
MOST_EXAMPLES = 20
MOST_PEOPLE = 20
_RUN_UP = timedelta(days=120)
"""How long before the period clocks may have been opened that still run in it."""


@dataclass
class _Tally:
    """What is counted while histories go by."""

    states: Counter[str] = field(default_factory=Counter)
    opened: int = 0
    fired: list[tuple[Item, int | None, Lived]] = field(default_factory=list)
    examples: list[tuple[int | None, Lived]] = field(default_factory=list)


def rehearse(
    policy: Policy, *, since: datetime, until: datetime, actor: Actor, language: str
) -> dict[str, Any]:
    """Clocks opened between two moments, how they ended, what fired and whom it would have told.

    Conditions on facts other than the stage are asked of the records as they are now. Raises
    RehearsalTooLong.
    """
    if not since < until <= timezone.now() or (until - since).days > MOST_DAYS:
        raise errors.RehearsalTooLong
    tally = _Tally()
    for history, lives in histories.lives_of(policy, Span(until=until, since=since - _RUN_UP)):
        for lived in lives:
            _count(tally, history.record_id, lived, since)
    return _told(tally, policy, actor=actor, language=language)


def _count(tally: _Tally, record_id: int | None, lived: Lived, since: datetime) -> None:
    if lived.opened_by.at >= since:
        tally.opened += 1
        tally.states[lived.life.state] += 1
    fired = [item for at, item, _ in lived.fired if at >= since]
    tally.fired += [(item, record_id, lived) for item in fired]
    is_telling = fired or lived.life.state is State.BREACHED
    if is_telling and len(tally.examples) < MOST_EXAMPLES * 5:
        tally.examples.append((record_id, lived))


def _people(tally: _Tally, policy: Policy) -> dict[int, Counter[int]]:
    """Whom each item would have told, and how often; owners are those of now."""
    ids = {record_id for _, record_id, _ in tally.fired if record_id is not None}
    owners = dict(Record.objects.filter(pk__in=ids).values_list("pk", "owner_id"))
    directory = Directory()
    found: dict[int, Counter[int]] = {}
    for item, record_id, lived in tally.fired:
        told = item.step.to if item.step else item.reminder.to if item.reminder else ()
        opened = lived.opened_by
        owner = owners.get(record_id or 0)
        if policy.owner != "owner":
            owner = opened.data.get(policy.owner.removeprefix("data:"))
        place = Place(owner, opened.unit_id, opened.actor_id)
        found.setdefault(item.index, Counter()).update(directory.people(told, place))
    return found


def _told(tally: _Tally, policy: Policy, *, actor: Actor, language: str) -> dict[str, Any]:
    told = _people(tally, policy)
    fired = Counter(item.index for item, _, _ in tally.fired)
    names = identity.names_of({person for counts in told.values() for person in counts})
    readable = records.visible_among(
        {key for key, _ in tally.examples if key is not None}, actor=actor
    )
    examples = [each for each in tally.examples if each[0] in readable][:MOST_EXAMPLES]
    return {
        "opened": tally.opened,
        "met": tally.states[State.MET],
        "breached": tally.states[State.BREACHED],
        "cancelled": tally.states[State.CANCELLED],
        "open": tally.states[State.RUNNING],
        "paused": tally.states[State.PAUSED],
        "steps": [
            {
                "key": item.key,
                "sentence": sentences.item(policy, item, language),
                "fired": fired[item.index],
                "people": [
                    {"person": {"id": key, "name": names.get(key, "—")}, "count": count}
                    for key, count in told.get(item.index, Counter()).most_common(MOST_PEOPLE)
                ],
            }
            for item in policy.items
        ],
        "examples": [_example(policy, readable, each, language) for each in examples],
    }


def _example(
    policy: Policy, readable: Mapping[int, Record], each: tuple[int | None, Lived], language: str
) -> dict[str, Any]:
    record, lived = readable[each[0] or 0], each[1]
    return {
        "record": {"id": record.pk, "type": record.type, "title": record.title},
        "started_at": lived.life.started_at,
        "due_at": lived.life.due_at,
        "closed_at": lived.life.closed_at,
        "state": lived.life.state.value,
        "fired": [
            {"key": item.key, "sentence": sentences.item(policy, item, language), "at": at}
            for at, item, _ in lived.fired
        ],
    }
