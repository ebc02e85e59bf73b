"""Making next months' partitions of the record before they are needed."""

from procrastinate.contrib.django import app

from closeloop.activity import actions

MONTHS_AHEAD = 3


@app.periodic(cron="7 2 * * *")
@app.task(name="activity.make_partitions", queueing_lock="activity.make_partitions")
def make_partitions(timestamp: int) -> int:
    """Make what is missing of the next three months; gives how many were made."""
    return actions.make_partitions(months_ahead=MONTHS_AHEAD)
