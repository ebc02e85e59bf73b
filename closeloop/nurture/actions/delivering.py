"""Sending to people outside: claim in one transaction, send outside of any, confirm in another.

As notices do it, with what outside people are owed: an address is held while it is claimed, so that
no two workers pass its caps and nobody who has just unsubscribed is written to.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.behaviour import links as tracked
from closeloop.engine import nurture
from closeloop.engine.nurture import Channel
from closeloop.identity.actor import SYSTEM, Actor
from closeloop.notices.actions.delivering import ABANDONED_AFTER, LOST_AFTER, PAUSES_S
from closeloop.notices.channels.outcomes import GiveUp, RecipientRefused, TryLater, Uncertain
from closeloop.notices.channels.protocol import Guarantee, Sent
from closeloop.nurture import (
    addressees,
    channels,
    composing,
    errors,
    limits,
    paths,
    templates,
    tokens,
)
from closeloop.nurture.actions import suppressing
from closeloop.nurture.actions.queueing import queue
from closeloop.nurture.addressees import Reach
from closeloop.nurture.channels import Parcel
from closeloop.nurture.clock import calendar_of, day_of
from closeloop.nurture.composing import Tracked
from closeloop.nurture.models import Message, Suppression
from closeloop.nurture.models import State as Standing
from closeloop.nurture.plugs import plugs
from closeloop.records.models import Record

log = structlog.get_logger("closeloop.nurture")
State = Message.State
OPEN = (State.WAITING, State.FAILED)
STUCK = (State.DEAD, State.UNKNOWN, State.SKIPPED)
_LONGEST_ERROR = 1000


@dataclass(frozen=True)
class _Claimed:
    token: uuid.UUID
    message: Message
    parcel: Parcel


def deliver(message_ids: Sequence[int]) -> int:
    """Send these messages as far as they are still to be sent; gives how many left."""
    return sum(_deliver_one(each) for each in message_ids)


def queue_due(*, now: datetime, at_most: int = 500) -> int:
    """Hand messages that are due to the workers; any number may call at once."""
    due = Q(queued_at=None, next_at__lte=now) | Q(queued_at__lte=now - LOST_AFTER)
    with transaction.atomic():
        found = list(
            Message.objects.select_for_update(skip_locked=True)
            .filter(due, state__in=OPEN)
            .order_by("next_at")
            .values_list("pk", flat=True)[:at_most]
        )
        Message.objects.filter(pk__in=found).update(queued_at=Now())
        queue(found)
    return len(found)


def settle_abandoned(*, now: datetime, at_most: int = 500) -> int:
    """Decide what becomes of claims whose worker died; gives how many there were."""
    with transaction.atomic():
        found = list(
            Message.objects.select_for_update(skip_locked=True)
            .filter(state=State.SENDING, claimed_at__lte=now - ABANDONED_AFTER)
            .order_by("claimed_at")[:at_most]
        )
        for message in found:
            log.warning("nurture_message_abandoned", message=message.pk)
            _settle_uncertain(message, code="abandoned", detail="", now=now)
    return len(found)


@transaction.atomic
def resend(message_id: int, *, actor: Actor) -> Message:
    """Send again what was given up, left out or never confirmed: with every check as before.

    Raises MessageNotFound and MessageNotStuck.
    """
    message = Message.objects.select_for_update().filter(pk=message_id).first()
    if message is None:
        raise errors.MessageNotFound({"id": message_id})
    if message.state not in STUCK:
        raise errors.MessageNotStuck({"state": message.state})
    Message.objects.filter(pk=message_id).update(
        state=State.WAITING, next_at=Now(), queued_at=Now(), attempts=0, claim=None,
        claimed_at=None, is_uncertain=False, receipt=None, receipt_at=None, error_code="",
        error="", said=None, day=None,
    )  # fmt: skip
    queue([message_id])
    data = {"message_id": message_id, "was": message.state}
    _record("nurture.message_resent", message, data, actor)
    return message


def _deliver_one(message_id: int) -> int:
    person = Message.objects.values_list("person", flat=True).filter(pk=message_id).first()
    claimed = None if person is None else _claim(message_id, person)
    if claimed is None:
        return 0
    now = timezone.now()
    try:
        sent = channels.send(claimed.parcel)
    except TryLater as failure:
        _retry(claimed, failure, now=now)
    except GiveUp as failure:
        _give_up(claimed, failure)
    except Uncertain as failure:
        _uncertain(claimed, code=failure.code, detail=failure.detail, now=now)
    except Exception as error:
        log.error("nurture_message_unforeseen", message=message_id, exc_info=error)
        _uncertain(claimed, code="unforeseen", detail=repr(error), now=now)
    else:
        _confirm(claimed, sent)
        return 1
    return 0


@transaction.atomic(durable=True)
def _claim(message_id: int, person: str) -> _Claimed | None:
    """Take the message; None where there is nothing to send, or not now."""
    addressees.hold(person)
    message = (
        Message.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("enrolment", "template", "record__owner")
        .filter(pk=message_id, person=person, queued_at__isnull=False, state__in=OPEN)
        .first()
    )
    if message is None:
        return None
    now = timezone.now()
    channel = Channel(message.channel)
    reach = addressees.reach_of([message.record_id], today=day_of(now), besides=[message_id])
    found = reach.get(message.record_id)
    skip = _obstacle(message, channel, found)
    if not skip and found is not None and found.people[channel] != person:
        _follow_address(message, channel, found, now)
        return None
    days = found.days.get(channel, ()) if found else ()
    if not skip and nurture.is_capped(
        limits.of_channels()[channel].caps, days, today=day_of(now).toordinal()
    ):
        skip = "capped"
    if skip:
        _skip(message, skip)
        return None
    free_at = nurture.allowed_from(
        limits.of_channels()[channel].hours, now=now, calendar=calendar_of(None)
    )
    if free_at > now:
        Message.objects.filter(pk=message_id).update(
            next_at=free_at, queued_at=None, day=day_of(free_at)
        )
        return None
    if message.is_uncertain and channels.guarantee_of(channel) != Guarantee.AT_LEAST_ONCE:
        Message.objects.filter(pk=message_id).update(
            state=State.UNKNOWN, next_at=None, queued_at=None
        )
        return None
    return _take(message, channel, now)


def _take(message: Message, channel: Channel, now: datetime) -> _Claimed:
    senders = plugs.senders([message.record.owner_id]) if message.record.owner_id else {}
    sender = senders.get(message.record.owner_id or 0, "")
    said = {**(message.said or _said(message, channel)), "sender": sender}
    token = uuid.uuid4()
    Message.objects.filter(pk=message.pk).update(
        state=State.SENDING,
        claim=token,
        claimed_at=now,
        attempts=F("attempts") + 1,
        queued_at=None,
        said=said,
        language=said["language"],
        day=day_of(now),
    )
    message.attempts += 1
    out = tokens.Out(message.channel, message.person, message.record_id, message.pk)
    parcel = Parcel(
        channel=channel,
        address=message.address,
        name=message.record.title,
        said=said,
        key=f"nurture-{message.pk}",
        out_url=tokens.out_url(out),
        pixel_url=tracked.pixel_url(message.record_id, _tracked(message).data),
        sender=sender,
    )
    return _Claimed(token, message, parcel)


def _said(message: Message, channel: Channel) -> composing.Said:
    template = templates.read(message.template.definition)
    words = composing.words_for(message.record_id, template, message.language)
    return composing.compose(template, words, message.language, tracked_by=_tracked(message))


def _tracked(message: Message) -> Tracked:
    template = templates.read(message.template.definition)
    return Tracked(message.record_id, message.pk, template.topic, template.key)


def _obstacle(message: Message, channel: Channel, reach: Reach | None) -> str:
    """What has come between since it was planned."""
    if reach is None or message.record.deleted_at is not None:
        return "left"
    if message.enrolment is not None and message.enrolment.state == Standing.LEFT:
        return "left"
    if not channels.is_ready(channel):
        return "channel_off"
    if channel is Channel.SMS and channels.lacks_code(
        templates.read(message.template.definition).codes
    ):
        return "sms_code_missing"
    if channel is Channel.WECOM:
        owner = message.record.owner_id
        if owner is None or owner not in plugs.senders([owner]):
            return "no_sender"
    return reach.obstacles.get(channel, "")


def _follow_address(message: Message, channel: Channel, reach: Reach, now: datetime) -> None:
    """The lead has another address since: the message goes there, under that address's lock."""
    Message.objects.filter(pk=message.pk).update(
        address=reach.addresses[channel], person=reach.people[channel], queued_at=now, said=None
    )
    queue([message.pk])


def _confirm(claimed: _Claimed, sent: Sent) -> None:
    """Keep that it left; also when the claim was meanwhile taken for abandoned."""
    with transaction.atomic():
        kept = _rows(claimed).update(
            state=State.SENT,
            sent_at=Now(),
            provider_id=sent.provider_id,
            next_at=None,
            error_code="",
            error="",
        )
        if kept:
            message = claimed.message
            template = message.template.definition["name"]
            data = {"step": message.step, "message_id": message.pk, "template": template}
            _record("nurture.step_sent", message, data, SYSTEM)


def _retry(claimed: _Claimed, failure: TryLater, *, now: datetime) -> None:
    if claimed.message.attempts > len(PAUSES_S):
        _give_up(claimed, failure)
        return
    pause_s = max(PAUSES_S[claimed.message.attempts - 1], failure.after_s or 0)
    _rows(claimed).update(
        state=State.FAILED,
        claim=None,
        next_at=now + timedelta(seconds=pause_s),
        error_code=failure.code,
        error=failure.detail[:_LONGEST_ERROR],
    )


def _give_up(claimed: _Claimed, failure: GiveUp | TryLater) -> None:
    """What certainly never left counts for no cap; a mailbox that is not there is suppressed."""
    message = claimed.message
    log.warning("nurture_message_given_up", message=message.pk, code=failure.code)
    with transaction.atomic():
        if isinstance(failure, RecipientRefused):
            suppressing.suppress(
                message.channel,
                message.person,
                source=Suppression.Source.BOUNCE,
                record_id=message.record_id,
                note=f"{failure.code} {failure.detail}"[:500],
                actor=SYSTEM,
            )
        _rows(claimed).update(
            state=State.DEAD,
            next_at=None,
            error_code=failure.code,
            error=failure.detail[:_LONGEST_ERROR],
            **({} if message.is_uncertain else {"day": None}),
        )


def _uncertain(claimed: _Claimed, *, code: str, detail: str, now: datetime) -> None:
    with transaction.atomic():
        for message in _rows(claimed).select_for_update():
            _settle_uncertain(message, code=code, detail=detail, now=now)


def _settle_uncertain(message: Message, *, code: str, detail: str, now: datetime) -> None:
    """Send again where the administrator chose so, else leave it to a person.

    The claim of an unknown one is kept: its worker may only have been slow, and then confirms.
    """
    message.is_uncertain = True
    message.error_code, message.error = code, detail[:_LONGEST_ERROR]
    goes_again = channels.guarantee_of(Channel(message.channel)) == Guarantee.AT_LEAST_ONCE
    if goes_again and message.attempts <= len(PAUSES_S):
        message.state, message.claim = State.FAILED, None
        message.next_at = now + timedelta(seconds=PAUSES_S[0])
    else:
        message.state, message.next_at = State.UNKNOWN, None
    message.save(update_fields=["state", "claim", "next_at", "is_uncertain", "error_code", "error"])


def _skip(message: Message, reason: str) -> None:
    Message.objects.filter(pk=message.pk).update(
        state=State.SKIPPED, error_code=reason, next_at=None, queued_at=None, day=None
    )
    why = paths.in_both(f"nurture.reason.{reason}")
    data = {"step": message.step, "reason": reason, "why": why}
    _record("nurture.step_skipped", message, data, SYSTEM)


def _rows(claimed: _Claimed) -> QuerySet[Message]:
    return Message.objects.filter(claim=claimed.token, state__in=(State.SENDING, State.UNKNOWN))


def _record(verb: str, message: Message, data: Mapping[str, object], actor: Actor) -> None:
    live = paths.live(message.version_id)
    record = Record.objects.get(pk=message.record_id)
    activity.record(
        Happening(
            verb=verb,
            record_id=record.pk,
            record_type=record.type,
            unit_id=record.unit_id,
            data={
                "path": live.key,
                "name": live.name,
                "via": message.channel,
                "channel": paths.in_both(f"nurture.channel.{message.channel}"),
                **data,
            },
        ),
        actor=actor,
    )
