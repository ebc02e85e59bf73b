"""Bringing the counts up to date: new entries in commit order, each counted once.

A batch is what has committed behind the snapshot horizon (see `activity.subscribers`); the counts
and how far the record was read commit together, so it does not matter what is killed when.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from closeloop.edge import statements
from closeloop.engine.metrics import Measure
from closeloop.metrics import counting
from closeloop.metrics.actions import falling
from closeloop.metrics.actions.adding import ENTRY, HORIZON, added, corrected
from closeloop.metrics.models import Build, BuildState
from closeloop.metrics.sources import sources
from closeloop.metrics.standing import measures_of

AT_ONCE = 1000
TOLD_EVERY = timedelta(seconds=20)
"""How often it is noted that the counts are complete while nothing happens."""
_END = f"""
    SELECT xid, id, at, n FROM (
        SELECT xid, id, at, row_number() OVER (ORDER BY xid, id) AS n FROM (
            SELECT xid, id, at FROM activity_entry
            WHERE (xid, id) > (%s, %s) AND xid < {HORIZON}
            ORDER BY xid, id LIMIT %s
        ) ahead
    ) numbered ORDER BY n DESC LIMIT 1
"""
_CORRECTIONS = """
    INSERT INTO metrics_correction (entry_id, at, verb, actor_id, unit_id, record_id, reason)
    SELECT id, at, verb, actor_id, unit_id, record_id,
        left(coalesce(data->>'note', data->>'reason', ''), 500)
    FROM activity_entry WHERE actor_id IS NOT NULL AND (corrects_id IS NOT NULL OR verb = ANY(%s))
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
    """How many entries or changes were read."""

    entries: int

    @property
    def is_busy(self) -> bool:
        """Whether there may be more at once."""
        return self.entries >= AT_ONCE


def keep_up() -> KeptUp:
    """Count the next batch for the build that is read; who makes another keeps it up himself."""
    live = Build.objects.filter(state=BuildState.LIVE).values_list("pk", flat=True).first()
    return KeptUp(0 if live is None else catch_up(live))


def note_corrections(*, before: int) -> None:
    """Note what was set right in the whole record, up to (not with) a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_CORRECTIONS} AND xid < %s ON CONFLICT DO NOTHING",
            [sorted(sources.corrections), before],
        )


def catch_up(build_id: int, *, at_most: int = AT_ONCE) -> int:
    """Count the next entries and what fell due, for one build; gives how many were read.

    Only one process counts for a build at a time; another that tries gets 0 at once.
    """
    with transaction.atomic():
        free = Build.objects.select_for_update(skip_locked=True).exclude(state=BuildState.OLD)
        held = free.filter(pk=build_id).first()
        if held is None:
            return 0
        now = timezone.now()
        measures = measures_of(build_id)
        changes = falling.catch_up(held, measures, now=now, at_most=at_most)
        entries = _entries(held, measures, at_most)
        if changes or entries or _is_stale(held, now):
            if max(changes, entries) < at_most:
                held.kept_at = now
            held.save(update_fields=["xid", "entry_id", "counted_at", "kept_at"])
    return max(changes, entries)


def _is_stale(held: Build, now: datetime) -> bool:
    return held.kept_at is None or now - held.kept_at >= TOLD_EVERY


def _entries(held: Build, measures: Mapping[int, Measure], at_most: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_END, [held.xid, held.entry_id, at_most])
        end = cursor.fetchone()
        if end is None:
            return 0
        xid, entry_id, at, many = end
        sql, values = counting.contributions(measures, source="source", zone=held.zone)
        span = [held.xid, held.entry_id, xid, entry_id]
        statements.rows(added(_SPAN, sql), [*span, *values])
        cursor.execute(
            f"{_CORRECTIONS} AND (xid, id) > (%s, %s) AND (xid, id) <= (%s, %s)"
            " ON CONFLICT DO NOTHING",
            [sorted(sources.corrections), *span],
        )
    held.xid, held.entry_id = xid, entry_id
    held.counted_at = max(at, held.counted_at or at)
    return int(many)
