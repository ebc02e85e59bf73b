"""Reading mailboxes every two minutes; sending answers."""

import imaplib

import structlog
from django import db
from imap_tools.errors import ImapToolsError
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from closeloop.conversations import actions, queries, sources
from closeloop.conversations.actions.mailing import DELIVER
from closeloop.conversations.actions.sources import note_problem
from closeloop.edge import revisions
from closeloop.notices.channels.outcomes import TryLater

log = structlog.get_logger("closeloop.conversations")
MOST_TRIES = 6
_LATER = RetryStrategy(
    max_attempts=MOST_TRIES,
    exponential_wait=5,
    retry_exceptions={TryLater, db.OperationalError, db.InterfaceError},
)


@app.periodic(cron="*/2 * * * *")
@app.task(name="conversations.fetch_mails", queueing_lock="conversations.fetch_mails")
def fetch_mails(timestamp: int) -> int:
    """Take in what is unread in every mailbox; one that does not answer keeps no other waiting."""
    db.close_old_connections()
    revisions.remember(None)
    count = 0
    try:
        for box in queries.sources().filter(kind=sources.MAILBOX, is_on=True):
            try:
                count += actions.fetch_mail(box.pk)
            except (OSError, imaplib.IMAP4.error, ImapToolsError) as error:
                note_problem(box.pk, str(error)[:200])
                log.warning("mailbox_unreachable", source=box.pk, error=str(error)[:200])
    finally:
        db.close_old_connections()
    return count


@app.task(name=DELIVER, retry=_LATER, pass_context=True)
def deliver(context: JobContext, conversation_id: int) -> None:
    """Send an answer to a customer's mail."""
    db.close_old_connections()
    try:
        revisions.refresh()
        actions.deliver(conversation_id, is_last=context.job.attempts >= MOST_TRIES - 1)
    finally:
        db.close_old_connections()
