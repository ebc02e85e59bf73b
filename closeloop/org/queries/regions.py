"""Folding units into regions: those right below the unit one looks at."""

from collections.abc import Collection, Mapping

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


def regions_within(unit_ids: Collection[int]) -> Mapping[int, int]:
    """By unit of these, the region that it belongs to in the eyes of who reaches just them.

    The regions lie right below the unit above all of them; where no single one is, they are the
    units themselves that have none of the others above them.
    """
    own = frozenset(unit_ids)
    tops = sorted(unit for unit in own if _parents.get().get(unit) not in own)
    if len(tops) == 1:
        return regions_below(tops[0])
    pairs = UnitClosure.objects.filter(ancestor_id__in=tops)
    return dict(pairs.values_list("descendant_id", "ancestor_id"))


def top_unit() -> int | None:
    """The unit that has none above it: the company; None where no units are kept."""
    return _top.get()


def _read(top: int) -> Mapping[int, int]:
    below = Unit.objects.filter(parent_id=top).values_list("pk", flat=True)
    pairs = UnitClosure.objects.filter(ancestor_id__in=list(below))
    return {top: top, **dict(pairs.values_list("descendant_id", "ancestor_id"))}


def _read_top() -> int | None:
    return Unit.objects.filter(parent=None).order_by("pk").values_list("pk", flat=True).first()


def _read_parents() -> Mapping[int, int | None]:
    return dict(Unit.objects.values_list("pk", "parent_id"))


_parents: CachedByRevision[Mapping[int, int | None]] = CachedByRevision(REVISION, _read_parents)
_top: CachedByRevision[int | None] = CachedByRevision(REVISION, _read_top)
_regions: CachedByRevision[dict[int, Mapping[int, int]]] = CachedByRevision(REVISION, dict)
