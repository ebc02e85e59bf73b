"""Logs as a viewer sees them: records only where they may read them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from closeloop.activity.models import Entry
from closeloop.desk import timeline
from closeloop.desk.reader import reader_for
from closeloop.edge import messages
from closeloop.edge.setups import LANGUAGES
from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.org import queries as org
from closeloop.records import queries as records
from closeloop.records.models import Record
from closeloop.saleslog import clock, queries, setups
from closeloop.saleslog.models import DayLog, LogEvent, Surge
from closeloop.saleslog.plugs import Part
from closeloop.saleslog.setups import EventType
from closeloop.support import setups as support


def day_of(author: User, day: date, *, actor: Actor, language: str) -> dict[str, Any]:
    """A day of somebody; the number of queries does not grow with what it holds."""
    log = queries.log_of(author.pk, day)
    parts = queries.assembled(author.pk, day, log=log)
    shown, untold = _parts(parts, actor=actor, language=language)
    due_at = clock.moment(day, setups.current().due)
    return {
        "day": day,
        "author": person(author),
        "state": "open" if log is None else "sent",
        "sent_at": log.sent_at if log else None,
        "is_late": log is not None and log.sent_at > due_at,
        "due_at": due_at,
        "note": log.note if log else "",
        "events": events(queries.events_of(author.pk, day), actor=actor),
        "parts": shown,
        "untold": untold,
        "is_mine": actor.user_id == author.pk,
    }


def events(found: Sequence[LogEvent], *, actor: Actor) -> list[dict[str, Any]]:
    """Events as the API gives them."""
    ids = {key for event in found for key in (event.customer_id, event.record_id) if key}
    readable = records.visible_among(ids, actor=actor)
    replaced = LogEvent.objects.filter(corrects__in=[event.pk for event in found])
    corrected = {key: by for key, by in replaced.values_list("corrects_id", "pk") if key}
    sent = _sent(found)
    return [_event(event, readable, corrected, sent, actor) for event in found]


def event_type(known: EventType) -> dict[str, Any]:
    """A type of event for a form."""
    kind = support.current().kinds.get(known.support or "")
    return {
        **choice(known.key, known.name),
        "needs_reason": known.needs_reason,
        "reasons": [choice(each.key, each.name) for each in known.reasons],
        "support": choice(kind.key, kind.name) if kind else None,
        "asks_support": known.asks_support,
        "needs_customer": known.needs_customer,
        "advice": dict(known.advice),
        "alternatives": alternatives(known),
        "tags": list(known.tags),
    }


def alternatives(known: EventType) -> list[dict[str, Any]]:
    """What may be tried."""
    return [{"name": dict(each.name), "text": dict(each.text)} for each in known.alternatives]


def surge(found: Surge) -> dict[str, Any]:
    """A surge in a list."""
    task = found.task
    return {
        "id": found.pk,
        "week": found.week,
        "unit": {"id": found.unit_id, "name": found.unit.name},
        "type": choice(found.type, setups.name_of(found.type)),
        "count": found.count,
        "before": found.before,
        "percent": round((found.count / found.before - 1) * 100) if found.before else None,
        "task": None
        if task is None
        else {"id": task.pk, "owner": person(task.owner), "state": task.state},
    }


def choice(key: str, name: Mapping[str, str]) -> dict[str, Any]:
    """Something by key and name."""
    return {"key": key, "name": dict(name)}


def person(user: User) -> dict[str, Any]:
    """Somebody by id and name."""
    return {"id": user.pk, "name": user.name}


def team(
    lines: Sequence[queries.Line], found: Sequence[LogEvent], day: date, *, actor: Actor
) -> dict[str, Any]:
    """The team's day."""
    units = org.unit_names()
    due_at = clock.moment(day, setups.current().due)
    return {
        "day": day,
        "due_at": due_at,
        "is_due": any(line.state == "missing" for line in lines),
        "events": events(found, actor=actor),
        "lines": [
            {
                "person": person(line.person),
                "unit": None
                if line.unit_id is None
                else {"id": line.unit_id, "name": units.get(line.unit_id, "—")},
                "state": line.state,
                "sent_at": line.log.sent_at if line.log else None,
                "counts": line.log.counts if line.log else {},
                "events": line.events,
            }
            for line in lines
        ],
    }


def _parts(
    parts: Sequence[tuple[Part, list[Entry]]], *, actor: Actor, language: str
) -> tuple[list[dict[str, Any]], int]:
    """The parts in words, and how many entries are about records that the viewer may not read."""
    entries = [entry for _, held in parts for entry in held]
    about = records.visible_among(
        {entry.record_id for entry in entries if entry.record_id}, actor=actor
    )
    told = [entry for entry in entries if entry.record_id is None or entry.record_id in about]
    said = {each.id: each for each in timeline.tell(told, reader_for(actor, language))}
    shown = []
    for part, held in parts:
        items = [
            {
                "id": entry.id,
                "at": entry.at,
                "verb": entry.verb,
                "text": said[entry.id].text,
                "record": _record(about.get(entry.record_id or 0)),
            }
            for entry in held
            if entry.id in said
        ]
        name = {each: messages.say(f"saleslog.part.{part.key}", each) for each in LANGUAGES}
        if items:
            shown.append({"key": part.key, "name": name, "items": items})
    return shown, len(entries) - len(told)


def _sent(found: Sequence[LogEvent]) -> set[tuple[int, date]]:
    logs = DayLog.objects.filter(
        author_id__in={event.author_id for event in found}, day__in={event.day for event in found}
    )
    return set(logs.values_list("author_id", "day"))


def _event(
    event: LogEvent,
    readable: Mapping[int, Record],
    corrected: Mapping[int, int],
    sent: set[tuple[int, date]],
    actor: Actor,
) -> dict[str, Any]:
    is_sent = (event.author_id, event.day) in sent
    is_mine = actor.user_id == event.author_id
    return {
        "id": event.pk,
        "client_id": event.client_id,
        "day": event.day,
        "at": event.at,
        "type": choice(event.type, setups.name_of(event.type)),
        "reason": _reason(event.type, event.reason) if event.reason else None,
        "text": event.text,
        "author": person(event.author),
        "unit": None if event.unit is None else {"id": event.unit.pk, "name": event.unit.name},
        "customer": _record(readable.get(event.customer_id or 0)),
        "record": _record(readable.get(event.record_id or 0)),
        "case": None
        if event.case is None
        else {"id": event.case.pk, "number": event.case.number, "state": event.case.state},
        "picture": _picture(event),
        "is_supplement": event.is_supplement,
        "corrects": event.corrects_id,
        "corrected_by": corrected.get(event.pk),
        "can_take_back": is_mine and not is_sent,
        "can_correct": is_mine and is_sent and event.pk not in corrected,
    }


def _reason(kind: str, key: str) -> dict[str, Any]:
    return choice(key, setups.name_of_reason(kind, key))


def _picture(event: LogEvent) -> dict[str, Any] | None:
    if event.picture is None:
        return None
    reading = event.reading
    filed = {(each["kind"], each["value"]) for each in event.facts}
    address = f"/api/saleslog/events/{event.pk}/picture"
    return {
        "url": address,
        "thumbnail_url": f"{address}/thumbnail" if event.picture.thumbnail_as else None,
        "state": reading.state if reading else "none",
        "text": reading.text if reading else "",
        "facts": [
            {
                "number": number,
                "kind": each["kind"],
                "value": each["value"],
                "filed": (each["kind"], each["value"]) in filed,
            }
            for number, each in enumerate(reading.facts if reading else ())
        ],
    }


def _record(found: Record | None) -> dict[str, Any] | None:
    return None if found is None else {"id": found.pk, "type": found.type, "title": found.title}
