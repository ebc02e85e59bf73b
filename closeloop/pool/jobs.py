"""What comes back into pools by itself, looked for every ten minutes."""

from django import db
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from closeloop.edge import revisions
from closeloop.pool import actions

_HEALS = RetryStrategy(
    max_attempts=8,
    exponential_wait=2,
    retry_exceptions={db.OperationalError, db.InterfaceError},
)


@app.periodic(cron="*/10 * * * *")
@app.task(name="pool.sweep", queueing_lock="pool.sweep", lock="pool.sweep", retry=_HEALS)
def sweep(timestamp: int) -> int:
    """Take back what is due; gives how many. It may run twice."""
    db.close_old_connections()
    try:
        revisions.refresh()
        return actions.sweep().recycled
    finally:
        db.close_old_connections()
