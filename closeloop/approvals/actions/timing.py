"""Counting the working time of answers that were given before it was kept."""

from closeloop.approvals import timing
from closeloop.approvals.models import Ask

BATCH = 2000


def time_answers() -> int:
    """Count it of every ask that has ended without; gives how many. Nothing where all have it."""
    untimed = Ask.objects.filter(worked_s=None, asked_at__isnull=False, ended_at__isnull=False)
    count = 0
    while rows := list(untimed.select_related("case").order_by("pk")[:BATCH]):
        for row in rows:
            if row.ended_at is not None:
                row.worked_s = timing.worked_s(row.case.unit_id, row.asked_at, row.ended_at)
        Ask.objects.bulk_update(rows, ["worked_s"])
        count += len(rows)
    return count
