"""Saved views of figures over HTTP. Whoever opens one sees his own figures in it."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Status

from closeloop.edge import etags
from closeloop.edge.router import SIGNED_IN, Router
from closeloop.identity.actor import Actor
from closeloop.identity.queries import actor_of
from closeloop.metrics.models import FigureView
from closeloop.metrics.saved import actions, queries
from closeloop.metrics.saved.schemas import (
    FigureViewIn,
    FigureViewList,
    FigureViewOut,
    FigureViewPin,
)
from closeloop.metrics.schemas import Id

router = Router(tags=["metrics"])
ViewId = Annotated[Id, Path()]


@router.get("/figure-views", permission=SIGNED_IN, response=FigureViewList)
def list_figure_views(request: HttpRequest) -> dict[str, Any]:
    """One's own views of figures and those shared with one."""
    actor = actor_of(request)
    return {"items": [_told(each, actor) for each in queries.visible(actor=actor)]}


@router.post("/figure-views", permission=SIGNED_IN, response={201: FigureViewOut})
def save_figure_view(request: HttpRequest, payload: FigureViewIn) -> Status[dict[str, Any]]:
    """Keep a view of a figure under a name."""
    actor = actor_of(request)
    view = actions.save(payload.name, _document(payload), sharing=payload.sharing, actor=actor)
    return Status(201, _told(view, actor))


@router.put("/figure-views/{view_id}", permission=SIGNED_IN, response=FigureViewOut)
def change_figure_view(
    request: HttpRequest, view_id: ViewId, payload: FigureViewIn
) -> dict[str, Any]:
    """Change one's own view."""
    actor = actor_of(request)
    view = actions.change(
        view_id, payload.name, _document(payload), sharing=payload.sharing,
        expected_version=etags.required_version(request), actor=actor,
    )  # fmt: skip
    return _told(view, actor)


@router.put("/figure-views/{view_id}/pin", permission=SIGNED_IN, response=FigureViewOut)
def pin_figure_view(
    request: HttpRequest, view_id: ViewId, payload: FigureViewPin
) -> dict[str, Any]:
    """Keep a view at the top of one's own list, or no longer."""
    actor = actor_of(request)
    return _told(actions.pin(view_id, is_pinned=payload.pinned, actor=actor), actor)


@router.delete("/figure-views/{view_id}", permission=SIGNED_IN, response={204: None})
def remove_figure_view(request: HttpRequest, view_id: ViewId) -> Status[None]:
    """Remove one's own view."""
    actions.remove(view_id, actor=actor_of(request))
    return Status(204, None)


def _document(payload: FigureViewIn) -> dict[str, Any]:
    return payload.document.model_dump(mode="json")


def _told(view: FigureView, actor: Actor) -> dict[str, Any]:
    return {
        "id": view.pk,
        "name": view.name,
        "document": view.document,
        "sharing": view.sharing,
        "owner": view.owner.name,
        "mine": view.owner_id == actor.user_id,
        "pinned": actor.user_id in view.pinned_by,
        "version": view.version,
    }
