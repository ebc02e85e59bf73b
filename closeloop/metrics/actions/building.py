"""Counting everything from scratch beside what is read, and taking its place at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from closeloop.engine.metrics import Measure
from closeloop.metrics import counting
from closeloop.metrics.actions import falling
from closeloop.metrics.actions.adding import ENTRY, HORIZON, added, corrected
from closeloop.metrics.actions.keeping import AT_ONCE, catch_up, note_corrections
from closeloop.metrics.definitions import book
from closeloop.metrics.models import Build, BuildState, BuiltMeasure
from closeloop.metrics.standing import measures_of, written

LAST_ID = 2**63 - 1
REMOVED_AT_ONCE = 20_000
_HORIZON = f"SELECT {HORIZON}"
_BOUNDS = "SELECT min(at), max(at), count(*) FROM activity_entry WHERE xid < %s"
_PART = f"""source AS (
        SELECT {ENTRY}, 1 AS sign FROM activity_entry e
        WHERE e.xid < %s AND e.at >= %s AND e.at < %s
    )"""
_TAKEN_BACK = f"""corrections AS MATERIALIZED (
        SELECT * FROM activity_entry WHERE corrects_id IS NOT NULL AND xid < %s
    ), source AS ({corrected("corrections")})"""
_COUNTS = ("metrics_personday", "metrics_unitday", "metrics_companyday", "metrics_due")
SPAN = timedelta(days=7)


def begin(measures: Sequence[Measure], *, zone: str) -> Build:
    """A new build of these measures, that has counted nothing yet."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_HORIZON)
            horizon: int = cursor.fetchone()[0]
        build = Build.objects.create(zone=zone, xid=horizon - 1, entry_id=LAST_ID)
        define(build, measures)
    return build


def define(build: Build, measures: Sequence[Measure]) -> None:
    """Name what a build counts; a measure keeps its definition as long as the build lives."""
    BuiltMeasure.objects.bulk_create(
        BuiltMeasure(build=build, key=each.key, definition=written(each)) for each in measures
    )


def fill(build: Build) -> int:
    """Count everything that had happened when the build began; gives how many entries.

    A week at a time, each in its own transaction: a build that was not finished is thrown away.
    """
    horizon = build.xid + 1
    measures = measures_of(build.pk)
    with connection.cursor() as cursor:
        cursor.execute(_BOUNDS, [horizon])
        first, last, many = cursor.fetchone()
        sql, values = counting.contributions(measures, source="source", zone=build.zone)
        for since, until in _spans(first, last):
            cursor.execute(added(_PART, sql), [horizon, since, until, *values])
        cursor.execute(added(_TAKEN_BACK, sql), [horizon, *values])
    now = timezone.now()
    falling.fill(build, measures, now=now)
    note_corrections(before=horizon)
    Build.objects.filter(pk=build.pk).update(entries=many, counted_at=last, kept_at=now)
    return int(many)


def swap(build: Build) -> None:
    """Let a build that has caught up be the one that is read; the other is removed later."""
    with transaction.atomic():
        Build.objects.filter(state=BuildState.LIVE).update(state=BuildState.OLD)
        Build.objects.filter(pk=build.pk).update(state=BuildState.LIVE, swapped_at=Now())


def build(measures: Sequence[Measure], *, zone: str) -> Build:
    """Count everything from scratch while the live build is read and kept, then take its place."""
    made = begin(measures, zone=zone)
    fill(made)
    while catch_up(made.pk) >= AT_ONCE:
        pass
    swap(made)
    made.refresh_from_db()
    return made


def rebuild() -> Build:
    """Count everything that is measured now from scratch, and let that be read.

    Only one process builds at a time (the job has a lock).
    """
    drop_unfinished()
    made = build(list(book().measures.values()), zone=settings.TIME_ZONE)
    drop_old()
    return made


def drop_unfinished() -> None:
    """Let builds that were never finished go."""
    Build.objects.filter(state=BuildState.BUILDING).update(state=BuildState.OLD)


def drop_old() -> int:
    """Remove the counts of builds that nobody reads any more; gives how many rows."""
    removed = 0
    old = BuiltMeasure.objects.filter(build__state=BuildState.OLD)
    ids = list(old.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        for table in _COUNTS if ids else ():
            while True:
                cursor.execute(
                    f"DELETE FROM {table} WHERE ctid = ANY(ARRAY(SELECT ctid FROM {table} "
                    "WHERE measure_id = ANY(%s) LIMIT %s))",
                    [ids, REMOVED_AT_ONCE],
                )
                removed += cursor.rowcount
                if cursor.rowcount < REMOVED_AT_ONCE:
                    break
    Build.objects.filter(state=BuildState.OLD).delete()
    return removed


def _spans(first: datetime | None, last: datetime | None) -> list[tuple[datetime, datetime]]:
    spans = []
    while first is not None and last is not None and first <= last:
        spans.append((first, first + SPAN))
        first += SPAN
    return spans
