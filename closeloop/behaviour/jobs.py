"""Forgetting trails that are older than the company keeps them, each night."""

from datetime import UTC, datetime

from django import db
from procrastinate.contrib.django import app

from closeloop.behaviour import actions, retention
from closeloop.behaviour.actions import Forgotten


@app.periodic(cron="23 2 * * *")
@app.task(name="behaviour.forget", queueing_lock="behaviour.forget")
def forget(timestamp: int) -> int:
    """Delete what is too old; gives how many events."""
    db.close_old_connections()
    try:
        return forget_at(datetime.fromtimestamp(timestamp, tz=UTC)).events
    finally:
        db.close_old_connections()


def forget_at(now: datetime) -> Forgotten:
    """Delete what is too old by a night."""
    periods = retention.current()
    done = actions.forget_strangers(retention.months_before(now, periods.strangers_months))
    if periods.known_months is not None:
        done += actions.forget_known(retention.months_before(now, periods.known_months))
    return done
