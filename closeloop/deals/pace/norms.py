"""What is normal of a team's deals and what abnormal, since when and by whom (C15, C21)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from closeloop.deals.models import DealNorm
from closeloop.fields import queries as fields

SETTING = "deal_norms"
UPDATED, CYCLE = "stage_update_share", "deal_cycle_days"
HIGHER = "higher"
Source = Literal["pack", "own"]
Verdict = Literal["normal", "low", "abnormal"]


@dataclass(frozen=True)
class Norm:
    """Two thresholds, and which version says so: number 0 is the pack's.

    None where the installed pack has no such norm and nobody set one: nothing is judged then.
    """

    key: str
    name: Mapping[str, str]
    better: str
    normal: float | None
    abnormal: float | None
    number: int = 0
    source: Source = "pack"
    set_at: datetime | None = None
    set_by: str = ""
    note: str = ""

    def verdict(self, value: float | None) -> Verdict | None:
        """How a figure stands; None without a figure or without thresholds.

        The thresholds themselves are on the better side: 90 % is normal, 70 % not yet abnormal.
        """
        if value is None or self.normal is None or self.abnormal is None:
            return None
        sign = 1 if self.better == HIGHER else -1
        if sign * value >= sign * self.normal:
            return "normal"
        return "low" if sign * value >= sign * self.abnormal else "abnormal"


def shipped() -> dict[str, Mapping[str, Any]]:
    """The norms as the installed pack has them, by key."""
    return {item["key"]: item for item in fields.settings().get(SETTING, [])}


def of(key: str) -> Norm:
    """One norm; without thresholds where the pack has none."""
    return current().get(key) or Norm(key, {}, HIGHER, None, None)


def current() -> dict[str, Norm]:
    """Every norm: the newest version that somebody set, else the pack's."""
    newest = DealNorm.objects.order_by("key", "-number").distinct("key")
    kept = {row.key: row for row in newest.select_related("set_by")}
    return {key: _norm(item, kept.get(key)) for key, item in shipped().items()}


def versions(key: str) -> Sequence[DealNorm]:
    """Every version of a norm, the newest first."""
    return list(DealNorm.objects.filter(key=key).select_related("set_by").order_by("-number"))


def figure(value: Decimal | None) -> float | None:
    """A threshold as figures are compared with it."""
    return None if value is None else float(value)


def _norm(item: Mapping[str, Any], row: DealNorm | None) -> Norm:
    is_own = row is not None and row.normal is not None
    return Norm(
        key=item["key"],
        name=item["name"],
        better=item["better"],
        normal=figure(row.normal) if row is not None and is_own else item.get("normal"),
        abnormal=figure(row.abnormal) if row is not None and is_own else item.get("abnormal"),
        number=row.number if row is not None else 0,
        source="own" if is_own else "pack",
        set_at=row.set_at if row is not None else None,
        set_by=row.set_by.name if row is not None and row.set_by else "",
        note=row.note if row is not None else "",
    )
