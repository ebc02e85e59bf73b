"""What the sweeper does for notices: hands on what has fallen due, settles what was abandoned."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from closeloop.notices import actions, queries


@dataclass(frozen=True)
class Swept:
    """How many deliveries went to the workers, and how many abandoned claims were settled.

    `is_busy`: there may be more at once.
    """

    queued: int
    settled: int
    is_busy: bool = field(default=False, compare=False)


def sweep(now: datetime | None = None, *, at_most: int = 500) -> Swept:
    """One round; any number of sweepers may run at once. Nothing is sent here, only queued.

    Due are repetitions after a failure, ends of quiet hours, and digests.
    """
    moment = now or timezone.now()
    has_due, has_abandoned = queries.what_is_due(
        due_by=moment,
        lost_by=moment - actions.LOST_AFTER,
        abandoned_by=moment - actions.ABANDONED_AFTER,
    )
    settled = actions.settle_abandoned(now=moment, at_most=at_most) if has_abandoned else 0
    queued = actions.queue_due(now=moment, at_most=at_most) if has_due else 0
    return Swept(queued=queued, settled=settled, is_busy=at_most in (queued, settled))
