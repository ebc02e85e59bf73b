"""Saving, sharing, pinning and removing views."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.desk import errors, listing, queries
from closeloop.desk.models import SavedView
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Capability
from closeloop.records.types import registry

CHANGEABLE = ("name", "kind", "columns", "filter", "sort", "visibility", "is_default", "position")


def create_view(values: Mapping[str, Any], *, actor: Actor) -> SavedView:
    """Save a view. Sharing it with everyone needs the capability views.share.

    Raises ViewNameTaken, FilterInvalid, SortUnknown, NotAllowed.
    """
    _check_sharing(values.get("visibility", "private"), actor)
    _check_readable(values["record_type"], values, actor)
    view = SavedView(
        record_type=values["record_type"],
        owner_id=actor.person_id,
        unit_id=org.access_of(actor).home_unit_id,
        **{key: values[key] for key in CHANGEABLE if key in values},
    )
    _save(view)
    _record("view.saved", view, actor)
    return view


def change_view(
    view_id: int, values: Mapping[str, Any], *, expected_version: int | None, actor: Actor
) -> SavedView:
    """Change one's own view. Raises ViewNotYours, EditConflict."""
    view = _own(view_id, actor)
    queries.require_view_version(view, expected_version)
    _check_sharing(values.get("visibility", view.visibility), actor)
    _check_readable(view.record_type, values, actor)
    for key in CHANGEABLE:
        if key in values:
            setattr(view, key, values[key])
    view.version += 1
    _save(view)
    _record("view.changed", view, actor)
    return view


def pin_view(view_id: int, *, is_pinned: bool, actor: Actor) -> SavedView:
    """Pin a view to one's own tabs, or take it off."""
    view = queries.visible_view(view_id, actor=actor)
    pins = set(view.pinned_by) - {actor.person_id}
    if is_pinned:
        pins.add(actor.person_id)
    view.pinned_by = sorted(pins)
    view.save(update_fields=["pinned_by"])
    return view


def remove_view(view_id: int, *, actor: Actor) -> None:
    """Remove one's own view."""
    view = _own(view_id, actor)
    _record("view.removed", view, actor)
    view.delete()


def _own(view_id: int, actor: Actor) -> SavedView:
    view = queries.visible_view(view_id, actor=actor)
    if view.owner_id != actor.user_id:
        raise errors.ViewNotYours({"id": view_id})
    return view


def _check_sharing(visibility: str, actor: Actor) -> None:
    if visibility == "everyone":
        org.access_of(actor).require_capability(Capability.SHARE_VIEWS)


def _check_readable(type_key: str, values: Mapping[str, Any], actor: Actor) -> None:
    listing.require_readable(
        registry.get(type_key), values.get("filter"), values.get("sort") or "", org.access_of(actor)
    )


def _save(view: SavedView) -> None:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as error:
        raise errors.ViewNameTaken({"name": view.name}) from error


def _record(verb: str, view: SavedView, actor: Actor) -> None:
    data = {"view": view.pk, "name": view.name, "visibility": view.visibility}
    activity.record(Happening(verb=verb, record_type=view.record_type, data=data), actor=actor)
