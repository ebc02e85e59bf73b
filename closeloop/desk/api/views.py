"""Saved views."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Status

from closeloop.desk import actions, queries
from closeloop.desk.api.asking import RecordId
from closeloop.desk.api.routing import router
from closeloop.desk.models import SavedView
from closeloop.desk.schemas import ViewChange, ViewIn, ViewOut
from closeloop.edge import etags
from closeloop.edge.router import SIGNED_IN
from closeloop.identity.actor import Actor
from closeloop.identity.queries import actor_of


def _row(view: SavedView, actor: Actor) -> dict[str, Any]:
    return {
        "id": view.pk,
        "record_type": view.record_type,
        "name": view.name,
        "kind": view.kind,
        "columns": view.columns,
        "filter": view.filter,
        "sort": view.sort,
        "visibility": view.visibility,
        "is_default": view.is_default,
        "pinned": actor.user_id in view.pinned_by,
        "mine": view.owner_id == actor.user_id,
        "owner": view.owner.name,
        "version": view.version,
    }


@router.get("/views", permission=SIGNED_IN, response=list[ViewOut])
def list_views(
    request: HttpRequest, record_type: Annotated[str | None, Query(max_length=100)] = None
) -> Any:
    """One's own views and those shared with one, pinned ones first."""
    actor = actor_of(request)
    return [_row(view, actor) for view in queries.visible_views(record_type, actor=actor)]


@router.post("/views", permission=SIGNED_IN, response={201: ViewOut})
def create_view(request: HttpRequest, payload: ViewIn) -> Any:
    """Save a view."""
    actor = actor_of(request)
    return Status(201, _row(actions.create_view(payload.dict(), actor=actor), actor))


@router.patch("/views/{view_id}", permission=SIGNED_IN, response=ViewOut)
def change_view(request: HttpRequest, view_id: RecordId, payload: ViewChange) -> Any:
    """Change one's own view, or pin any view to one's tabs."""
    actor = actor_of(request)
    given = payload.dict(exclude_unset=True)
    values = {key: value for key, value in given.items() if value is not None or key == "filter"}
    pinned = values.pop("pinned", None)
    if pinned is not None:
        view = actions.pin_view(view_id, is_pinned=pinned, actor=actor)
    if values or pinned is None:
        view = actions.change_view(
            view_id, values, expected_version=etags.given_version(request), actor=actor
        )
    return _row(view, actor)


@router.delete("/views/{view_id}", permission=SIGNED_IN, response={204: None})
def remove_view(request: HttpRequest, view_id: RecordId) -> Any:
    """Remove one's own view."""
    actions.remove_view(view_id, actor=actor_of(request))
    return Status(204, None)
