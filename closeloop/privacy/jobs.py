"""Requests of people outside, and the nightly erasing of what is past its period."""

from datetime import UTC, datetime

import structlog
from django import db
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from closeloop.edge import revisions
from closeloop.privacy import actions

log = structlog.get_logger("closeloop.privacy")
MOST_TRIES = 4
_AGAIN = RetryStrategy(max_attempts=MOST_TRIES, exponential_wait=4)


@app.task(name="privacy.run", retry=_AGAIN, pass_context=True)
def run(context: JobContext, request_id: int) -> str:
    """Do a request; what fails is tried again, and said when it fails for good."""
    db.close_old_connections()
    revisions.remember(None)
    try:
        return actions.run_request(request_id).value
    except Exception:  # of whatever kind, and raised again: who asked must see that it failed
        if context.job.attempts >= MOST_TRIES:
            log.exception("privacy_request_failed", request_id=request_id)
            actions.fail_request(request_id)
        raise
    finally:
        db.close_old_connections()


@app.periodic(cron="29 2 * * *")
@app.task(name="privacy.erase_due", queueing_lock="privacy.erase_due")
def erase_due(timestamp: int) -> int:
    """Erase what is past its period and files that were fetched long ago; gives how many."""
    db.close_old_connections()
    revisions.remember(None)
    try:
        now = datetime.fromtimestamp(timestamp, tz=UTC)
        return sum(actions.erase_due(now).values()) + actions.clear_files(now)
    finally:
        db.close_old_connections()


def run_later(request_id: int) -> None:
    """Have a request done once this transaction commits."""
    run.defer(request_id=request_id)
