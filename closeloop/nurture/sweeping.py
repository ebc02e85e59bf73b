"""What the sweeper does for nurture: takes enrolments further, hands on what is to be sent."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from closeloop.edge import statements
from closeloop.notices.actions.delivering import ABANDONED_AFTER, LOST_AFTER
from closeloop.nurture import actions

_DUE = """
    SELECT EXISTS (SELECT FROM nurture_enrolment WHERE state = 'running' AND next_at <= %s),
           EXISTS (SELECT FROM nurture_message WHERE state IN ('waiting', 'failed')
                   AND queued_at IS NULL AND next_at <= %s)
        OR EXISTS (SELECT FROM nurture_message WHERE state IN ('waiting', 'failed')
                   AND queued_at <= %s),
           EXISTS (SELECT FROM nurture_message WHERE state = 'sending' AND claimed_at <= %s)
"""


@dataclass(frozen=True)
class Swept:
    """How many enrolments were looked at, messages handed on, and claims settled."""

    walked: int
    queued: int
    settled: int
    is_busy: bool = field(default=False, compare=False)


def sweep(now: datetime | None = None, *, at_most: int = 500) -> Swept:
    """One round; any number of sweepers may run at once. Nothing is sent here, only queued."""
    moment = now or timezone.now()
    due = [moment, moment, moment - LOST_AFTER, moment - ABANDONED_AFTER]
    has_steps, has_messages, has_abandoned = statements.rows(_DUE, due)[0]
    settled = actions.settle_abandoned(now=moment, at_most=at_most) if has_abandoned else 0
    walked = actions.walk_due(now=moment, at_most=at_most) if has_steps else actions.Walked()
    queued = actions.queue_due(now=moment, at_most=at_most) if has_messages else 0
    is_busy = walked.is_busy or at_most in (queued, settled)
    return Swept(walked.looked_at, queued, settled, is_busy)
