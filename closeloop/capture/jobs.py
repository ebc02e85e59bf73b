"""Reading mailboxes, every two minutes."""

import imaplib

import structlog
from django import db
from imap_tools.errors import ImapToolsError
from procrastinate.contrib.django import app

from closeloop.capture import actions
from closeloop.edge import revisions

log = structlog.get_logger("closeloop.capture")


@app.periodic(cron="*/2 * * * *")
@app.task(name="capture.fetch_mails", queueing_lock="capture.fetch_mails")
def fetch_mails(timestamp: int) -> int:
    """Take in what is unread in every mailbox; one that does not answer keeps no other waiting."""
    db.close_old_connections()
    revisions.remember(None)
    count = 0
    try:
        for channel_id in actions.mailboxes():
            try:
                count += actions.fetch_mail(channel_id)
            except (OSError, imaplib.IMAP4.error, ImapToolsError) as error:
                log.warning("mailbox_unreachable", channel=channel_id, error=str(error)[:200])
    finally:
        db.close_old_connections()
    return count
