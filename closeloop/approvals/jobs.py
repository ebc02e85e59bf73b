"""The nightly clearing of documents that were sent for requests nobody made."""

from datetime import UTC, datetime, timedelta

from procrastinate.contrib.django import app

from closeloop.approvals import actions

KEPT_DAYS = 7
"""A draft of a request may be left over a weekend and a holiday's bridge, not for ever."""


@app.periodic(cron="27 2 * * *")
@app.task(
    name="approvals.forget_requests_never_made",
    queueing_lock="approvals.forget_requests_never_made",
)
def forget_requests_never_made(timestamp: int) -> int:
    """Discard what is older than a week and was never named in a request; gives how many."""
    now = datetime.fromtimestamp(timestamp, tz=UTC)
    return actions.forget_requests_never_made(before=now - timedelta(days=KEPT_DAYS))
