"""Demanding updates of stages on the first working morning of a week (C15)."""

from datetime import UTC, datetime
from functools import partial

from django import db
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from closeloop.deals.pace import actions, days
from closeloop.edge import revisions
from closeloop.edge.work import perform

_HEALS = RetryStrategy(
    max_attempts=8,
    exponential_wait=2,
    retry_exceptions={db.OperationalError, db.InterfaceError},
)


@app.periodic(cron="*/30 * * * *")
@app.task(name="deals.demand_updates", queueing_lock="deals.demand_updates", retry=_HEALS)
def demand_updates(timestamp: int) -> int:
    """Demand updates where it is time to; gives how many tasks are new. It may run twice."""
    db.close_old_connections()
    try:
        revisions.refresh()
        now = datetime.fromtimestamp(timestamp, tz=UTC)
        return perform(partial(actions.demand_updates, now=now)) if days.is_time(now) else 0
    finally:
        db.close_old_connections()
