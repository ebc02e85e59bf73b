"""Moving a record through its stages, its checklist, and waiting for the world outside."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Status

from closeloop.desk import actions, columns, details, naming
from closeloop.desk.actions import MoveAsk
from closeloop.desk.api.asking import RecordId
from closeloop.desk.api.records import presented
from closeloop.desk.api.routing import router
from closeloop.desk.queries import locked_row, visible_row
from closeloop.desk.reader import reader_of
from closeloop.desk.schemas import (
    ApprovalAsked,
    ChecklistRow,
    MoveApprovalIn,
    MoveIn,
    MoveOut,
    RecordOut,
    TickIn,
    WaitingIn,
)
from closeloop.edge import etags
from closeloop.identity.queries import actor_of
from closeloop.org.access import Verb
from closeloop.pool import rights as pool
from closeloop.process import actions as process
from closeloop.process import queries
from closeloop.process.actions.approving import Approval
from closeloop.records.types import registry
from closeloop.sla import queries as clocks

ROOT = "/records/{record_type}/{record_id}"


@router.get(f"{ROOT}/moves", permission="record:read", response=list[MoveOut])
def list_moves(request: HttpRequest, record_type: str, record_id: RecordId) -> Any:
    """Every move from here, with every item that keeps it shut."""
    kind = registry.get(record_type)
    row = visible_row(kind, record_id, actor=actor_of(request))
    _, previews = queries.previews(kind, record_id)
    reader = reader_of(request)
    place = {"owner_id": row.owner_id, "unit_id": row.unit_id}
    untold = pool.untold_fields(record_type, reader.access, **place)
    return [
        details.move_row(record_type, record_id, each, reader, untold=untold) for each in previews
    ]


@router.post(f"{ROOT}/move", permission="record:move", response=RecordOut, direct=True)
def move_record(
    request: HttpRequest,
    response: HttpResponse,
    record_type: str,
    record_id: RecordId,
    payload: MoveIn,
) -> Any:
    """Make a move with what its sheet collected: all, or nothing (423 with what is missing)."""
    actor = actor_of(request)
    ask = MoveAsk(
        to_stage=payload.to_stage,
        via=payload.via,
        reason=payload.reason,
        outcome_reason=payload.outcome_reason,
        values=payload.values,
        ticks=tuple(payload.ticks),
        expected_version=etags.given_version(request),
    )
    kind = registry.get(record_type)
    moved = actions.move_record(
        record_type, record_id, ask, actor=actor, beside=naming.beside(kind)
    )
    row = columns.with_extra(moved.row)
    names = naming.as_names(kind, row, moved.beside)
    nearest = clocks.nearest_after(record_id, record_type=record_type, told=moved.told)
    return presented(kind, row, actor, response, names=names, clocks=nearest)


@router.post(f"{ROOT}/move-approval", permission="record:move", response={201: ApprovalAsked})
def request_move_approval(
    request: HttpRequest, record_type: str, record_id: RecordId, payload: MoveApprovalIn
) -> Any:
    """Ask for the approval that a gate wants; granted, the move follows by itself."""
    ask = MoveAsk(
        to_stage=payload.to_stage,
        via="approval",
        reason=payload.reason,
        outcome_reason=payload.outcome_reason,
        values=payload.values,
        ticks=tuple(payload.ticks),
    )
    asked = Approval(
        comment=payload.comment, chosen=payload.chosen, form=payload.form, file_ids=payload.files
    )
    case = actions.request_approval(record_type, record_id, ask, asked, actor=actor_of(request))
    return Status(201, {"case_id": case.pk, "state": case.state, "link": f"/approvals/{case.pk}"})


@router.get(f"{ROOT}/checklist", permission="record:read", response=list[ChecklistRow])
def read_checklist(request: HttpRequest, record_type: str, record_id: RecordId) -> Any:
    """Every checklist item of the record's process."""
    visible_row(registry.get(record_type), record_id, actor=actor_of(request))
    return details.checklist_of(record_id)


@router.put(f"{ROOT}/checklist/{{item}}", permission="record:move", response=list[ChecklistRow])
def tick_item(
    request: HttpRequest,
    record_type: str,
    record_id: RecordId,
    item: Annotated[str, Path(max_length=200)],
    payload: TickIn,
) -> Any:
    """Tick a checklist item (<stage>.<item>), or take the tick back."""
    actor = actor_of(request)
    locked_row(registry.get(record_type), record_id, actor=actor, verb=Verb.MOVE)
    process.tick(record_id, item, is_ticked=payload.ticked, actor=actor)
    return details.checklist_of(record_id)


@router.post(f"{ROOT}/waiting", permission="record:move", response={204: None})
def set_waiting(
    request: HttpRequest, record_type: str, record_id: RecordId, payload: WaitingIn
) -> Any:
    """Say that the record waits for the world outside, or that it waits no longer."""
    actor = actor_of(request)
    locked_row(registry.get(record_type), record_id, actor=actor, verb=Verb.MOVE)
    process.wait(record_id, payload.reason, actor=actor)
    return Status(204, None)
