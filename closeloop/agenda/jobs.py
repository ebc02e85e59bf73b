"""The list of the week, looked at every ten minutes until it was sent."""

from datetime import UTC, datetime
from functools import partial

from django import db
from procrastinate.contrib.django import app

from closeloop.agenda import actions
from closeloop.edge import revisions
from closeloop.edge.work import perform


@app.periodic(cron="*/10 * * * *")
@app.task(name="agenda.send_weekly", queueing_lock="agenda.send_weekly")
def send_weekly(timestamp: int) -> int:
    """Send it when it is time; gives to how many."""
    db.close_old_connections()
    revisions.remember(None)
    try:
        return perform(partial(actions.send_weekly, datetime.fromtimestamp(timestamp, tz=UTC)))
    finally:
        db.close_old_connections()
