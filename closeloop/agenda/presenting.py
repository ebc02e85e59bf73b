"""An agenda as the API gives it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from closeloop.agenda import queries
from closeloop.agenda.queries import Agenda, Thing
from closeloop.identity.actor import Actor
from closeloop.records.models import Record


def agenda(found: Agenda, *, actor: Actor) -> dict[str, Any]:
    """Days with what is to be done on each; a record only where the viewer may read it."""
    readable = queries.readable(found, actor=actor)
    names = queries.names(found.people)
    days = _days(found)

    def rows(things: Sequence[Thing]) -> list[dict[str, Any]]:
        return [_row(each, found, readable, names) for each in things]

    return {
        "since": found.span.since,
        "until": found.span.until - timedelta(days=1),
        "days": [{"date": day, "items": rows(things)} for day, things in days.items()],
        "late": rows(found.late),
        "dateless": rows(found.dateless),
        "people": _people(found, names),
        "is_cut": found.is_cut,
    }


def _days(found: Agenda) -> dict[Any, list[Thing]]:
    length = (found.span.until - found.span.since).days
    days: dict[Any, list[Thing]] = {
        found.span.since + timedelta(days=place): [] for place in range(length)
    }
    for each in found.things:
        if each.at is not None:
            days[found.span.day_of(each.at)].append(each)
    return days


def _people(found: Agenda, names: Mapping[int, str]) -> list[dict[str, Any]]:
    """How much each has, those with most of it late first."""
    told = []
    for person in found.people:
        own = [each for each in (*found.things, *found.late) if each.owner_id == person]
        late = [each for each in own if each.at is not None and each.at < found.now]
        told.append(
            {
                "id": person,
                "name": names.get(person, "—"),
                "count": len(own),
                "late": len(late),
            }
        )
    return sorted(told, key=lambda each: (-each["late"], -each["count"], each["id"]))


def _row(
    thing: Thing, found: Agenda, readable: Mapping[int, Record], names: Mapping[int, str]
) -> dict[str, Any]:
    record = readable.get(thing.record_id or 0)
    is_told = record is not None or thing.kind != "clock"
    return {
        "kind": thing.kind,
        "title": thing.title,
        "at": thing.at,
        "is_late": thing.at is not None and thing.at < found.now,
        "is_red": thing.is_red,
        "owner": {"id": thing.owner_id, "name": names.get(thing.owner_id, "—")},
        "record": None
        if record is None
        else {"id": record.pk, "type": record.type, "title": record.title},
        "link": thing.link if is_told else "",
        "task_id": thing.ids.get("task_id"),
        "clock_id": thing.ids.get("clock_id"),
    }
