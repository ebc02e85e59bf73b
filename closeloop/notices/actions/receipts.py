"""Asking providers later what became of the messages that they took."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta

import structlog
from django.utils import timezone

from closeloop.notices import configuration, outgoing
from closeloop.notices.channels.directory import CHANNELS
from closeloop.notices.channels.outcomes import Unsent
from closeloop.notices.channels.protocol import Pending, Receipt
from closeloop.notices.models import Delivery, DeliveryState

log = structlog.get_logger("closeloop.notices")
NOT_BEFORE = timedelta(minutes=1)
KEPT = timedelta(days=2)
"""After so long a provider says nothing new about a message."""
AT_ONCE = 200


class Others:
    """Messages that left by the same channels for other apps (plugged in by `config`).

    A provider may give each report once, whoever asks: so all are asked for together.
    """

    def __init__(self) -> None:
        self.pending: Callable[[str], Sequence[Pending]] = lambda _channel: ()
        self.keep: Callable[[str, Mapping[str, Receipt]], int] = lambda _channel, _receipts: 0


others = Others()


def fetch_receipts() -> int:
    """Keep what is known by now; gives how many deliveries it was about.

    What the provider took and could not deliver becomes a dead letter.
    """
    return sum(_fetch(key) for key, channel in CHANNELS.items() if channel.has_receipts)


def _fetch(key: str) -> int:
    found, now = configuration.configured(key), timezone.now()
    if not (found.is_on and found.is_complete):
        return 0
    waiting = (
        Delivery.objects.filter(channel=key, state=DeliveryState.SENT, receipt__isnull=True)
        .filter(sent_at__gt=now - KEPT, sent_at__lte=now - NOT_BEFORE)
        .exclude(provider_id="")
        .select_related("notice__person")
        .order_by("sent_at")[:AT_ONCE]
    )
    pending = [*_pending(waiting), *others.pending(key)]
    if not pending:
        return 0
    try:
        receipts = found.channel.receipts(pending, found.settings)
    except Unsent as failure:
        log.warning("receipts_not_told", channel=key, code=failure.code)
        return 0
    kept = sum(_keep(key, provider_id, receipt) for provider_id, receipt in receipts.items())
    return kept + others.keep(key, receipts)


def _pending(deliveries: Iterable[Delivery]) -> Iterable[Pending]:
    for delivery in deliveries:
        try:
            address = outgoing.address_of(delivery.notice.person, delivery.channel)
        except Unsent:
            continue
        if delivery.sent_at is not None:
            yield Pending(delivery.provider_id, address, delivery.sent_at)


def _keep(key: str, provider_id: str, receipt: Receipt) -> int:
    told = Delivery.objects.filter(channel=key, provider_id=provider_id, receipt__isnull=True)
    kept = {"is_delivered": receipt.is_delivered, "detail": receipt.detail}
    if receipt.is_delivered:
        return told.filter(state=DeliveryState.SENT).update(receipt=kept)
    return told.filter(state=DeliveryState.SENT).update(
        receipt=kept,
        state=DeliveryState.DEAD,
        error_code="not_delivered",
        error=receipt.detail,
    )
