"""Sending the day: what the system has put together is confirmed and frozen (F07)."""

from datetime import date
from uuid import UUID

from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.saleslog import errors, queries
from closeloop.saleslog.actions.reporting import LONGEST, lock_author, require_day
from closeloop.saleslog.models import DayLog


def send_log(day: date, *, client_id: UUID, note: str = "", actor: Actor) -> tuple[DayLog, bool]:
    """Send one's day; gives the log, and whether it is new. The same client id is the same log.

    Raises DayClosed where it was sent otherwise, DayOutOfReach, EventInvalid.
    """
    author = lock_author(actor)
    held = DayLog.objects.filter(author=author, day=day).first()
    if held is not None and held.client_id == client_id:
        return held, False
    if held is not None:
        raise errors.DayClosed({"day": day.isoformat()})
    require_day(day)
    if len(note.strip()) > LONGEST:
        raise errors.EventInvalid({"errors": [{"field": "note", "code": "too_long"}]})
    parts = queries.assembled(author.pk, day, log=None)
    events = queries.events_of(author.pk, day)
    counts = {part.key: len(entries) for part, entries in parts}
    log = DayLog.objects.create(
        author=author,
        day=day,
        unit_id=org.home_unit_of(author.pk),
        client_id=client_id,
        note=note.strip(),
        entries=[entry.pk for _, entries in parts for entry in entries],
        counts={**counts, "events": len(events)},
        sent_at=timezone.now(),
    )
    data = {"log_id": log.pk, "day": day.isoformat(), "counts": log.counts, "note": log.note}
    activity.record(
        Happening(
            verb="saleslog.sent",
            unit_id=log.unit_id,
            data={**data, "events": len(events), "done": sum(counts.values())},
        ),
        actor=actor,
    )
    return log, True
