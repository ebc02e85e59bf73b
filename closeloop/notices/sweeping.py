"""What the sweeper does for notices: hands on what has fallen due, settles what was abandoned."""

from dataclasses import dataclass
from datetime import datetime

from closeloop.notices import actions


@dataclass(frozen=True)
class Swept:
    """How many deliveries went to the workers, and how many abandoned claims were settled."""

    queued: int
    settled: int


def sweep(now: datetime | None = None, *, at_most: int = 500) -> Swept:
    """One round; any number of sweepers may run at once. Nothing is sent here, only queued.

    Due are repetitions after a failure, ends of quiet hours, and digests.
    """
    settled = actions.settle_abandoned(now=now, at_most=at_most)
    return Swept(queued=actions.queue_due(now=now, at_most=at_most), settled=settled)
