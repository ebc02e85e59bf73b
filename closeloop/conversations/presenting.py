"""Conversations as a viewer sees them: candidates and records only where they may read them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Count

from closeloop.conversations import sources
from closeloop.conversations.models import (
    Conversation,
    ConversationKind,
    ConversationState,
    Promise,
    PromiseState,
    Source,
)
from closeloop.edge.messages import say
from closeloop.files.models import Attachment
from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.notices import configuration
from closeloop.recognition import presenting as recognition
from closeloop.records import queries as records
from closeloop.records.models import Record

EXCERPT = 160
Readable = Mapping[int, Record]


def rows(found: Sequence[Conversation], *, actor: Actor) -> list[dict[str, Any]]:
    """Conversations in a list; the number of queries does not grow with them."""
    readable = records.visible_among(_named_by(found), actor=actor)
    open_promises = dict(
        Promise.objects.filter(
            conversation_id__in=[each.pk for each in found], state=PromiseState.PROPOSED
        )
        .values_list("conversation_id")
        .annotate(Count("pk"))
    )
    return [_row(each, readable, open_promises.get(each.pk, 0), actor) for each in found]


def conversation(row: Conversation, *, actor: Actor) -> dict[str, Any]:
    """A whole conversation."""
    readable = records.visible_among(_named_by([row]), actor=actor)
    promises = list(row.promises.order_by("start", "pk"))
    proposed = sum(each.state == PromiseState.PROPOSED for each in promises)
    chosen = row.match.get("chosen")
    is_mail_from_outside = row.kind == ConversationKind.MAIL and bool(row.is_incoming)
    return {
        **_row(row, readable, proposed, actor),
        "text": row.text,
        "parties": row.parties,
        "facts": row.facts,
        "chosen": _chosen(chosen, actor) if chosen else None,
        "filed_by": _person(row.filed_by),
        "filed_at": row.filed_at,
        "file": _file(row, row.attachment),
        "reading": recognition.reading(row.reading, actor=actor) if row.reading else None,
        "promises": [promise(each) for each in promises],
        "answers_id": row.answers_id,
        "sending": row.sending,
        "can_reply": is_mail_from_outside and "mail" in configuration.channels_on(),
    }


def promise(row: Promise) -> dict[str, Any]:
    """A promise."""
    return {
        "id": row.pk,
        "sentence": row.sentence,
        "start": row.start,
        "end": row.end,
        "is_ours": row.is_ours,
        "speaker": row.speaker,
        "what": row.what,
        "due_at": row.due_at,
        "due_said": row.due_said,
        "state": row.state,
        "task_id": row.task_id,
    }


def source(row: Source) -> dict[str, Any]:
    """A source without its secrets."""
    shape = sources.SHAPES[row.kind]
    return {
        "id": row.pk,
        "kind": row.kind,
        "name": row.name,
        "is_on": row.is_on,
        "settings": {key: row.settings.get(key, "") for key in shape.fields},
        "secrets_set": sorted(row.sealed),
        "owner": _person(row.owner),
        "last_at": row.last_at,
        "last_problem": row.last_problem,
        "taken": row.taken,
    }


def _row(row: Conversation, readable: Readable, proposed: int, actor: Actor) -> dict[str, Any]:
    is_waiting = row.state != ConversationState.FILED
    given = row.match.get("candidates", ()) if is_waiting else ()
    return {
        "id": row.pk,
        "kind": row.kind,
        "origin": row.origin,
        "title": row.title,
        "excerpt": " ".join(row.text.split())[:EXCERPT],
        "at": row.at,
        "lasts_s": row.lasts_s,
        "is_incoming": row.is_incoming,
        "is_draft": row.is_draft,
        "state": row.state,
        "author": _person(row.author),
        "record": _record(row.record_id, readable),
        "customer": _record(row.customer_id, readable),
        "deal": _record(row.deal_id, readable),
        "reading_state": row.reading.state if row.reading else None,
        "problem": row.problem
        or (recognition.problem(row.reading.error, actor.locale) if row.reading else ""),
        "promises_open": proposed,
        "candidates": [
            {
                "record": _record(each["record_id"], readable),
                "confidence": each["confidence"],
                "why": _reasons(each["why"], actor),
            }
            for each in given
            if each["record_id"] in readable
        ],
        "version": row.version,
    }


def _named_by(found: Sequence[Conversation]) -> Collection[int]:
    ids = {number for each in found for number in (each.record_id, each.customer_id, each.deal_id)}
    ids |= {
        candidate["record_id"]
        for each in found
        for candidate in each.match.get("candidates", ())
        if each.state != ConversationState.FILED
    }
    return [each for each in ids if each is not None]


def _chosen(chosen: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
    return {
        "by_hand": bool(chosen.get("by_hand")),
        "confidence": chosen.get("confidence"),
        "why": _reasons(chosen.get("why", ()), actor),
    }


def _reasons(why: Sequence[Mapping[str, str]], actor: Actor) -> list[dict[str, str]]:
    return [
        {
            "by": each["by"],
            "value": each["value"],
            "text": say(f"conversation.by.{each['by']}", actor.locale, {"value": each["value"]}),
        }
        for each in why
    ]


def _file(row: Conversation, kept: Attachment | None) -> dict[str, Any] | None:
    if kept is None or kept.deleted_at is not None:
        return None
    return {
        "name": kept.name,
        "format": kept.format,
        "content_type": kept.content_type,
        "size": kept.size,
        "url": f"/api/conversations/{row.pk}/content",
    }


def _record(record_id: int | None, readable: Readable) -> dict[str, Any] | None:
    found = readable.get(record_id or 0)
    return None if found is None else {"id": found.pk, "type": found.type, "title": found.title}


def _person(user: User | None) -> dict[str, Any] | None:
    return None if user is None else {"id": user.pk, "name": user.name}
