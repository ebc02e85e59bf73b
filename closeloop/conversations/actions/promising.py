"""Proposing the promises of a text; making a task of one, or declining it."""

import hashlib
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from closeloop.conversations.actions.recording import tell
from closeloop.conversations.errors import PromiseJudged
from closeloop.conversations.models import Conversation, Promise, PromiseState
from closeloop.engine.calendars import Calendar
from closeloop.engine.promises import finding
from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.sla import calendars
from closeloop.tasks import actions as tasks
from closeloop.tasks.actions import NewTask

TASK_KIND = "promise"
MOST_PROMISES = 40


def propose(conversation: Conversation) -> int:
    """Find the promises of a conversation; gives how many are new.

    What was confirmed or declined stays as it is; what is proposed and no longer said goes.
    """
    calendar = calendars.for_unit(conversation.unit_id).calendar
    own = {conversation.author.name} if conversation.author else set()
    own |= {each.name for each in _colleagues(conversation)}
    found = list(
        finding.find(
            conversation.text,
            said_at=conversation.at.astimezone(calendar.zone),
            own_names=own,
            is_working=lambda day: _is_working(calendar, day),
        )
    )[:MOST_PROMISES]
    by_digest = {_digest(each.sentence): each for each in found}
    kept = set(conversation.promises.values_list("digest", flat=True))
    conversation.promises.filter(state=PromiseState.PROPOSED).exclude(digest__in=by_digest).delete()
    new = [
        Promise(
            conversation=conversation,
            digest=digest,
            sentence=each.sentence,
            start=each.start,
            end=each.end,
            is_ours=each.is_ours,
            speaker=each.speaker,
            what=each.what,
            due_at=each.due,
            due_said=each.due_said,
        )
        for digest, each in by_digest.items()
        if digest not in kept
    ]
    Promise.objects.bulk_create(new)
    return len(new)


def confirm(
    promise: Promise,
    *,
    title: str = "",
    owner_id: int | None = None,
    due_at: datetime | None = None,
    actor: Actor,
) -> Promise:
    """Make a task of it, one's own unless another owner is named; raises PromiseJudged."""
    locked = _locked(promise)
    conversation = locked.conversation
    words = (title or locked.what).strip()
    record = conversation.deal or conversation.record
    new = NewTask(
        kind=TASK_KIND,
        title=dict.fromkeys(tasks.LANGUAGES, words[:200]),
        owner_id=owner_id or actor.person_id,
        due_at=due_at or locked.due_at,
        record_id=record.pk if record else None,
        record_type=record.type if record else "",
        note=locked.sentence,
        origin={"conversation_id": conversation.pk, "promise_id": locked.pk},
    )
    locked.task = tasks.create_task(new, actor=actor)
    return _judge(locked, PromiseState.CONFIRMED, "promise.confirmed", actor=actor)


def decline(promise: Promise, *, actor: Actor) -> Promise:
    """It is no promise, or nothing to be done; it is not proposed again. Raises PromiseJudged."""
    return _judge(_locked(promise), PromiseState.DECLINED, "promise.declined", actor=actor)


def _judge(promise: Promise, state: PromiseState, verb: str, *, actor: Actor) -> Promise:
    promise.state, promise.judged_at = state, timezone.now()
    promise.judged_by_id = actor.user_id
    promise.save(update_fields=["state", "judged_at", "judged_by", "task"])
    more: dict[str, Any] = {
        "promise_id": promise.pk,
        "task_id": promise.task_id,
        "what": promise.what,
    }
    tell(verb, promise.conversation, actor=actor, **more)
    return promise


def _locked(promise: Promise) -> Promise:
    found = (
        Promise.objects.select_for_update(of=("self",))
        .select_related("conversation__record", "conversation__deal")
        .get(pk=promise.pk)
    )
    if found.state != PromiseState.PROPOSED:
        raise PromiseJudged({"id": found.pk, "state": found.state})
    return found


def _colleagues(conversation: Conversation) -> list[User]:
    names = {
        line.partition("：")[0].strip() for line in conversation.text.split("\n") if "：" in line
    }
    return list(User.objects.filter(name__in=[each for each in names if len(each) <= 12]))


def _digest(sentence: str) -> str:
    return hashlib.sha256("".join(sentence.split()).encode()).hexdigest()[:32]


def _is_working(calendar: Calendar, day: date) -> bool:
    return bool(calendar.spans_of(day))
