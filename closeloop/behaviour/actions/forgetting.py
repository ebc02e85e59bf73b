"""Forgetting what visitors did a long time ago, thousands of events in a transaction at a time."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import connection, transaction

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.behaviour import retention
from closeloop.behaviour.models import Retention
from closeloop.identity.actor import SYSTEM, Actor

AT_ONCE = 500
"""Visitors whose trails go in one transaction."""
_SOME = """
    SELECT id FROM behaviour_visitor
    WHERE record_id IS {known} NULL AND id > %s AND first_seen_at < %s
    ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
"""
_ALLOW = "SELECT set_config('closeloop.forgets', 'on', true)"
_EVENTS = "DELETE FROM behaviour_event WHERE visitor_id = ANY(%s) AND at < %s"
_SESSIONS = """
    DELETE FROM behaviour_session s
    WHERE s.visitor_id = ANY(%s) AND s.started_at < %s AND NOT EXISTS (
        SELECT FROM behaviour_event e WHERE e.visitor_id = s.visitor_id AND e.session_id = s.id)
"""
_GONE = """
    SELECT v.id FROM behaviour_visitor v WHERE v.id = ANY(%s)
      AND NOT EXISTS (SELECT FROM behaviour_event e WHERE e.visitor_id = v.id)
      AND NOT EXISTS (SELECT FROM behaviour_session s WHERE s.visitor_id = v.id)
"""
_STEPS = "DELETE FROM behaviour_identification WHERE visitor_id = ANY(%s)"
_VISITORS = "DELETE FROM behaviour_visitor WHERE id = ANY(%s)"


@dataclass(frozen=True)
class Forgotten:
    """How much was deleted."""

    visitors: int = 0
    events: int = 0

    def __add__(self, other: "Forgotten") -> "Forgotten":
        return Forgotten(self.visitors + other.visitors, self.events + other.events)


def set_retention(wanted: retention.Periods, *, actor: Actor) -> retention.Periods:
    """Say how long what comes from outside is kept."""
    before = retention.current()
    if wanted != before:
        Retention.objects.update_or_create(pk=retention.ONLY, defaults=asdict(wanted))
        data = {"before": asdict(before), "after": asdict(wanted)}
        activity.record(Happening(verb="behaviour.retention_changed", data=data), actor=actor)
    return wanted


def forget_strangers(before: datetime) -> Forgotten:
    """Delete what visitors did before a moment of whom nobody knows who they are, and those of
    whom nothing is left. Somebody who is just being identified is passed over.
    """
    return _told(_forget(before, _of_strangers, ""), before, "strangers")


def forget_known(before: datetime) -> Forgotten:
    """Delete what known people did before a moment; who they are stays known."""
    return _told(_forget(before, _of_known, "NOT"), before, "known")


def _forget(
    before: datetime, clear: Callable[[list[int], datetime], Forgotten], known: str
) -> Forgotten:
    done = Forgotten()
    for some in _batches(_SOME.format(known=known), before):
        done += clear(some, before)
    return done


def _batches(sql: str, before: datetime) -> Iterator[list[int]]:
    """Visitors in order of their ids; each batch is locked until the next one is asked for."""
    after = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [after, before, AT_ONCE])
            some = [row[0] for row in cursor.fetchall()]
            if not some:
                return
            cursor.execute(_ALLOW)
            yield some
        after = some[-1]


def _of_known(visitors: list[int], before: datetime) -> Forgotten:
    with connection.cursor() as cursor:
        cursor.execute(_EVENTS, [visitors, before])
        events = cursor.rowcount
        cursor.execute(_SESSIONS, [visitors, before])
    return Forgotten(events=events)


def _of_strangers(visitors: list[int], before: datetime) -> Forgotten:
    done = _of_known(visitors, before)
    with connection.cursor() as cursor:
        cursor.execute(_GONE, [visitors])
        gone = [row[0] for row in cursor.fetchall()]
        cursor.execute(_STEPS, [gone])
        cursor.execute(_VISITORS, [gone])
    return done + Forgotten(visitors=len(gone))


def _told(done: Forgotten, before: datetime, whose: str) -> Forgotten:
    if done != Forgotten():
        data = {**asdict(done), "before": before.date().isoformat(), "whose": whose}
        activity.record(Happening(verb="behaviour.forgotten", data=data), actor=SYSTEM)
    return done
