"""The work of delivering, outside the transaction that told people."""

from collections.abc import Sequence

from django import db
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from closeloop.edge import revisions
from closeloop.notices import actions

_HEALS = RetryStrategy(
    max_attempts=8,
    exponential_wait=2,
    retry_exceptions={db.OperationalError, db.InterfaceError},
)


@app.periodic(cron="*/10 * * * *")
@app.task(name="notices.fetch_receipts", queueing_lock="notices.fetch_receipts")
def fetch_receipts(timestamp: int) -> int:
    """Ask the providers what became of what they took; gives how many answers were new."""
    db.close_old_connections()
    revisions.remember(None)
    try:
        return actions.fetch_receipts()
    finally:
        db.close_old_connections()


@app.task(name="notices.deliver", retry=_HEALS)
def deliver(delivery_ids: Sequence[int]) -> int:
    """Make these deliveries; gives how many left. Run twice, it sends nothing twice."""
    db.close_old_connections()
    revisions.remember(None)
    try:
        return actions.deliver(delivery_ids)
    except (db.OperationalError, db.InterfaceError):
        db.connection.close()
        raise
    finally:
        db.close_old_connections()
