"""Reading processes: moves that a record may make, its path, published versions, exceptions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from closeloop.approvals.models import Ask
from closeloop.engine import stages
from closeloop.engine.stages import InstanceState, MovePreview
from closeloop.identity.actor import Actor
from closeloop.process import blueprints, reading
from closeloop.process.blueprints import Loaded
from closeloop.process.models import (
    Blueprint,
    ExceptionRequest,
    ExceptionState,
    Instance,
    Tick,
    Visit,
)
from closeloop.records.types import RecordType


@dataclass(frozen=True)
class Step:
    """One stage of a record's path as the header shows it."""

    stage: str
    state: str
    entered_at: datetime | None
    days: float | None


def previews(record_type: RecordType, record_id: int) -> tuple[Loaded, tuple[MovePreview, ...]]:
    """Every move from where the record stands, each with what its gates say now."""
    running = reading.read_running(record_type, record_id, to_stage=None, for_update=False)
    visited = reading.visited_stages(record_id)
    found = stages.preview_moves(
        running.version.compiled,
        InstanceState(stage=running.stage, visited=visited),
        running.facts,
        now=timezone.localtime(running.now),
    )
    return running.version, found


def instance_of(record_id: int) -> Instance | None:
    """The running instance of a record, or None where its type has no process."""
    return Instance.objects.filter(pk=record_id).first()


def path_of(instance: Instance) -> list[Step]:
    """The stages in working order, with the time spent in each over all visits."""
    now = timezone.now()
    spent: dict[str, float] = {}
    first: dict[str, datetime] = {}
    for visit in Visit.objects.filter(record_id=instance.pk).order_by("id"):
        seconds = ((visit.left_at or now) - visit.entered_at).total_seconds()
        spent[visit.stage] = spent.get(visit.stage, 0.0) + seconds
        first.setdefault(visit.stage, visit.entered_at)
    version = blueprints.loaded(instance.version_id)
    keys = [stage.key for stage in version.stages]
    at = keys.index(instance.stage)
    return [
        Step(
            stage=key,
            state=_state(index, at, key in first),
            entered_at=first.get(key),
            days=round(spent[key] / 86400, 1) if key in spent else None,
        )
        for index, key in enumerate(keys)
    ]


def ticks_of(record_id: int) -> dict[str, Tick]:
    """The ticked checklist items by <stage>.<item>."""
    rows = Tick.objects.filter(record_id=record_id).select_related("ticked_by")
    return {tick.item: tick for tick in rows}


def processes() -> QuerySet[Blueprint]:
    """Every process with its versions."""
    return Blueprint.objects.prefetch_related("versions__published_by").order_by("pk")


def running_counts() -> dict[int, int]:
    """How many records run at each version."""
    rows = Instance.objects.values_list("version_id").annotate(count=Count("pk"))
    return dict(rows)


def stage_counts(
    version_ids: Iterable[int], *, only_opening: bool = False
) -> dict[tuple[int, str], int]:
    """How many records stand in each stage of each version; opening entries can be told apart."""
    chosen = Instance.objects.filter(version_id__in=list(version_ids))
    if only_opening:
        chosen = chosen.filter(is_opening=True)
    rows = chosen.values_list("version_id", "stage").annotate(count=Count("pk"))
    return {(version_id, stage): count for version_id, stage, count in rows}


def exceptions_box(box: str, *, actor: Actor, limit: int = 100) -> list[ExceptionRequest]:
    """Requests for exceptions: to_decide (by me, here), mine, or all that I asked for or decide.

    Those that an approval decides stand in its approvers' inbox, and in `all`.
    """
    rows = ExceptionRequest.objects.select_related(
        "record", "requested_by", "decided_by", "decider", "version__blueprint"
    ).order_by("-id")
    if box == "to_decide":
        rows = rows.filter(decider_id=actor.user_id, state=ExceptionState.OPEN)
    elif box == "mine":
        rows = rows.filter(requested_by_id=actor.user_id)
    else:
        asked = Ask.objects.filter(person_id=actor.user_id).values("case_id")
        rows = rows.filter(
            Q(requested_by_id=actor.user_id) | Q(decider_id=actor.user_id) | Q(case_id__in=asked)
        )
    return list(rows[:limit])


def exceptions_of(record_id: int) -> list[ExceptionRequest]:
    """All requests for exceptions about one record, newest first."""
    return list(
        ExceptionRequest.objects.select_related("requested_by", "decided_by", "decider", "record")
        .filter(record_id=record_id)
        .order_by("-id")
    )


def blocked_lately(actor: Actor, *, limit: int) -> list[dict[str, Any]]:
    """The actor's last blocked attempts, one per record, newest first, at most 30 days old."""
    with connection.cursor() as cursor:
        cursor.execute(_BLOCKED_SQL, [actor.user_id, limit])
        return [
            {"record_id": row[0], "attempts": row[1], "last_at": row[2]}
            for row in cursor.fetchall()
        ]


_BLOCKED_SQL = """
    SELECT record_id, count(*), max(at) FROM activity_entry
    WHERE actor_id = %s AND verb = 'process.move_blocked' AND at > now() - interval '30 days'
    GROUP BY record_id ORDER BY max(at) DESC LIMIT %s
"""


def _state(index: int, at: int, was_visited: bool) -> str:
    if index == at:
        return "current"
    if index > at:
        return "ahead"
    return "done" if was_visited else "skipped"
