"""Why a record stands still, read from its process: stays, locks, attempts, silence (L07, C09)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from closeloop.activity.models import Entry
from closeloop.edge import statements
from closeloop.engine.blueprint import MoveKind
from closeloop.engine.facts import ROLES_COVERED
from closeloop.engine.stages import Blocked, MovePreview
from closeloop.identity import queries as identity
from closeloop.process import blueprints, facts, queries
from closeloop.process.errors import NoProcess
from closeloop.process.models import Instance, Visit, VisitKind
from closeloop.records.models import Record
from closeloop.records.types import RecordType, registry

Name = Mapping[str, str]
LONGEST_STAY_DAYS = 14
"""C09: two stages in a row, each stayed in for longer than this."""
LOOKED_BACK_DAYS = 30


@dataclass(frozen=True)
class Stay:
    """One stay in a stage; `waited_s` of it somebody outside was waited for."""

    stage: str
    name: Name
    kind: str
    entered_at: datetime
    left_at: datetime | None
    stayed_s: float
    waited_s: float
    expected_s: float
    reason: str
    by: str

    @property
    def counted_s(self) -> float:
        """What counts as the record's own time."""
        return max(self.stayed_s - self.waited_s, 0)


@dataclass(frozen=True)
class Lacking:
    """An item that the next move lacks, and who supplies it."""

    name: Name
    supplier: str
    kind: str


@dataclass(frozen=True)
class Attempt:
    """A move that a lock stopped."""

    at: datetime
    by: str
    to: Name
    missing: int


@dataclass(frozen=True)
class Findings:
    """Everything that the diagnosis says, as plain values."""

    title: str
    owner: str
    stage: Name
    next_stage: Name | None
    is_open: bool
    now: datetime
    stays: Sequence[Stay]
    overstayed: Sequence[Stay]
    lacking: Sequence[Lacking]
    attempts: Sequence[Attempt]
    backs: int
    silent_s: float
    roles_covered: int | None
    waiting: Name | None
    waiting_since: datetime | None
    said_lately: int
    files_lately: int


def diagnose(record_id: int, *, longest_s: float = LONGEST_STAY_DAYS * 86400) -> Findings:
    """What keeps a record where it stands; raises NoProcess where its type has no stages."""
    record = Record.objects.select_related("owner").get(pk=record_id)
    record_type = registry.get(record.type)
    instance = queries.instance_of(record_id)
    if instance is None:
        raise NoProcess({"record_type": record.type, "id": record_id})
    now = timezone.now()
    version = blueprints.loaded(instance.version_id)
    stays = _stays(instance, now)
    stage = version.blueprint.stage(instance.stage)
    _, previews = queries.previews(record_type, record_id)
    ahead = _next_of(previews)
    entries = _lately(record_id, now)
    verbs = [entry.verb for entry in entries]
    waiting = {option.key: option for option in stage.waiting_reasons}.get(instance.waiting_reason)
    return Findings(
        title=record.title,
        owner=record.owner.name if record.owner else "",
        stage=stage.name,
        next_stage=version.blueprint.stage(ahead.move.to_stage).name if ahead else None,
        is_open=stage.kind.value == "open",
        now=now,
        stays=stays,
        overstayed=_two_in_a_row(stays, longest_s),
        lacking=_lacking(ahead),
        attempts=_attempts(entries, {each.key: each.name for each in version.stages}),
        backs=sum(stay.kind == VisitKind.BACK for stay in stays),
        silent_s=(now - _last_activity(record_type, record_id)).total_seconds(),
        roles_covered=_roles_covered(record_type, record_id),
        waiting=waiting.name if waiting else None,
        waiting_since=instance.waiting_since,
        said_lately=verbs.count("record.commented"),
        files_lately=verbs.count("file.attached"),
    )


def _stays(instance: Instance, now: datetime) -> list[Stay]:
    stages = {stage.key: stage for stage in blueprints.loaded(instance.version_id).stages}
    visits = Visit.objects.filter(record_id=instance.pk).select_related("entered_by").order_by("id")
    waits = _waits(instance, now)
    return [
        Stay(
            stage=visit.stage,
            name=stages[visit.stage].name if visit.stage in stages else _as_it_is(visit.stage),
            kind=visit.kind,
            entered_at=visit.entered_at,
            left_at=visit.left_at,
            stayed_s=((visit.left_at or now) - visit.entered_at).total_seconds(),
            waited_s=_overlap(waits, visit.entered_at, visit.left_at or now),
            expected_s=(stages[visit.stage].expected_days or 0) * 86400
            if visit.stage in stages
            else 0,
            reason=visit.reason,
            by=visit.entered_by.name if visit.entered_by else "",
        )
        for visit in visits
    ]


def _as_it_is(key: str) -> Name:
    return {"zh-CN": key, "en-US": key}


def _waits(instance: Instance, now: datetime) -> list[tuple[datetime, datetime]]:
    """When the record waited for the world outside; a move ends waiting too."""
    told = Entry.objects.filter(
        record_id=instance.pk,
        verb__in=["process.waiting_started", "process.waiting_ended"],
    ).order_by("id")
    moved = list(
        Visit.objects.filter(record_id=instance.pk)
        .order_by("id")
        .values_list("entered_at", flat=True)
    )
    waits: list[tuple[datetime, datetime]] = []
    began: datetime | None = None
    for entry in told:
        if began is not None:
            waits.append((began, _first_after(began, moved, entry.at)))
        began = entry.at if entry.verb.endswith("started") else None
    if began is not None:
        waits.append((began, _first_after(began, moved, now)))
    return waits


def _first_after(began: datetime, moved: Sequence[datetime], latest: datetime) -> datetime:
    return min([at for at in moved if at > began] + [latest])


def _overlap(waits: Sequence[tuple[datetime, datetime]], begins: datetime, ends: datetime) -> float:
    shared = [(min(until, ends) - max(since, begins)).total_seconds() for since, until in waits]
    return sum(seconds for seconds in shared if seconds > 0)


def _two_in_a_row(stays: Sequence[Stay], longest_s: float) -> list[Stay]:
    """The latest two stays that follow each other and both count for longer than allowed."""
    for before, after in zip(reversed(stays[:-1]), reversed(stays), strict=False):
        if min(before.counted_s, after.counted_s) > longest_s:
            return [before, after]
    return []


def _next_of(previews: Sequence[MovePreview]) -> MovePreview | None:
    forward = [each for each in previews if each.move.kind is MoveKind.FORWARD]
    return forward[0] if forward else None


def _lacking(ahead: MovePreview | None) -> list[Lacking]:
    if ahead is None or not isinstance(ahead.decision, Blocked):
        return []
    rows: list[Mapping[str, Any]] = [item.as_data() for item in ahead.decision.missing]
    return [Lacking(row["name"], row["supplier"], row["kind"]) for row in rows]


def _lately(record_id: int, now: datetime) -> list[Entry]:
    since = now - timedelta(days=LOOKED_BACK_DAYS)
    return list(Entry.objects.filter(record_id=record_id, at__gte=since).order_by("id"))


def _attempts(entries: Sequence[Entry], stages: Mapping[str, Name]) -> list[Attempt]:
    blocked = [entry for entry in entries if entry.verb == "process.move_blocked"]
    ids = {entry.actor_id for entry in blocked if entry.actor_id}
    names = identity.names_of(ids)
    return [
        Attempt(
            at=entry.at,
            by=names.get(entry.actor_id or 0, ""),
            to=stages.get(entry.data.get("to", ""), _as_it_is(str(entry.data.get("to", "")))),
            missing=_count(entry.data.get("missing")),
        )
        for entry in blocked
    ]


def _count(missing: Any) -> int:
    return len(missing) if isinstance(missing, list) else int(missing or 0)


def _last_activity(record_type: RecordType, record_id: int) -> datetime:
    found: datetime = record_type.model._default_manager.values_list(
        "last_activity_at", flat=True
    ).get(pk=record_id)
    return found


def _roles_covered(record_type: RecordType, record_id: int) -> int | None:
    source = facts.source_of(record_type, ROLES_COVERED)
    if source is None:
        return None
    row = statements.row(
        f"SELECT {source.sql} FROM {record_type.table} r WHERE r.id = %s",
        [*source.params, record_id],
    )
    return int(row[0]) if row and row[0] is not None else None
