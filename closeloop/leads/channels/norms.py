"""Which shares are normal at the links of the funnel, since when and by whom (A06)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from closeloop.edge.revisions import CachedByRevision
from closeloop.leads.models import FunnelNorm

PACK, OWN = "pack", "own"
REVISION = "funnel_norms"


@dataclass(frozen=True)
class Norm:
    """What is normal at a link, and which version says so: number 0 is the pack's."""

    normal: float | None
    abnormal: float | None
    number: int = 0
    source: str = PACK
    set_at: datetime | None = None
    note: str = ""


NONE = Norm(None, None)


def current(shipped: Mapping[str, Mapping[str, Any]]) -> dict[str, Norm]:
    """The norm of each link: the newest version that somebody set, else the pack's."""
    kept = _newest.get()
    return {key: _norm(item, kept.get(key)) for key, item in shipped.items()}


def newest(link: str, item: Mapping[str, Any]) -> Norm:
    """The norm of a link as the tables have it, for whoever is about to replace it."""
    return _norm(item, FunnelNorm.objects.filter(link=link).order_by("number").last())


def versions(link: str) -> Sequence[FunnelNorm]:
    """Every version of a link's norm, the newest first."""
    return list(FunnelNorm.objects.filter(link=link).select_related("set_by").order_by("-number"))


def share(value: Decimal | None) -> float | None:
    """A share as the figures are compared with it."""
    return None if value is None else float(value)


def _norm(item: Mapping[str, Any], row: FunnelNorm | None) -> Norm:
    if row is None:
        return Norm(item.get("normal"), item.get("abnormal"))
    is_own = row.normal is not None
    return Norm(
        normal=share(row.normal) if is_own else item.get("normal"),
        abnormal=share(row.abnormal) if is_own else item.get("abnormal"),
        number=row.number,
        source=OWN if is_own else PACK,
        set_at=row.set_at,
        note=row.note,
    )


def _load() -> Mapping[str, FunnelNorm]:
    newest = FunnelNorm.objects.order_by("link", "-number").distinct("link")
    return {row.link: row for row in newest}


_newest = CachedByRevision(REVISION, _load)
