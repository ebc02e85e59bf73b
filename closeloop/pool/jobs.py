"""What comes back into pools by itself, looked for every ten minutes; what an import brought."""

from collections.abc import Sequence
from functools import partial

from django import db
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from closeloop.edge import revisions
from closeloop.edge.work import perform
from closeloop.identity.actor import SYSTEM
from closeloop.pool import actions
from closeloop.pool.actions.entering import Coming
from closeloop.pool.models import EntryReason

BATCH = 1_000
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


@app.task(name="pool.take_in", retry=_HEALS)
def take_in(record_type: str, record_ids: Sequence[int]) -> int:
    """Put those of some records that nobody owns into their pools; gives how many went in.

    It may run twice.
    """
    db.close_old_connections()
    try:
        revisions.refresh()
        coming, taken = Coming(EntryReason.UNOWNED), 0
        for first in range(0, len(record_ids), BATCH):
            some = list(record_ids[first : first + BATCH])
            work = partial(actions.put_unowned, record_type, some, coming=coming, actor=SYSTEM)
            taken += len(perform(work))
        return taken
    finally:
        db.close_old_connections()


def take_in_later(record_type: str, record_ids: Sequence[int]) -> None:
    """Have records without an owner put into their pools, once this transaction commits."""
    take_in.defer(record_type=record_type, record_ids=list(record_ids))
