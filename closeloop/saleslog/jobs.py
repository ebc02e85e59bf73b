"""What the sales log does by itself: it reminds in the evening and looks for surges."""

from datetime import UTC, datetime
from functools import partial

from django import db
from procrastinate.contrib.django import app

from closeloop.edge import revisions
from closeloop.edge.work import perform
from closeloop.saleslog import actions, clock
from closeloop.saleslog.queries.surges import WEEK


@app.periodic(cron="*/10 * * * *")
@app.task(name="saleslog.remind", queueing_lock="saleslog.remind", lock="saleslog.remind")
def remind(timestamp: int) -> int:
    """Remind who owes today's log; gives how many were told. It may run twice."""
    db.close_old_connections()
    revisions.refresh()
    try:
        return perform(partial(actions.remind, datetime.fromtimestamp(timestamp, tz=UTC)))
    finally:
        db.close_old_connections()


@app.periodic(cron="20 22 * * *")
@app.task(name="saleslog.review", queueing_lock="saleslog.review", lock="saleslog.review")
def review(timestamp: int) -> int:
    """Look at the week that ended last, early each morning in China; gives how many surges.

    It may run twice.
    """
    db.close_old_connections()
    revisions.refresh()
    try:
        week = clock.monday(clock.today(datetime.fromtimestamp(timestamp, tz=UTC))) - WEEK
        return len(perform(partial(actions.review_surges, week)))
    finally:
        db.close_old_connections()
