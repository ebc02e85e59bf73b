"""Bringing the counts up to date: new entries in commit order, each counted once.

A batch is what has committed behind the snapshot horizon (see `activity.subscribers`); the counts
and how far the record was read commit together, so it does not matter what is killed when.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction

from closeloop.metrics import counting
from closeloop.metrics.actions.adding import ENTRY, added, corrected
from closeloop.metrics.models import Build, BuildState
from closeloop.metrics.standing import measures_of

AT_ONCE = 1000
_END = """
    SELECT xid, id, at, n FROM (
        SELECT xid, id, at, row_number() OVER (ORDER BY xid, id) AS n FROM (
            SELECT xid, id, at FROM activity_entry
            WHERE (xid, id) > (%s, %s) AND xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
            ORDER BY xid, id LIMIT %s
        ) ahead
    ) numbered ORDER BY n DESC LIMIT 1
"""
_SPAN = f"""batch AS MATERIALIZED (
        SELECT {ENTRY}, 1 AS sign FROM activity_entry e
        WHERE (e.xid, e.id) > (%s, %s) AND (e.xid, e.id) <= (%s, %s)
    ), source AS (
        SELECT * FROM batch UNION ALL
        {corrected("(SELECT * FROM batch WHERE corrects_id IS NOT NULL)")}
    )"""


@dataclass(frozen=True)
class KeptUp:
    """How many entries were counted, over all builds."""

    entries: int

    @property
    def is_busy(self) -> bool:
        """Whether there may be more at once."""
        return self.entries >= AT_ONCE


def keep_up() -> KeptUp:
    """Count the next batch for every build that is read or being made."""
    kept = Build.objects.exclude(state=BuildState.OLD).order_by("pk").values_list("pk", flat=True)
    return KeptUp(sum(catch_up(build_id) for build_id in kept))


def catch_up(build_id: int, *, at_most: int = AT_ONCE) -> int:
    """Count the next entries for one build; gives how many there were.

    Only one process counts for a build at a time; another that tries gets 0 at once.
    """
    with transaction.atomic():
        free = Build.objects.select_for_update(skip_locked=True).exclude(state=BuildState.OLD)
        held = free.filter(pk=build_id).first()
        if held is None:
            return 0
        with connection.cursor() as cursor:
            cursor.execute(_END, [held.xid, held.entry_id, at_most])
            end = cursor.fetchone()
            if end is None:
                return 0
            xid, entry_id, at, many = end
            sql, values = counting.contributions(
                measures_of(build_id), source="source", zone=held.zone
            )
            span = [held.xid, held.entry_id, xid, entry_id]
            cursor.execute(added(_SPAN, sql), [*span, *values])
        held.xid, held.entry_id = xid, entry_id
        held.counted_at = max(at, held.counted_at or at)
        held.save(update_fields=["xid", "entry_id", "counted_at"])
    return int(many)
