"""The nightly clearing of kept answers."""

from datetime import UTC, datetime, timedelta

from procrastinate.contrib.django import app

from closeloop.edge import actions

KEPT_DAYS = 3
"""How long a repeated write still gets its first answer."""


@app.periodic(cron="41 3 * * *")
@app.task(name="edge.forget_answers", queueing_lock="edge.forget_answers")
def forget_answers(timestamp: int) -> int:
    """Delete old answers; gives how many."""
    now = datetime.fromtimestamp(timestamp, tz=UTC)
    return actions.forget_answers(before=now - timedelta(days=KEPT_DAYS))
