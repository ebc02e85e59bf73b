"""Saving, changing, pinning and removing views of figures."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge.etags import EditConflict
from closeloop.identity.actor import Actor
from closeloop.metrics.models import FigureView, Sharing
from closeloop.metrics.saved import errors, queries
from closeloop.org import queries as org
from closeloop.org.access import Capability


def save(name: str, document: Mapping[str, Any], *, sharing: str, actor: Actor) -> FigureView:
    """Keep a view. Sharing it with everyone needs views.share.

    Raises MetricInvalid, FigureViewNameTaken, NotAllowed.
    """
    _check_sharing(sharing, actor)
    view = FigureView(
        owner_id=actor.person_id,
        unit_id=org.access_of(actor).home_unit_id,
        name=name,
        document=queries.read(document).document(),
        sharing=sharing,
    )
    _write(view)
    _record("figure_view.saved", view, actor)
    return view


def change(
    view_id: int,
    name: str,
    document: Mapping[str, Any],
    *,
    sharing: str,
    expected_version: int,
    actor: Actor,
) -> FigureView:
    """Change one's own view.

    Raises FigureViewNotFound, FigureViewNotYours, EditConflict, MetricInvalid, NotAllowed.
    """
    view = _own(view_id, actor)
    if view.version != expected_version:
        raise EditConflict({"version": view.version, "conflict": []})
    if sharing != view.sharing:
        _check_sharing(sharing, actor)
    view.name, view.sharing = name, sharing
    view.document = queries.read(document).document()
    view.unit_id = org.access_of(actor).home_unit_id
    view.version += 1
    _write(view)
    _record("figure_view.changed", view, actor)
    return view


def pin(view_id: int, *, is_pinned: bool, actor: Actor) -> FigureView:
    """Keep a view at the top of one's own list, or no longer. Raises FigureViewNotFound."""
    queries.visible_view(view_id, actor=actor)
    view = (
        FigureView.objects.select_for_update(of=("self",)).select_related("owner").get(pk=view_id)
    )
    others = set(view.pinned_by) - {actor.person_id}
    view.pinned_by = sorted(others | {actor.person_id} if is_pinned else others)
    view.save(update_fields=["pinned_by"])
    return view


def remove(view_id: int, *, actor: Actor) -> None:
    """Remove one's own view. Raises FigureViewNotFound, FigureViewNotYours."""
    view = _own(view_id, actor)
    _record("figure_view.removed", view, actor)
    view.delete()


def _own(view_id: int, actor: Actor) -> FigureView:
    if queries.visible_view(view_id, actor=actor).owner_id != actor.user_id:
        raise errors.FigureViewNotYours({"id": view_id})
    return (
        FigureView.objects.select_for_update(of=("self",)).select_related("owner").get(pk=view_id)
    )


def _check_sharing(sharing: str, actor: Actor) -> None:
    if sharing == Sharing.EVERYONE:
        org.access_of(actor).require_capability(Capability.SHARE_VIEWS)


def _write(view: FigureView) -> None:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as error:
        raise errors.FigureViewNameTaken({"name": view.name}) from error


def _record(verb: str, view: FigureView, actor: Actor) -> None:
    data = {"view": view.pk, "name": view.name, "sharing": view.sharing}
    activity.record(Happening(verb=verb, data=data), actor=actor)
