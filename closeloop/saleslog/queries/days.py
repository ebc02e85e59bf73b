"""One person's day: what the record holds of it, what was reported, what was sent."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from closeloop.activity.models import Entry
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Capability
from closeloop.saleslog import clock, setups
from closeloop.saleslog.errors import LogNotFound
from closeloop.saleslog.models import DayLog, LogEvent
from closeloop.saleslog.plugs import Part, Situation, Suggestion, plugs

MOST_ENTRIES = 500
"""Whoever does more in a day sees the last so many."""
MOST_SUGGESTIONS = 3


def assembled(author_id: int, day: date, *, log: DayLog | None) -> list[tuple[Part, list[Entry]]]:
    """What a person did on a day, part by part, earliest first; of a sent log what it was made of.

    One query, whatever the day held.
    """
    parts = plugs.parts()
    since, until = clock.span(day)
    rows = Entry.objects.filter(at__gte=since, at__lt=until)
    if log is not None:
        rows = rows.filter(pk__in=log.entries)
    else:
        rows = rows.filter(_wanted(parts), actor_id=author_id)
    held: dict[str, list[Entry]] = {part.key: [] for part in parts}
    for entry in reversed(rows.order_by("-id")[:MOST_ENTRIES]):
        part = next((each for each in parts if each.holds(entry.verb, entry.data)), None)
        if part is not None:
            held[part.key].append(entry)
    return [(part, held[part.key]) for part in parts if held[part.key]]


def events_of(author_id: int, day: date) -> list[LogEvent]:
    """What a person reported of a day, earliest first; corrected ones with what replaced them."""
    found = shown_events().filter(author_id=author_id, day=day)
    return list(found.order_by("at", "pk"))


def shown_events() -> QuerySet[LogEvent]:
    """Every event that was not taken back, with what is shown beside it."""
    return (
        LogEvent.objects.filter(removed_at=None)
        .select_related("author", "customer", "record", "case", "picture", "reading", "unit")
        .defer("customer__grams", "record__grams", "reading__lines")
    )


def log_of(author_id: int, day: date) -> DayLog | None:
    """The log that a person has sent of a day."""
    return DayLog.objects.filter(author_id=author_id, day=day).first()


def may_read(author_id: int, *, actor: Actor) -> bool:
    """Whether the actor is the author, stands above them, or keeps the sales log."""
    if actor.user_id is None or actor.user_id == author_id:
        return True
    if org.access_of(actor).can(Capability.MANAGE_SALES_LOG):
        return True
    return org.is_above(actor.user_id, of=author_id)


def visible_event(event_id: int, *, actor: Actor) -> LogEvent:
    """An event that the actor may read; raises LogNotFound."""
    found = shown_events().filter(pk=event_id).first()
    if found is None or not may_read(found.author_id, actor=actor):
        raise LogNotFound({"id": event_id})
    return found


def own_event(event_id: int, *, actor: Actor) -> LogEvent:
    """An event that the actor has reported; raises LogNotFound."""
    found = visible_event(event_id, actor=actor)
    if actor.user_id is not None and found.author_id != actor.user_id:
        raise LogNotFound({"id": event_id})
    return found


def suggestions(
    kind: str, *, text: str, customer_id: int | None, record_id: int | None, actor: Actor
) -> Sequence[Suggestion]:
    """The playbooks that fit an event; none where the type is unknown."""
    known = setups.current().types.get(kind)
    if known is None:
        return ()
    tags: Mapping[str, None] = dict.fromkeys((known.key, *known.tags))
    situation = Situation(kind, tuple(tags), text, customer_id, record_id)
    return plugs.suggest(situation, actor, MOST_SUGGESTIONS)


def _wanted(parts: Sequence[Part]) -> Q:
    named = {verb for part in parts for verb in part.verbs}
    found = Q(verb__in=sorted(named))
    for ending in sorted({ending for part in parts for ending in part.endings}):
        found |= Q(verb__endswith=ending)
    return found
