"""Folding the tallies every minute, where there is much to fold."""

from procrastinate.contrib.django import app

from closeloop.desk import actions

WORTH_FOLDING = 20_000
"""Rows beyond which a board's sums take longer than a millisecond or two to add up."""


@app.periodic(cron="* * * * *")
@app.task(name="desk.fold_tallies", queueing_lock="desk.fold_tallies")
def fold_tallies(timestamp: int) -> bool:
    """Fold what has piled up; says whether there was enough."""
    return actions.fold_tallies(when_over=WORTH_FOLDING)
