"""Scoring that may wait a moment: after new rules, after much behaviour, and each night."""

from collections.abc import Sequence
from functools import partial

from django import db
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from closeloop.edge import revisions
from closeloop.edge.work import perform
from closeloop.identity.actor import SYSTEM
from closeloop.scoring import actions, scorecards

_HEALS = RetryStrategy(
    max_attempts=8,
    exponential_wait=2,
    retry_exceptions={db.OperationalError, db.InterfaceError},
)


@app.task(name="scoring.rescore", retry=_HEALS)
def rescore(record_type: str | None = None, record_ids: Sequence[int] | None = None) -> int:
    """Score records again; gives how many have another grade. It may run twice."""
    db.close_old_connections()
    try:
        revisions.refresh()
        types = [record_type] if record_type else list(scorecards.scored_types())
        graded = 0
        for about in types:
            if record_ids is None:
                graded += actions.rescore_all(about, actor=SYSTEM).graded
            else:
                work = partial(actions.rescore, about, list(record_ids), actor=SYSTEM)
                graded += perform(work).graded
        return graded
    finally:
        db.close_old_connections()


@app.periodic(cron="11 0 * * *")
@app.task(name="scoring.fade", queueing_lock="scoring.fade")
def fade(timestamp: int) -> int:
    """Let the day that has begun count: behaviour is worth a little less."""
    revisions.refresh()
    fading = [about for about, live in scorecards.scored_types().items() if live.card.fades]
    return sum(rescore(record_type=about) for about in fading)


def rescore_later(
    record_type: str | None = None, *, record_ids: Sequence[int] | None = None
) -> None:
    """Have records scored again, once this transaction commits; None is all of them."""
    ids: list[JSONValue] | None = None if record_ids is None else list(record_ids)
    rescore.configure(lock="scoring.rescore").defer(record_type=record_type, record_ids=ids)
