"""Clocks for what was there before them, opened outside the request that asked for it."""

from collections.abc import Sequence

from django import db
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from closeloop.edge import revisions
from closeloop.sla import actions

_HEALS = RetryStrategy(
    max_attempts=8,
    exponential_wait=2,
    retry_exceptions={db.OperationalError, db.InterfaceError},
)


@app.task(name="sla.adopt", retry=_HEALS)
def adopt(
    policy_key: str | None = None,
    record_type: str | None = None,
    record_ids: Sequence[int] | None = None,
) -> int:
    """Open clocks by replay; gives how many. It may run twice."""
    db.close_old_connections()
    try:
        revisions.refresh()
        return actions.adopt(policy_key, record_type, record_ids=record_ids)
    finally:
        db.close_old_connections()


def adopt_later(
    policy_key: str | None = None,
    record_type: str | None = None,
    *,
    record_ids: Sequence[int] | None = None,
) -> None:
    """Have clocks opened, once this transaction commits."""
    ids: list[JSONValue] | None = None if record_ids is None else list(record_ids)
    adopt.configure(lock="sla.adopt").defer(
        policy_key=policy_key, record_type=record_type, record_ids=ids
    )
