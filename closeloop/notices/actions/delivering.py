"""Making deliveries: claim in one transaction, send outside of any, confirm in another.

A worker that dies in between leaves a claim. `settle_abandoned` finds it: where the provider drops
repetitions the message is sent again under the same key, elsewhere it becomes `unknown`.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from closeloop.notices import configuration, outgoing, readers
from closeloop.notices.actions.sending import queue
from closeloop.notices.channels.outcomes import GiveUp, TryLater, Uncertain
from closeloop.notices.channels.protocol import Channel, Guarantee, Sent
from closeloop.notices.configuration import Configured
from closeloop.notices.models import OPEN, Delivery, DeliveryState, Setting

log = structlog.get_logger("closeloop.notices")
PAUSES_S = (30, 120, 600, 3600, 4 * 3600, 12 * 3600)
"""The pause after each attempt that may heal; after the last attempt the delivery is dead."""
ABANDONED_AFTER = timedelta(minutes=5)
"""No channel waits so long for an answer: a claim of that age belongs to a worker that died."""
LOST_AFTER = timedelta(minutes=15)
"""A job that has not come to its delivery after so long is taken to be gone."""
_LONGEST_ERROR = 1000
_SETTLED = ["state", "claim", "next_at", "is_uncertain", "error_code", "error"]


@dataclass(frozen=True)
class _Claimed:
    """What a worker has taken upon itself: one delivery, or those of one digest."""

    token: uuid.UUID
    deliveries: Sequence[Delivery]
    configured: Configured

    @property
    def attempts(self) -> int:
        """Which attempt this is."""
        return max(each.attempts for each in self.deliveries)


def deliver(delivery_ids: Sequence[int]) -> int:
    """Make these deliveries as far as they are still to be made; gives how many left."""
    return sum(_deliver_one(delivery_id) for delivery_id in delivery_ids)


def queue_due(*, now: datetime | None = None, at_most: int = 500) -> int:
    """Hand deliveries that are due to the workers; gives how many. Any number may call at once."""
    moment = now or timezone.now()
    due = Q(queued_at=None, next_at__lte=moment) | Q(queued_at__lte=moment - LOST_AFTER)
    with transaction.atomic():
        found = list(
            Delivery.objects.select_for_update(skip_locked=True)
            .filter(due, state__in=OPEN)
            .order_by("next_at")
            .values_list("pk", flat=True)[:at_most]
        )
        Delivery.objects.filter(pk__in=found).update(queued_at=Now())
        queue(found)
    return len(found)


def settle_abandoned(*, now: datetime | None = None, at_most: int = 500) -> int:
    """Decide what becomes of claims whose worker died; gives how many there were."""
    moment = now or timezone.now()
    with transaction.atomic():
        found = list(
            Delivery.objects.select_for_update(skip_locked=True)
            .filter(state=DeliveryState.SENDING, claimed_at__lte=moment - ABANDONED_AFTER)
            .order_by("claimed_at")[:at_most]
        )
        for delivery in found:
            channel = configuration.configured(delivery.channel)
            log.warning("delivery_abandoned", delivery=delivery.pk, channel=delivery.channel)
            _settle_uncertain([delivery], channel, code="abandoned", detail="", now=moment)
    return len(found)


def _deliver_one(delivery_id: int) -> int:
    claimed = _claim(delivery_id)
    if claimed is None:
        return 0
    now = timezone.now()
    try:
        sent = _send(claimed)
    except TryLater as failure:
        _retry(claimed, failure, now=now)
    except GiveUp as failure:
        _close(claimed, DeliveryState.DEAD, code=failure.code, detail=failure.detail)
    except Uncertain as failure:
        _uncertain(claimed, code=failure.code, detail=failure.detail, now=now)
    except Exception as error:
        log.error("delivery_unforeseen", delivery=delivery_id, exc_info=error)
        _uncertain(claimed, code="unforeseen", detail=repr(error), now=now)
    else:
        _confirm(claimed, sent)
        return len(claimed.deliveries)
    return 0


def _send(claimed: _Claimed) -> Sent:
    message = outgoing.prepare(claimed.deliveries)
    return claimed.configured.channel.send(message, claimed.configured.settings)


@transaction.atomic(durable=True)
def _claim(delivery_id: int) -> _Claimed | None:
    """Take the delivery, with its digest; None where there is nothing to send (now)."""
    now = timezone.now()
    delivery = _locked(Q(pk=delivery_id, queued_at__isnull=False)).first()
    if delivery is None:
        return None
    configured = configuration.configured(delivery.channel)
    obstacle = _obstacle(delivery, configured)
    if obstacle:
        _skip([delivery], obstacle)
        return None
    free_at = _free_at(delivery, configured.channel, now)
    if free_at > now:
        _postpone(delivery, free_at)
        return None
    together = _digest_of(delivery, now) if delivery.is_digest else [delivery]
    if not together:
        return None
    if not _may_go_again(together[0], configured, now):
        Delivery.objects.filter(pk__in=[each.pk for each in together]).update(
            state=DeliveryState.UNKNOWN, next_at=None, queued_at=None
        )
        return None
    token = uuid.uuid4()
    Delivery.objects.filter(pk__in=[each.pk for each in together]).update(
        state=DeliveryState.SENDING,
        claim=token,
        claimed_at=now,
        first_claimed_at=Coalesce(F("first_claimed_at"), now),
        attempts=F("attempts") + 1,
        queued_at=None,
        batch=min(each.batch or each.pk for each in together) if delivery.is_digest else None,
    )
    taken = Delivery.objects.filter(claim=token).select_related("notice__person").order_by("pk")
    return _Claimed(token=token, deliveries=list(taken), configured=configured)


def _obstacle(delivery: Delivery, configured: Configured) -> str:
    """What has come between since it was planned."""
    if not (configured.is_on and configured.is_complete):
        return "channel_off"
    is_to_person = configured.channel.is_personal
    return "account_closed" if is_to_person and not delivery.notice.person.is_active else ""


def _locked(wanted: Q) -> models.QuerySet[Delivery]:
    return (
        Delivery.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("notice__person")
        .filter(wanted, state__in=OPEN)
        .order_by("pk")
    )


def _free_at(delivery: Delivery, channel: Channel, now: datetime) -> datetime:
    """When quiet hours let it pass; they may have begun, or been set, since it was planned."""
    if delivery.notice.is_urgent or not channel.is_personal:
        return now
    setting = Setting.objects.filter(person_id=delivery.notice.person_id).first()
    return readers.hours_of(setting).free_at(now)


def _digest_of(delivery: Delivery, now: datetime) -> list[Delivery]:
    """What leaves together: on a repetition the same as before, else all that is due by now.

    What the person has seen meanwhile is left out.
    """
    if delivery.batch is not None:
        return list(_locked(Q(batch=delivery.batch)))
    wanted = Q(is_digest=True, batch=None, next_at__lte=max(now, delivery.next_at or now))
    person = Q(notice__person_id=delivery.notice.person_id, channel=delivery.channel)
    found = list(_locked(wanted & person))
    _skip([each for each in found if each.notice.seen_at], "seen")
    return [each for each in found if not each.notice.seen_at]


def _confirm(claimed: _Claimed, sent: Sent) -> None:
    """Keep that it left; also when the claim was meanwhile taken for abandoned."""
    _claimed_rows(claimed).update(
        state=DeliveryState.SENT,
        sent_at=Now(),
        provider_id=sent.provider_id,
        next_at=None,
        error_code="",
        error="",
    )


def _retry(claimed: _Claimed, failure: TryLater, *, now: datetime) -> None:
    if claimed.attempts > len(PAUSES_S):
        _close(claimed, DeliveryState.DEAD, code=failure.code, detail=failure.detail)
        return
    pause_s = max(PAUSES_S[claimed.attempts - 1], failure.after_s or 0)
    _claimed_rows(claimed).update(
        state=DeliveryState.FAILED,
        claim=None,
        next_at=now + timedelta(seconds=pause_s),
        error_code=failure.code,
        error=failure.detail[:_LONGEST_ERROR],
    )


def _uncertain(claimed: _Claimed, *, code: str, detail: str, now: datetime) -> None:
    with transaction.atomic():
        rows = list(_claimed_rows(claimed).select_for_update())
        _settle_uncertain(rows, claimed.configured, code=code, detail=detail, now=now)


def _settle_uncertain(
    deliveries: Sequence[Delivery],
    configured: Configured,
    *,
    code: str,
    detail: str,
    now: datetime,
) -> None:
    """Send again where a repetition does no harm, else leave it to a person.

    The claim of an unknown one is kept: its worker may only have been slow, and then confirms.
    """
    for delivery in deliveries:
        delivery.is_uncertain = True
        delivery.error_code, delivery.error = code, detail[:_LONGEST_ERROR]
        again_at = now + timedelta(seconds=PAUSES_S[0])
        has_attempts_left = delivery.attempts <= len(PAUSES_S)
        if has_attempts_left and _may_go_again(delivery, configured, again_at):
            delivery.state, delivery.claim = DeliveryState.FAILED, None
            delivery.next_at = again_at
        else:
            delivery.state, delivery.next_at = DeliveryState.UNKNOWN, None
        delivery.save(update_fields=_SETTLED)


def _may_go_again(delivery: Delivery, configured: Configured, again_at: datetime) -> bool:
    """Whether sending at that time can do no harm that the channel's guarantee rules out."""
    if not delivery.is_uncertain or configured.guarantee == Guarantee.AT_LEAST_ONCE:
        return True
    first_at = delivery.first_claimed_at or again_at
    return configured.channel.drops_repetition(first_at, again_at)


def _close(claimed: _Claimed, state: DeliveryState, *, code: str, detail: str) -> None:
    log.warning("delivery_given_up", deliveries=[d.pk for d in claimed.deliveries], code=code)
    _claimed_rows(claimed).update(
        state=state, next_at=None, error_code=code, error=detail[:_LONGEST_ERROR]
    )


def _claimed_rows(claimed: _Claimed) -> models.QuerySet[Delivery]:
    states = (DeliveryState.SENDING, DeliveryState.UNKNOWN)
    return Delivery.objects.filter(claim=claimed.token, state__in=states)


def _postpone(delivery: Delivery, until: datetime) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(next_at=until, queued_at=None)


def _skip(deliveries: Sequence[Delivery], reason: str) -> None:
    Delivery.objects.filter(pk__in=[each.pk for each in deliveries]).update(
        state=DeliveryState.SKIPPED, error_code=reason, next_at=None, queued_at=None
    )
