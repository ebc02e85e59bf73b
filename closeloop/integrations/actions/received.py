"""Taking providers' messages: each has its effect once."""

from datetime import timedelta

from django.core.cache import cache
from django.db.models.functions import Now
from django.utils import timezone

from closeloop.edge import revisions, work
from closeloop.engine.refusals import Refusal
from closeloop.identity.actor import SYSTEM
from closeloop.integrations import errors, queries
from closeloop.integrations.actions.recording import record
from closeloop.integrations.callbacks import messages
from closeloop.integrations.callbacks.messages import Message, Request
from closeloop.integrations.models import Account, Received

WINDOW_S = 300
"""How far a message's time may be from ours."""
KEPT = timedelta(days=3)
"""Feishu repeats an event for hours; longer than any provider does."""
QUIET_S = 60
"""One entry per provider, address and minute, so that knocking does not fill the record."""


def take_message(key: str, request: Request, *, address: str) -> Message:
    """Check a message, let it take effect once, and give it with its answer.

    A change of the address book makes a sync due. Raises ProviderUnknown, SignatureWrong and
    MessageStale; both are recorded after the rollback.
    """
    found = queries.set_up(key)
    if not found.provider.has_callback or not found.is_on:
        raise errors.ProviderUnknown({"provider": key})
    try:
        message = messages.read(key, request, found.settings)
    except messages.Untrusted:
        raise _recorded(errors.SignatureWrong(), key, "signature", address) from None
    if not _is_recent(message):
        raise _recorded(errors.MessageStale(), key, "stale", address)
    if not message.event:
        return message
    _, is_new = Received.objects.get_or_create(
        provider=key, key=message.key, defaults={"event": message.event}
    )
    if is_new and message.is_about_people:
        due = Account.objects.filter(key=key, sync_due_since=None)
        if due.update(sync_due_since=Now()):
            revisions.bump(queries.REVISION)
            record("integration.sync_due", key, {"event": message.event}, actor=SYSTEM)
    return message


def forget_received() -> int:
    """Delete messages that no provider repeats any more; gives how many."""
    return Received.objects.filter(at__lt=Now() - KEPT).delete()[0]


def _is_recent(message: Message) -> bool:
    if message.sent_at_s is None:
        return True
    return abs(timezone.now().timestamp() - message.sent_at_s) <= WINDOW_S


def _recorded(refusal: Refusal, key: str, reason: str, address: str) -> Refusal:
    def record_it() -> None:
        if cache.add(f"integrations.refused:{key}:{address}", True, timeout=QUIET_S):
            record(
                "integration.message_refused",
                key,
                {"reason": reason, "address": address},
                actor=SYSTEM,
            )

    return work.with_aftermath(refusal, record_it)
