"""Every write of capture."""

from closeloop.capture.actions.carrying import move_submissions, move_submissions_back
from closeloop.capture.actions.channels import (
    ChannelGiven,
    change_channel,
    create_channel,
    publish_form,
    rotate_secret,
    save_draft,
)
from closeloop.capture.actions.intake import Arrival, Outcome, take
from closeloop.capture.actions.joining import CAPTURED_AGAIN
from closeloop.capture.actions.mailing import fetch_mail, mailboxes
from closeloop.capture.actions.programs import take_record
from closeloop.capture.actions.quarantine import discard, retry
from closeloop.capture.actions.receiving import LARGEST_BYTES, receive, refuse_oversize

__all__ = [
    "CAPTURED_AGAIN",
    "LARGEST_BYTES",
    "Arrival",
    "ChannelGiven",
    "Outcome",
    "change_channel",
    "create_channel",
    "discard",
    "fetch_mail",
    "mailboxes",
    "move_submissions",
    "move_submissions_back",
    "publish_form",
    "receive",
    "refuse_oversize",
    "retry",
    "rotate_secret",
    "save_draft",
    "take",
    "take_record",
]
