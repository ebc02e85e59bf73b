"""Reading mailboxes, every two minutes; asking providers for people whom they named by an id;
letting go of old bodies, each night.
"""

import imaplib
from datetime import UTC, datetime
from functools import partial

import structlog
from django import db
from imap_tools.errors import ImapToolsError
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from closeloop.behaviour import retention
from closeloop.capture import actions
from closeloop.capture.plugs import provided
from closeloop.edge import revisions
from closeloop.edge.work import perform
from closeloop.notices.channels.outcomes import GiveUp, TryLater

log = structlog.get_logger("closeloop.capture")
MOST_TRIES = 7
_ANSWERS_LATER = RetryStrategy(
    max_attempts=MOST_TRIES,
    exponential_wait=3,
    retry_exceptions={TryLater, db.OperationalError, db.InterfaceError},
)
"""After 3, 9, 27 … seconds; the last time after an hour in all."""


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


@app.periodic(cron="37 2 * * *")
@app.task(name="capture.expire", queueing_lock="capture.expire")
def expire(timestamp: int) -> int:
    """Empty what came longer ago than bodies are kept; gives how many."""
    db.close_old_connections()
    try:
        now = datetime.fromtimestamp(timestamp, tz=UTC)
        return actions.expire(retention.months_before(now, retention.current().bodies_months))
    finally:
        db.close_old_connections()


@app.task(name=actions.LOOK_UP, retry=_ANSWERS_LATER, pass_context=True)
def look_up(context: JobContext, submission_id: int) -> str:
    """Ask for the details of somebody whom a provider named by an id; gives what became of it."""
    db.close_old_connections()
    try:
        revisions.refresh()
        return ask_provider(submission_id, is_last=context.job.attempts >= MOST_TRIES)
    finally:
        db.close_old_connections()


def ask_provider(submission_id: int, *, is_last: bool) -> str:
    """The same once. Raises TryLater, which is tried again unless this was the last time; what
    the provider does not tell waits for somebody.
    """
    question = actions.question_of(submission_id)
    if question is None:
        return ""
    try:
        told = provided.contact_at(
            question.provider, question.company, question.contact, question.person
        )
    except TryLater as later:
        if not is_last:
            raise
        work = partial(actions.unanswered, submission_id, code=later.code, detail=later.detail)
    except GiveUp as refused:
        work = partial(actions.unanswered, submission_id, code=refused.code, detail=refused.detail)
    else:
        work = partial(actions.answered, submission_id, told)
    outcome = perform(work)
    return outcome.state if outcome else ""
