"""Telling people, delivering, settings, channels: every write of notices."""

from closeloop.notices.actions.channels import Tried, fields_of, resend, set_channel, try_channel
from closeloop.notices.actions.delivering import (
    ABANDONED_AFTER,
    LOST_AFTER,
    deliver,
    queue_due,
    settle_abandoned,
)
from closeloop.notices.actions.receipts import fetch_receipts
from closeloop.notices.actions.sending import Message, queue, send, send_all
from closeloop.notices.actions.settling import Wishes, see, set_settings

__all__ = [
    "ABANDONED_AFTER",
    "LOST_AFTER",
    "Message",
    "Tried",
    "Wishes",
    "deliver",
    "fetch_receipts",
    "fields_of",
    "queue",
    "queue_due",
    "resend",
    "see",
    "send",
    "send_all",
    "set_channel",
    "set_settings",
    "settle_abandoned",
    "try_channel",
]
