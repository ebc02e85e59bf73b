"""Folding units into regions: those right below the unit one looks at."""

from collections.abc import Mapping

from closeloop.edge.revisions import CachedByRevision
from closeloop.org.models import Unit, UnitClosure
from closeloop.org.queries.reaches import REVISION


def regions_below(base: int | None) -> Mapping[int, int]:
    """By unit, the one right below `base` (the company where None) that it belongs to.

    The base unit itself stands for itself.
    """
    top = base if base is not None else top_unit()
    if top is None:
        return {}
    held = _regions.get()
    if top not in held:
        held[top] = _read(top)
    return held[top]


def top_unit() -> int | None:
    """The unit that has none above it: the company; None where no units are kept."""
    return _top.get()


def _read(top: int) -> Mapping[int, int]:
    below = Unit.objects.filter(parent_id=top).values_list("pk", flat=True)
    pairs = UnitClosure.objects.filter(ancestor_id__in=list(below))
    return {top: top, **dict(pairs.values_list("descendant_id", "ancestor_id"))}


def _read_top() -> int | None:
    return Unit.objects.filter(parent=None).order_by("pk").values_list("pk", flat=True).first()


_top: CachedByRevision[int | None] = CachedByRevision(REVISION, _read_top)
_regions: CachedByRevision[dict[int, Mapping[int, int]]] = CachedByRevision(REVISION, dict)
