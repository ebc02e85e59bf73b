"""Giving out that may wait a moment: what an import brought, and what came out of hours."""

from collections.abc import Sequence
from functools import partial

from django import db
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from closeloop.edge import revisions
from closeloop.edge.work import perform
from closeloop.identity.actor import SYSTEM
from closeloop.routing import actions, rules

BATCH = 5_000
"""So many at once: people are told of them in one notice each, and what else must be decided waits
for less than half a second.
"""
_HEALS = RetryStrategy(
    max_attempts=8,
    exponential_wait=2,
    retry_exceptions={db.OperationalError, db.InterfaceError},
)


@app.task(name="routing.give_out", retry=_HEALS)
def give_out(record_type: str, record_ids: Sequence[int]) -> int:
    """Give records without an owner to people; gives how many were. It may run twice."""
    db.close_old_connections()
    try:
        revisions.refresh()
        if rules.active(record_type) is None:
            return 0
        taken = 0
        for first in range(0, len(record_ids), BATCH):
            some = list(record_ids[first : first + BATCH])
            work = partial(actions.route_batch, some, record_type=record_type, actor=SYSTEM)
            taken += sum(each.decision.person is not None for each in perform(work).given)
        return taken
    finally:
        db.close_old_connections()


@app.periodic(cron="*/5 * * * *")
@app.task(
    name="routing.look_again",
    queueing_lock="routing.look_again",
    lock="routing.look_again",
    retry=_HEALS,
)
def look_again(timestamp: int) -> int:
    """Give out what came while everybody was off or away; gives how many. It may run twice."""
    db.close_old_connections()
    try:
        revisions.refresh()
        types = rules.record_types()
        return sum(perform(partial(actions.route_waiting, each, actor=SYSTEM)) for each in types)
    finally:
        db.close_old_connections()


def give_out_later(record_type: str, record_ids: Sequence[int]) -> None:
    """Have records given out, once this transaction commits."""
    give_out.defer(record_type=record_type, record_ids=list(record_ids))
