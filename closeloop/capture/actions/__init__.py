"""Every write of capture."""

from closeloop.capture.actions.answering import answered, unanswered
from closeloop.capture.actions.asking import LOOK_UP, Question, question_of
from closeloop.capture.actions.carrying import move_submissions, move_submissions_back
from closeloop.capture.actions.channels import (
    ChannelGiven,
    change_channel,
    create_channel,
    publish_form,
    rotate_secret,
    save_draft,
)
from closeloop.capture.actions.expiring import expire
from closeloop.capture.actions.intake import Arrival, Outcome, take
from closeloop.capture.actions.joining import CAPTURED_AGAIN
from closeloop.capture.actions.mailing import fetch_mail, mailboxes
from closeloop.capture.actions.programs import take_record
from closeloop.capture.actions.quarantine import discard, retry
from closeloop.capture.actions.receiving import LARGEST_BYTES, receive, refuse_oversize

__all__ = [
    "CAPTURED_AGAIN",
    "LARGEST_BYTES",
    "LOOK_UP",
    "Arrival",
    "ChannelGiven",
    "Outcome",
    "Question",
    "answered",
    "change_channel",
    "create_channel",
    "discard",
    "expire",
    "fetch_mail",
    "mailboxes",
    "move_submissions",
    "move_submissions_back",
    "publish_form",
    "question_of",
    "receive",
    "refuse_oversize",
    "retry",
    "rotate_secret",
    "save_draft",
    "take",
    "take_record",
    "unanswered",
]
