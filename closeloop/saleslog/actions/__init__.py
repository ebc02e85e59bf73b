"""Reporting events, sending the day, reminding, reviewing surges, configuring: every write."""

from closeloop.saleslog.actions.picturing import add_picture, file_facts
from closeloop.saleslog.actions.publishing import install, publish
from closeloop.saleslog.actions.reminding import remind
from closeloop.saleslog.actions.reporting import NewEvent, report_event, take_back
from closeloop.saleslog.actions.reviewing import review_surges
from closeloop.saleslog.actions.sending import send_log

__all__ = [
    "NewEvent",
    "add_picture",
    "file_facts",
    "install",
    "publish",
    "remind",
    "report_event",
    "review_surges",
    "send_log",
    "take_back",
]
