"""Work of the library that no request waits for: what entries mean."""

from django import db
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from closeloop.edge import revisions
from closeloop.playbooks import actions

_HEALS = RetryStrategy(
    max_attempts=8,
    exponential_wait=2,
    retry_exceptions={db.OperationalError, db.InterfaceError},
)


@app.task(name=actions.ENCODE, retry=_HEALS)
def encode() -> int:
    """Encode what was published since; gives how many entries. Run twice, it does nothing twice."""
    db.close_old_connections()
    revisions.remember(None)
    try:
        return actions.encode_missing()
    finally:
        db.close_old_connections()
