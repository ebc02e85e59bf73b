"""One record: create, read, change, remove, restore, relatives, timeline; and bulk changes."""

from collections.abc import Mapping
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Schema, Status
from pydantic import Field

from closeloop.desk import actions, details, listing, presenting, related, timeline
from closeloop.desk.actions import BulkAsk, MoveAsk
from closeloop.desk.actions.bulk import MOST
from closeloop.desk.api.asking import RecordId, language
from closeloop.desk.api.routing import router
from closeloop.desk.naming import Names
from closeloop.desk.presenting import Clocks
from closeloop.desk.queries import visible_columns, visible_row
from closeloop.desk.reader import reader_of
from closeloop.desk.schemas import (
    BulkIn,
    BulkOut,
    RecordChange,
    RecordDetail,
    RecordIn,
    RecordOut,
    RelatedGroup,
    Timeline,
)
from closeloop.edge import etags, messages
from closeloop.identity.actor import SYSTEM, Actor
from closeloop.identity.queries import actor_of
from closeloop.org import queries as org
from closeloop.records.models import Record
from closeloop.records.types import RecordType, registry


class TimelineQuery(Schema):
    """Which part of a record's history."""

    cursor: str | None = Field(None, max_length=1000)
    kinds: str = Field("", max_length=200)
    limit: int = Field(30, ge=1, le=100)


def shown(type_key: str, record_id: int, actor: Actor, response: HttpResponse) -> dict[str, Any]:
    """A record as its reader sees it, with its ETag."""
    record_type = registry.get(type_key)
    row = visible_columns(record_type, record_id, actor=actor)
    return presented(record_type, row, actor, response)


def written(type_key: str, record_id: int, actor: Actor, response: HttpResponse) -> dict[str, Any]:
    """The same for who has just written it, even where handing it over put it out of reach."""
    record_type = registry.get(type_key)
    row = visible_columns(record_type, record_id, actor=SYSTEM)
    return presented(record_type, row, actor, response)


def presented(
    record_type: RecordType,
    row: Mapping[str, Any],
    actor: Actor,
    response: HttpResponse,
    *,
    names: Names | None = None,
    clocks: Clocks | None = None,
) -> dict[str, Any]:
    """A row that was read, as its reader sees it, with its ETag."""
    response["ETag"] = etags.etag(row["version"])
    access = org.access_of(actor)
    return presenting.present(record_type, [row], access, names=names, clocks=clocks)[0]


@router.post(
    "/records/{record_type}",
    permission="record:create",
    response={200: RecordOut, 201: RecordOut},
)
def create_record(
    request: HttpRequest, response: HttpResponse, record_type: str, payload: RecordIn
) -> Any:
    """Make a record. 200: a program has brought what is there already; it was added to."""
    actor = actor_of(request)
    brought = actions.bring_record(record_type, payload.values, actor=actor, owner_id=payload.owner)
    shown_now = written(record_type, brought.record_id, actor, response)
    return Status(201 if brought.is_new else 200, shown_now)


@router.post("/records/{record_type}/bulk", permission="record:edit", response=BulkOut)
def change_many_records(request: HttpRequest, record_type: str, payload: BulkIn) -> Any:
    """The same change for many records; each passes its own gates and rules."""
    actor = actor_of(request)
    ids = payload.ids
    if ids is None:
        ask = listing.Ask(
            filter=payload.filter, q=payload.q, stage=payload.stage, mine=payload.mine
        )
        kind = registry.get(record_type)
        ids = listing.matching_ids(kind, ask, org.access_of(actor), at_most=MOST)
    result = actions.change_many(
        record_type,
        ids,
        BulkAsk(
            action=payload.action,
            values=payload.values,
            owner_id=payload.owner,
            to_stage=payload.to_stage,
            reason=payload.reason,
            outcome_reason=payload.outcome_reason,
        ),
        actor=actor,
    )
    speech = language(request)
    titles = dict(
        Record.objects.filter(pk__in=[key for key, _ in result.refused]).values_list("pk", "title")
    )
    return {
        "done": result.done,
        "refused": [
            {
                "id": key,
                "title": titles.get(key, "—") if refusal.code != "record_not_found" else "—",
                "code": refusal.code,
                "detail": messages.say(refusal.code, speech, refusal.data),
                "missing": [
                    details.with_message(item, speech)
                    for item in refusal.data.get("missing", [])  # type: ignore[attr-defined]
                ],
            }
            for key, refusal in result.refused
        ],
    }


@router.get("/records/{record_type}/{record_id}", permission="record:read", response=RecordDetail)
def read_record(
    request: HttpRequest, response: HttpResponse, record_type: str, record_id: RecordId
) -> Any:
    """A record with its path, its moves and what keeps them shut."""
    actor = actor_of(request)
    record = shown(record_type, record_id, actor, response)
    untold = frozenset(record["masked"])
    page = details.page_of(registry.get(record_type), record_id, reader_of(request), untold=untold)
    return {**record, **page}


@router.patch("/records/{record_type}/{record_id}", permission="record:edit", response=RecordOut)
def change_record(
    request: HttpRequest,
    response: HttpResponse,
    record_type: str,
    record_id: RecordId,
    payload: RecordChange,
) -> Any:
    """Change values, owner or stage; a stage goes through its gates here as anywhere."""
    actor = actor_of(request)
    version = etags.required_version(request)
    values = dict(payload.values)
    stage = payload.stage or values.pop("stage", None)
    if values or not (stage or payload.owner):
        version = actions.change_record(
            record_type, record_id, values, expected_version=version, actor=actor
        )
    if payload.owner is not None:
        version = actions.assign_record(
            record_type, record_id, owner_id=payload.owner, actor=actor, expected_version=version
        )
    if stage is not None:
        ask = MoveAsk(
            to_stage=str(stage),
            via="patch",
            reason=payload.reason,
            outcome_reason=payload.outcome_reason,
            expected_version=version,
        )
        actions.move_record(record_type, record_id, ask, actor=actor)
    return written(record_type, record_id, actor, response)


@router.delete(
    "/records/{record_type}/{record_id}",
    permission="record:delete",
    response={204: None},
)
def remove_record(request: HttpRequest, record_type: str, record_id: RecordId) -> Any:
    """Remove a record; it can be restored."""
    actions.remove_record(
        record_type,
        record_id,
        expected_version=etags.given_version(request),
        actor=actor_of(request),
    )
    return Status(204, None)


@router.post(
    "/records/{record_type}/{record_id}/restore",
    permission="record:delete",
    response=RecordOut,
)
def restore_record(
    request: HttpRequest, response: HttpResponse, record_type: str, record_id: RecordId
) -> Any:
    """Bring a removed record back."""
    actor = actor_of(request)
    actions.restore_record(record_type, record_id, actor=actor)
    return shown(record_type, record_id, actor, response)


@router.get(
    "/records/{record_type}/{record_id}/related",
    permission="record:read",
    response=list[RelatedGroup],
)
def read_related(request: HttpRequest, record_type: str, record_id: RecordId) -> Any:
    """Records that belong to this one, and to its customer."""
    return related.related_to(record_type, record_id, actor=actor_of(request))


@router.get(
    "/records/{record_type}/{record_id}/timeline",
    permission="record:read",
    response=Timeline,
)
def read_timeline(
    request: HttpRequest,
    record_type: str,
    record_id: RecordId,
    given: Annotated[TimelineQuery, Query()],
) -> Any:
    """What happened, newest first; `kinds` is a comma list of moves, blocked, changes, …"""
    actor = actor_of(request)
    visible_row(registry.get(record_type), record_id, actor=actor, with_deleted=True)
    items, more = timeline.timeline_of(
        record_id,
        record_type=record_type,
        cursor=given.cursor,
        kinds=[kind for kind in given.kinds.split(",") if kind],
        limit=given.limit,
        reader=reader_of(request),
    )
    return {"items": [vars(item) for item in items], "next_cursor": more}
