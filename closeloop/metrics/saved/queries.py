"""Which saved views somebody finds."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Q

from closeloop.engine.metrics import View, read_view
from closeloop.identity.actor import Actor
from closeloop.metrics import definitions, presenting
from closeloop.metrics.models import FigureView, Sharing
from closeloop.metrics.saved import errors
from closeloop.org import queries as org


def visible(*, actor: Actor) -> Sequence[FigureView]:
    """One's own and those shared with one: pinned ones first, then by name."""
    found = FigureView.objects.filter(_shared_with(actor)).select_related("owner")
    return sorted(found, key=lambda each: (actor.user_id not in each.pinned_by, each.name, each.pk))


def visible_view(view_id: int, *, actor: Actor) -> FigureView:
    """A view of one's own, or one shared with one. Raises FigureViewNotFound."""
    found = FigureView.objects.filter(_shared_with(actor), pk=view_id).select_related("owner")
    view = found.first()
    if view is None:
        raise errors.FigureViewNotFound({"id": view_id})
    return view


def read(document: Mapping[str, Any]) -> View:
    """The view of a document by the metrics that hold. Raises MetricInvalid."""
    return read_view(document, metrics=dimensions())


def dimensions() -> Mapping[str, Collection[str]]:
    """Every metric with what it can be broken down by."""
    held = definitions.book().metrics
    return {key: presenting.metric(each)["dimensions"] for key, each in held.items()}


def _shared_with(actor: Actor) -> Q:
    home = org.access_of(actor).home_unit_id
    own = Q(owner_id=actor.user_id) | Q(sharing=Sharing.EVERYONE)
    return own if home is None else own | Q(sharing=Sharing.UNIT, unit_id__in=org.units_above(home))
