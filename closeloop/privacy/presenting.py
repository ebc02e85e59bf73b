"""Purposes, periods, looks and requests as the API gives them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from closeloop.edge import messages
from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.privacy import purposes, queries
from closeloop.privacy.models import Access, RequestState, SubjectRequest
from closeloop.privacy.registry import registry
from closeloop.records import queries as records
from closeloop.records.models import Record


def purposes_for(actor: Actor) -> list[dict[str, Any]]:
    """Every purpose with what the actor answered."""
    said = purposes.answers_of(actor.person_id)
    shown = []
    for key, each in purposes.current().items():
        answer = said.get(key)
        mine = None if answer is None else "agreed" if answer.is_agreed else "declined"
        shown.append(
            {
                "key": key,
                "version": each.version,
                "name": each.name,
                "text": each.text,
                "mine": mine,
                "answered_at": answer.at if answer else None,
            }
        )
    return shown


def purposes_counted() -> list[dict[str, Any]]:
    """Every purpose with how many people said what."""
    counted = queries.answers_counted()
    return [
        {
            "key": key,
            "version": each.version,
            "name": each.name,
            "text": each.text,
            "published_at": each.published_at,
            **counted[key],
        }
        for key, each in purposes.current().items()
    ]


def periods(now: datetime) -> list[dict[str, Any]]:
    """How long each kind is kept, and how much is past it."""
    held = queries.periods()
    return [
        {
            "key": each.key,
            "name": each.name,
            "stays": each.stays,
            "days": held[each.key],
            "default_days": each.default_days,
            "by_time": each.erase_before is not None,
            "past": queries.past(each.key, held[each.key], now=now),
        }
        for each in registry
    ]


def looks(page: Sequence[Access], *, actor: Actor) -> list[dict[str, Any]]:
    """Looks; what they were at is named only where the actor may read it."""
    ids = {each.record_id for each in page if each.record_id is not None}
    readable = records.visible_among(ids, actor=actor)
    return [
        {
            "id": each.pk,
            "at": each.at,
            "person": _person(each.person),
            "kind": each.kind,
            "kind_name": registry.name_of(each.kind),
            "item_id": each.item_id,
            "record": _record(readable.get(each.record_id or 0)),
        }
        for each in page
    ]


def look_kinds() -> list[dict[str, Any]]:
    """The kinds that looks are noted of."""
    return [{"key": key, "name": name} for key, name in registry.looked_at.items()]


def held(record: Record, language: str) -> dict[str, Any]:
    """What is held about somebody, kind by kind."""
    return {
        "record": _record(record),
        "kinds": _kinds(queries.held_counts(record.pk)),
        "elsewhere": messages.say("privacy.elsewhere", language),
    }


def requests(page: Sequence[SubjectRequest], language: str) -> list[dict[str, Any]]:
    """Requests with how far they are."""
    return [request(each, language) for each in page]


def request(row: SubjectRequest, language: str) -> dict[str, Any]:
    """One request."""
    is_written = row.state == RequestState.DONE and bool(row.stored_as)
    return {
        "id": row.pk,
        "kind": row.kind,
        "record": _record(row.record),
        "reason": row.reason,
        "state": row.state,
        "counts": _kinds(row.counts),
        "done_kinds": row.done_kinds,
        "all_kinds": row.all_kinds,
        "asked_by": _person(row.asked_by),
        "asked_at": row.asked_at,
        "finished_at": row.finished_at,
        "url": f"/api/privacy/requests/{row.pk}/file" if is_written else None,
        "elsewhere": messages.say("privacy.elsewhere", language),
    }


def _kinds(counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"key": each.key, "name": each.name, "stays": each.stays, "count": counts[each.key]}
        for each in registry
        if each.key in counts
    ]


def _person(user: User | None) -> dict[str, Any] | None:
    return None if user is None else {"id": user.pk, "name": user.name}


def _record(record: Record | None) -> dict[str, Any] | None:
    return None if record is None else {"id": record.pk, "type": record.type, "title": record.title}
