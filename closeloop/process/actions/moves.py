"""Starting, moving, waiting and ticking: the only writes to running instances.

Every path that can change a stage (screen, drag, PATCH, bulk, import, command, conversion) ends in
`advance`, so none can pass a gate silently.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db.models.functions import Now
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.activity.reactions import reactions
from closeloop.edge import jsontext, statements, work
from closeloop.edge.etags import EditConflict
from closeloop.edge.statements import Statement
from closeloop.engine import stages
from closeloop.engine.refusals import Refusal
from closeloop.engine.stages import Allowed, Blocked, GrantedException, InstanceState, Refused
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.pool import rights as pool
from closeloop.process import approving, blueprints, errors, missing, reading
from closeloop.process.blueprints import Loaded
from closeloop.process.models import (
    ExceptionRequest,
    ExceptionState,
    Instance,
    Tick,
    Visit,
    VisitKind,
)
from closeloop.process.reading import Running
from closeloop.records.queries import RecordRemoved
from closeloop.records.types import RecordType


@dataclass(frozen=True)
class Ask:
    """A move as somebody asks for it. `via` says by which path: screen, drag, patch, bulk, …"""

    to_stage: str
    via: str
    reason: str | None = None
    outcome_reason: str | None = None
    expected_version: int | None = None


@dataclass(frozen=True)
class Moved:
    """A move that was made. `row` is the record's row as it now stands, by column, where it was
    read with the lock, and `beside` what was read with it; `told` is what reactions tell of it.
    """

    from_stage: str
    to_stage: str
    kind: str
    row: Mapping[str, Any]
    beside: tuple[Any, ...] = ()
    told: Mapping[str, Any] = field(default_factory=dict)


def start(record_type: RecordType, record_id: int, *, actor: Actor) -> str:
    """Begin at the current version's first stage; gives the stage, or "" without a process."""
    version = blueprints.current_of(record_type.key)
    if version is None:
        return ""
    stage = version.blueprint.initial
    Instance.objects.create(record_id=record_id, version_id=version.version_id, stage=stage)
    Visit.objects.create(
        record_id=record_id, stage=stage, kind=VisitKind.START, entered_by_id=actor.user_id
    )
    record_type.model._default_manager.filter(pk=record_id).update(
        stage=stage, stage_entered_at=Now()
    )
    return stage


def advance(record_type: RecordType, record_id: int, ask: Ask, *, actor: Actor) -> Moved:
    """Move a record, if its lock is open.

    Raises StageLocked with every missing item, MoveNotAllowed, StepBackNeedsReason,
    OutcomeReasonRequired, RecordRemoved or EditConflict; then nothing is written but the blocked
    attempt, which the edge records after it has rolled back.
    """
    running = reading.read_running(record_type, record_id, to_stage=ask.to_stage, for_update=True)
    return advance_running(running, ask, actor=actor)


def advance_running(running: Running, ask: Ask, *, actor: Actor) -> Moved:
    """The same for a record that was read, under its lock, for this very move."""
    if running.is_removed:
        raise RecordRemoved({"id": running.record_id})
    if ask.expected_version is not None and ask.expected_version != running.row_version:
        raise EditConflict(
            {
                "version": running.row_version,
                "conflict": [{"field": "stage", "yours": ask.to_stage, "theirs": running.stage}],
            }
        )
    decision, exception = _decide(running, ask)
    if isinstance(decision, Allowed):
        return _apply(running, decision, ask, exception, actor=actor)
    raise refused(running, ask, decision.as_refusal(), actor=actor)


def refused(running: Running, ask: Ask, refusal: Refusal, *, actor: Actor) -> Refusal:
    """The refusal of a move, carrying the blocked attempt that is recorded after the rollback."""
    happening = Happening(
        verb="process.move_blocked",
        record_id=running.record_id,
        record_type=running.record_type.key,
        unit_id=running.unit_id,
        data={
            "code": refusal.code,
            "from": running.stage,
            "to": ask.to_stage,
            "via": ask.via,
            "blueprint": running.version.key,
            "version": running.version.number,
            "missing": refusal.data.get("missing", []),
        },
    )
    told = happening.data["missing"]
    hidden = pool.untold_fields(
        running.record_type.key,
        org.access_of(actor),
        owner_id=running.owner_id,
        unit_id=running.unit_id,
    )
    rows = [missing.as_row(item, hidden=hidden) for item in told]
    refusal.data["missing"] = approving.with_links(
        rows, running.record_id, running.stage, ask.to_stage
    )
    return work.with_aftermath(refusal, lambda: _record(happening, actor))


def decide_with_reasons(
    running: Running, *, to_stage: str, reason: str
) -> Allowed | Blocked | Refused:
    """What the gates say of a move, whatever outcome reason would be told with it."""
    for preview in stages.preview_moves(
        running.version.compiled,
        InstanceState(stage=running.stage, visited=frozenset()),
        running.facts,
        now=timezone.localtime(running.now),
    ):
        if preview.move.to_stage == to_stage:
            return preview.decision
    ask = Ask(to_stage=to_stage, via="exception", reason=reason)
    return _ask_engine(running, ask, visited=frozenset(), exception=None)


def decide(running: Running, ask: Ask) -> Allowed | Blocked | Refused:
    """What the gates say of a move now, with every exception that was granted for it."""
    return _decide(running, ask)[0]


def tick(record_id: int, item: str, *, is_ticked: bool, actor: Actor) -> None:
    """Tick a checklist item (<stage>.<item>) of a record, or take the tick back.

    Raises UnknownItem where the record's version has no such item.
    """
    instance = _locked_instance(record_id)
    version = blueprints.loaded(instance.version_id) if instance else None
    if instance is None or version is None or item not in _checklist_items(version):
        raise errors.UnknownItem({"item": item})
    if is_ticked:
        _, changed = Tick.objects.get_or_create(
            record_id=record_id, item=item, defaults={"ticked_by_id": actor.user_id}
        )
    else:
        changed = bool(Tick.objects.filter(record_id=record_id, item=item).delete()[0])
    if changed:
        verb = "process.item_ticked" if is_ticked else "process.item_unticked"
        _record_on(instance, verb, {"item": item}, actor)


def wait(record_id: int, reason: str | None, *, actor: Actor) -> None:
    """Mark that a record waits for the world outside (None: it waits no longer).

    Raises NoProcess, UnknownWaitingReason. Waiting for the same again goes on from before.
    """
    instance = _locked_instance(record_id)
    if instance is None:
        raise errors.NoProcess({"id": record_id})
    stage = blueprints.loaded(instance.version_id).blueprint.stage(instance.stage)
    if reason is not None and reason not in {option.key for option in stage.waiting_reasons}:
        raise errors.UnknownWaitingReason(
            {"given": reason, "allowed": [option.key for option in stage.waiting_reasons]}
        )
    if instance.waiting_reason == (reason or ""):
        return
    now = timezone.now()
    if instance.waiting_since is not None:
        instance.waited_s += round((now - instance.waiting_since).total_seconds())
    instance.waiting_reason = reason or ""
    instance.waiting_since = now if reason else None
    instance.save(update_fields=["waiting_reason", "waiting_since", "waited_s"])
    verb = "process.waiting_started" if reason else "process.waiting_ended"
    _record_on(instance, verb, {"stage": instance.stage, "reason": reason}, actor)


def _locked_instance(record_id: int) -> Instance | None:
    locked = Instance.objects.select_for_update(of=("self",)).select_related("record")
    return locked.filter(pk=record_id).first()


def _record_on(instance: Instance, verb: str, data: dict[str, Any], actor: Actor) -> None:
    record = instance.record
    happening = Happening(
        verb=verb,
        record_id=record.pk,
        record_type=record.type,
        unit_id=record.unit_id,
        data=data,
    )
    _record(happening, actor)


def _record(happening: Happening, actor: Actor) -> None:
    activity.record(happening, actor=actor)


def _checklist_items(version: Loaded) -> set[str]:
    return {f"{stage.key}.{item.key}" for stage in version.stages for item in stage.checklist}


def _decide(
    running: Running, ask: Ask
) -> tuple[Allowed | Blocked | Refused, ExceptionRequest | None]:
    decision = _ask_engine(running, ask, visited=frozenset(), exception=None)
    if isinstance(decision, Refused) and decision.data.get("why") == "stage_never_visited":
        visited = reading.visited_stages(running.record_id)
        return _ask_engine(running, ask, visited=visited, exception=None), None
    if not isinstance(decision, Blocked):
        return decision, None
    requests = ExceptionRequest.objects.filter(
        record_id=running.record_id,
        to_stage=ask.to_stage,
        from_stage=running.stage,
        version_id=running.version.version_id,
        state=ExceptionState.GRANTED,
    )
    # The newest first: an older one may lack what has come to be missing since.
    for request in requests.order_by("-id"):
        granted = _ask_engine(running, ask, visited=frozenset(), exception=_leave(request, running))
        if isinstance(granted, Allowed):
            return granted, request
    return decision, None


def _leave(request: ExceptionRequest, running: Running) -> GrantedException:
    return GrantedException(
        id=str(request.pk),
        blueprint=running.version.key,
        version=running.version.number,
        from_stage=request.from_stage,
        to_stage=request.to_stage,
        item_keys=frozenset(request.items),
    )


def _ask_engine(
    running: Running, ask: Ask, *, visited: frozenset[str], exception: GrantedException | None
) -> Allowed | Blocked | Refused:
    return stages.decide_advance(
        running.version.compiled,
        InstanceState(stage=running.stage, visited=visited),
        running.facts,
        to_stage=ask.to_stage,
        now=timezone.localtime(running.now),
        reason=ask.reason,
        outcome_reason=ask.outcome_reason,
        exception=exception,
    )


# One statement: `entered` reads `closed`, so that a visit ends before the next one begins.
_APPLY = """
WITH moved AS (
    UPDATE process_instance SET stage = %(to)s, entered_at = %(now)s, moves = moves + 1,
        outcome_reason = %(outcome)s, waiting_reason = '', waiting_since = NULL, waited_s = 0
    WHERE record_id = %(id)s
), closed AS (
    UPDATE process_visit SET left_at = %(now)s
    WHERE record_id = %(id)s AND left_at IS NULL RETURNING id
), entered AS (
    INSERT INTO process_visit (record_id, stage, kind, entered_at, entered_by_id, reason)
    SELECT %(id)s, %(to)s, %(kind)s, %(now)s, %(actor)s::bigint, %(reason)s
    FROM (SELECT count(*) FROM closed) AS first
), noted AS (
    INSERT INTO activity_entry
        (at, verb, actor_id, actor_kind, record_id, record_type, unit_id, data)
    VALUES (%(now)s, %(verb)s, %(actor)s::bigint, %(actor_kind)s, %(id)s, %(type)s,
        %(unit)s::bigint, %(data)s::jsonb)
)
UPDATE {table} SET stage = %(to)s, stage_entered_at = %(now)s, version = version + 1,
    updated_at = %(now)s, last_activity_at = %(now)s
WHERE id = %(id)s
"""


@cache
def _apply_sql(table: str) -> str:
    return _APPLY.replace("{table}", table)


def _apply(
    running: Running,
    decision: Allowed,
    ask: Ask,
    exception: ExceptionRequest | None,
    *,
    actor: Actor,
) -> Moved:
    entered = _entered(running, decision, ask)
    write = Statement(
        _apply_sql(running.record_type.table),
        {
            "id": running.record_id,
            "to": ask.to_stage,
            "now": running.now,
            "outcome": decision.outcome_reason or "",
            "kind": decision.kind.value,
            "reason": decision.reason or "",
            "actor": actor.user_id,
            "actor_kind": actor.kind.value,
            "verb": entered.verb,
            "type": running.record_type.key,
            "unit": running.unit_id,
            "data": jsontext.dumped(entered.data).decode(),
        },
    )
    travelling = reactions.writes(entered, running.followers, actor=actor)
    statements.later(write, *travelling.statements)
    has_followed = reactions.follow([entered], actor=actor, done=travelling.done)
    if exception is not None and decision.excepted:
        ExceptionRequest.objects.filter(pk=exception.pk).update(
            state=ExceptionState.USED, decided_at=exception.decided_at or Now()
        )
    return Moved(
        from_stage=running.stage,
        to_stage=ask.to_stage,
        kind=decision.kind.value,
        row=_row_after(running, ask),
        beside=running.beside,
        told={} if has_followed else travelling.told,
    )


def _row_after(running: Running, ask: Ask) -> Mapping[str, Any]:
    """The row as the write leaves it: nobody else can change it between, for it is locked."""
    if not running.row:
        return {}
    return {
        **running.row,
        "stage": ask.to_stage,
        "stage_entered_at": running.now,
        "version": running.row_version + 1,
        "updated_at": running.now,
        "last_activity_at": running.now,
    }


def _entered(running: Running, decision: Allowed, ask: Ask) -> Happening:
    """The entry of a move; how long the record stayed, without waiting for others (C12)."""
    stayed_s = (running.now - running.entered_at).total_seconds()
    data: dict[str, Any] = {
        "from": running.stage,
        "to": ask.to_stage,
        "kind": decision.kind.value,
        "via": ask.via,
        "version": running.version.number,
        "reason": decision.reason,
        "outcome_reason": decision.outcome_reason,
        "stayed_s": round(stayed_s - running.waited_s),
    }
    if running.waited_s:
        data["waited_s"] = round(running.waited_s)
    if decision.excepted:
        data["excepted"] = [item.item_key for item in decision.excepted]
        data["exception_id"] = decision.exception_id
    return Happening(
        verb=f"{running.record_type.key}.stage_entered",
        record_id=running.record_id,
        record_type=running.record_type.key,
        unit_id=running.unit_id,
        data=data,
        at=running.now,
    )
