"""Merging leads, undoing it, and the list of doubtful merges."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Schema, Status
from pydantic import Field

from closeloop.edge.problems import language_of
from closeloop.edge.router import Router
from closeloop.identity.queries import actor_of
from closeloop.leads.merging import actions, presenting, queries, schemas
from closeloop.leads.merging.actions import MergeAsk
from closeloop.org.access import Capability
from closeloop.records import queries as records

router = Router(tags=["leads"])
WATCH = f"admin:{Capability.MANAGE_CAPTURE}|{Capability.READ_AUDIT}"
Id = Annotated[int, Path(ge=1, lt=2**63)]


class PreviewQuery(Schema):
    """The other leads."""

    others: str = Field("", max_length=400, pattern=r"^[\d,]*$")


class MergesQuery(Schema):
    """Which part of the merges."""

    doubtful: bool = True
    cursor: str | None = Field(None, max_length=1000)
    limit: int = Field(30, ge=1, le=100)


@router.get(
    "/leads/{lead_id}/candidates",
    permission="record:read:lead",
    response=list[schemas.MergeCandidate],
)
def list_merge_candidates(request: HttpRequest, lead_id: Id) -> Any:
    """Other leads that may be the same person."""
    actor = actor_of(request)
    found = queries.candidates(lead_id, actor=actor)
    return presenting.candidates(found, actor=actor, language=language_of(request))


@router.get(
    "/leads/{lead_id}/merge-preview",
    permission="record:read:lead",
    response=schemas.MergePreview,
)
def preview_merge(
    request: HttpRequest, lead_id: Id, asked: Annotated[PreviewQuery, Query()]
) -> Any:
    """Several leads side by side, this one as the one that stays."""
    others = [int(each) for each in asked.others.split(",") if each and int(each) < 2**63]
    return presenting.preview(
        [lead_id, *others[: actions.MOST]], actor=actor_of(request), language=language_of(request)
    )


@router.post(
    "/leads/{lead_id}/merge",
    permission="record:edit:lead",
    response={201: schemas.MergeOut},
)
def merge_leads(
    request: HttpRequest, lead_id: Id, payload: schemas.MergeIn
) -> Status[dict[str, Any]]:
    """Make several leads one; this one stays."""
    ask = MergeAsk(
        winner_id=lead_id,
        loser_ids=tuple(payload.losers),
        choices=payload.choices,
        why=payload.why,
    )
    row = actions.merge(ask, actor=actor_of(request))
    return Status(201, _shown(request, row.pk))


@router.post(
    "/leads/merges/{merge_id}/undo", permission="record:edit:lead", response=schemas.MergeOut
)
def undo_merge(request: HttpRequest, merge_id: Id) -> Any:
    """Undo a merge: the removed leads are back."""
    actions.unmerge(merge_id, actor=actor_of(request))
    return _shown(request, merge_id)


@router.get(
    "/leads/{lead_id}/merges", permission="record:read:lead", response=list[schemas.MergeOut]
)
def list_merges_of_lead(request: HttpRequest, lead_id: Id) -> Any:
    """Every merge into a lead, and the one by which it went away."""
    actor = actor_of(request)
    records.visible_record(lead_id, actor=actor, record_type="lead", with_deleted=True)
    judged = queries.with_signs(queries.merges_of(lead_id))
    return presenting.merges(judged, actor=actor, language=language_of(request))


@router.get("/leads/merges", permission=WATCH, response=schemas.MergePage)
def list_merges(request: HttpRequest, asked: Annotated[MergesQuery, Query()]) -> Any:
    """Merges with what looks doubtful about them (K08), the newest first."""
    judged, more = queries.merges(
        is_doubtful=asked.doubtful, cursor=asked.cursor, limit=asked.limit
    )
    shown = presenting.merges(judged, actor=actor_of(request), language=language_of(request))
    return {"items": shown, "next_cursor": more}


def _shown(request: HttpRequest, merge_id: int) -> dict[str, Any]:
    row = queries.merge_of(merge_id)
    judged = queries.with_signs([row] if row else [])
    return presenting.merges(judged, actor=actor_of(request), language=language_of(request))[0]
