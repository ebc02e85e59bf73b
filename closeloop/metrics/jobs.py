"""Counting from scratch, outside any request: after the first start and when measures changed."""

from django import db
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from closeloop.edge import revisions
from closeloop.metrics import actions, sweeping

_HEALS = RetryStrategy(
    max_attempts=8,
    exponential_wait=2,
    retry_exceptions={db.OperationalError, db.InterfaceError},
)


@app.task(
    name=sweeping.REBUILD, queueing_lock=sweeping.REBUILD, lock=sweeping.REBUILD, retry=_HEALS
)
def rebuild() -> int:
    """Count everything from scratch; gives how many entries. Killed, it begins anew.

    Where that was done meanwhile there is nothing to do.
    """
    db.close_old_connections()
    revisions.remember(None)
    try:
        return 0 if sweeping.is_current() else actions.rebuild().entries
    finally:
        db.close_old_connections()
