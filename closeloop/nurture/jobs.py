"""The work of sending, outside the transaction that planned it; imports; answers from WeCom."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

from django import db
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from closeloop.edge import revisions
from closeloop.edge.work import perform
from closeloop.identity.actor import SYSTEM
from closeloop.nurture import actions, reactions

_HEALS = RetryStrategy(
    max_attempts=8,
    exponential_wait=2,
    retry_exceptions={db.OperationalError, db.InterfaceError},
)
TOGETHER = 1000


@app.task(name="nurture.deliver", retry=_HEALS)
def deliver(message_ids: Sequence[int]) -> int:
    """Send these messages; gives how many left. Run twice, it sends nothing twice."""
    db.close_old_connections()
    revisions.remember(None)
    try:
        return actions.deliver(message_ids)
    except (db.OperationalError, db.InterfaceError):
        db.connection.close()
        raise
    finally:
        db.close_old_connections()


@app.task(name="nurture.begin", retry=_HEALS)
def begin(record_type: str, record_ids: Sequence[int]) -> int:
    """Let imported records begin paths; gives how many do. It may run twice."""
    db.close_old_connections()
    revisions.remember(None)
    try:
        begun = 0
        for start in range(0, len(record_ids), TOGETHER):
            some = list(record_ids[start : start + TOGETHER])
            begun += perform(partial(reactions.begin_imported, record_type, some, SYSTEM))
        return begun
    finally:
        db.close_old_connections()


@app.periodic(cron="*/10 * * * *")
@app.task(name="nurture.ask_wecom", queueing_lock="nurture.ask_wecom")
def ask_wecom(timestamp: int) -> int:
    """Ask WeCom which messages colleagues have confirmed; gives how many answers are new."""
    db.close_old_connections()
    revisions.remember(None)
    try:
        return actions.ask_wecom(now=datetime.fromtimestamp(timestamp, tz=UTC))
    finally:
        db.close_old_connections()


def begin_later(record_type: str, record_ids: Sequence[int]) -> None:
    """Have imported records looked at, once this transaction commits."""
    begin.defer(record_type=record_type, record_ids=list(record_ids))
