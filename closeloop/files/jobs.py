"""The nightly clearing of stored bytes that no document names."""

from datetime import UTC, datetime, timedelta

from procrastinate.contrib.django import app

from closeloop.files import actions

KEPT_HOURS = 24
"""A transaction that stored bytes has long ended after so many hours."""


@app.periodic(cron="17 3 * * *")
@app.task(name="files.sweep_orphans", queueing_lock="files.sweep_orphans")
def sweep_orphans(timestamp: int) -> int:
    """Remove what is older than a day and belongs to nothing; gives how many."""
    now = datetime.fromtimestamp(timestamp, tz=UTC)
    return actions.sweep_orphans(before=now - timedelta(hours=KEPT_HOURS))
