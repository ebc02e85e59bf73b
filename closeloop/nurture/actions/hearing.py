"""What people do with messages: opened, a link followed; what providers tell later."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db.models import F
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from closeloop.notices.channels.outcomes import Unsent
from closeloop.notices.channels.protocol import Pending, Receipt
from closeloop.notices.vendors.wecom_customers import SendResult, SendState
from closeloop.nurture.channels import outside
from closeloop.nurture.models import Message
from closeloop.nurture.plugs import plugs

log = structlog.get_logger("closeloop.nurture")
NOT_BEFORE, KEPT = timedelta(minutes=1), timedelta(days=2)
CONFIRMED_WITHIN = timedelta(days=30)
"""A colleague may confirm a mass message so long (WeCom's own task lasts 30 days)."""
AT_ONCE = 200
_LEFT = (Message.State.SENT, Message.State.UNKNOWN, Message.State.SENDING)


def heard(kind: str, record_id: int, data: Mapping[str, Any]) -> None:
    """Note on the message that it was opened, or that one of its links was followed.

    Who follows a link has opened it, also where pictures are kept out.
    """
    message_id = data.get("message")
    if not isinstance(message_id, int):
        return
    found = Message.objects.filter(pk=message_id, record_id=record_id, state__in=_LEFT)
    if kind == "mail_open":
        found.update(opened_at=Coalesce(F("opened_at"), Now()), opens=F("opens") + 1)
    elif kind == "mail_click":
        found.update(
            opened_at=Coalesce(F("opened_at"), Now()),
            clicked_at=Coalesce(F("clicked_at"), Now()),
            clicks=F("clicks") + 1,
        )


def pending(channel: str) -> Sequence[Pending]:
    """Messages of a notices' channel of which nobody knows yet whether they arrived."""
    now = timezone.now()
    waiting = (
        Message.objects.filter(channel=channel, state=Message.State.SENT, receipt__isnull=True)
        .filter(sent_at__gt=now - KEPT, sent_at__lte=now - NOT_BEFORE)
        .exclude(provider_id="")
        .order_by("sent_at")[:AT_ONCE]
    )
    return [
        Pending(each.provider_id, each.address, each.sent_at) for each in waiting if each.sent_at
    ]


def keep(channel: str, receipts: Mapping[str, Receipt]) -> int:
    """Keep what a provider said of messages; gives how many were ours."""
    return sum(_keep(channel, key, receipt) for key, receipt in receipts.items())


def ask_wecom(*, now: datetime) -> int:
    """Ask whether colleagues have confirmed their mass messages; gives how many answers are new."""
    waiting = list(
        Message.objects.filter(channel="wecom", state=Message.State.SENT, receipt__isnull=True)
        .filter(sent_at__gt=now - CONFIRMED_WITHIN)
        .exclude(provider_id="")
        .select_related("record")
        .order_by("receipt_at", "sent_at")[:AT_ONCE]
    )
    if not waiting or not plugs.wecom():
        return 0
    senders = plugs.senders({each.record.owner_id for each in waiting if each.record.owner_id})
    client = outside.wecom()
    kept = 0
    for message in waiting:
        sender = (message.said or {}).get("sender") or senders.get(message.record.owner_id or 0)
        if not sender:
            continue
        try:
            results = client.result_of(message.provider_id, sender)
        except Unsent as failure:
            log.warning("nurture_results_not_told", code=failure.code)
            return kept
        kept += _keep_results(message, results)
    return kept


def _keep_results(message: Message, results: Sequence[SendResult]) -> int:
    for each in results:
        if each.contact_id != message.address or each.state is SendState.UNCONFIRMED:
            continue
        receipt = Receipt(each.state is SendState.SENT, each.state.name.lower())
        return _keep("wecom", message.provider_id, receipt)
    Message.objects.filter(pk=message.pk).update(receipt_at=Now())
    return 0


def _keep(channel: str, provider_id: str, receipt: Receipt) -> int:
    told = Message.objects.filter(
        channel=channel,
        provider_id=provider_id,
        receipt__isnull=True,
        state=Message.State.SENT,
    )
    kept = {"is_delivered": receipt.is_delivered, "detail": receipt.detail}
    if receipt.is_delivered:
        return told.update(receipt=kept, receipt_at=Now())
    return told.update(
        receipt=kept,
        receipt_at=Now(),
        state=Message.State.DEAD,
        error_code="not_delivered",
        error=receipt.detail,
    )
