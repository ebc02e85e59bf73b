"""How many problems had help within their 24 hours, by region and kind, and the cases behind (F06).

What counts is what was reported in the period and whose 24 hours are over (settled question 8).
It was helped in time when substantive help that was not turned down since was given before they
were over. What is not yet due, or was withdrawn before its time was over, is in neither part; what
is overdue and still open, or was withdrawn later, counts as missed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.support.models import Case, CaseState, Help
from closeloop.support.queries.boxes import visible

_SUMMED = ("reported", "due", "met", "pending", "withdrawn", "unclocked")
Part = Literal["reported", "due", "met", "missed", "pending", "withdrawn", "unclocked"]


@dataclass(frozen=True)
class Period:
    """From when until when problems were reported; the end is not in it."""

    since: datetime
    until: datetime
    unit_id: int | None = None
    """With all below it; None: the whole company."""


@dataclass
class Row:
    """The figures of one region, of one kind, or of all."""

    key: int | str | None = None
    reported: int = 0
    due: int = 0
    met: int = 0
    pending: int = 0
    withdrawn: int = 0
    unclocked: int = 0

    @property
    def missed(self) -> int:
        """What had no help in time."""
        return self.due - self.met

    @property
    def rate(self) -> float | None:
        """The share that was helped in time; None where nothing was due."""
        return self.met / self.due if self.due else None

    def add(self, other: "Row") -> None:
        """Count another row's cases too."""
        for part in _SUMMED:
            setattr(self, part, getattr(self, part) + getattr(other, part))


@dataclass
class Figures:
    """All cases of a period, and the same by region and by kind."""

    total: Row = field(default_factory=Row)
    by_region: list[Row] = field(default_factory=list)
    by_kind: list[Row] = field(default_factory=list)
    cells: list[tuple[int | None, str, Row]] = field(default_factory=list)
    """Region, kind, figures."""


def figures_of(period: Period, *, actor: Actor) -> Figures:
    """The figures of what the actor may see."""
    parts = _parts()
    counted: Iterable[Mapping[str, Any]] = (
        _within(period, actor=actor)
        .values("unit_id", "kind")
        .annotate(**{name: Count("pk", filter=condition) for name, condition in parts.items()})
        .order_by()
    )
    region_of = org.regions_below(period.unit_id)
    cells: dict[tuple[int | None, str], Row] = {}
    for each in counted:
        region = region_of.get(each["unit_id"], each["unit_id"])
        numbers = {part: int(each[part]) for part in _SUMMED}
        cells.setdefault((region, str(each["kind"])), Row()).add(Row(**numbers))
    found = Figures(cells=[(*key, row) for key, row in cells.items()])
    for _, _, row in found.cells:
        found.total.add(row)
    found.by_region = _summed((region, row) for region, _, row in found.cells)
    found.by_kind = _summed((kind, row) for _, kind, row in found.cells)
    return found


def behind(
    period: Period, *, part: Part, kind: str = "", region_id: int | None = None, actor: Actor
) -> QuerySet[Case]:
    """The cases behind a figure."""
    found = _within(period, actor=actor).filter(_parts()[part])
    if kind:
        found = found.filter(kind=kind)
    if region_id is not None:
        base = period.unit_id if period.unit_id is not None else org.top_unit()
        units = {region_id} if region_id == base else org.subtree_ids(region_id)
        found = found.filter(unit_id__in=units)
    return found.select_related("requester", "owner", "unit", "record", "customer").defer(
        "record__grams", "customer__grams"
    )


def _within(period: Period, *, actor: Actor) -> QuerySet[Case]:
    found = Case.objects.filter(
        visible(actor), opened_at__gte=period.since, opened_at__lt=period.until
    )
    if period.unit_id is not None:
        found = found.filter(unit_id__in=org.subtree_ids(period.unit_id))
    return found


def _parts() -> dict[str, Q | Exists]:
    now = timezone.now()
    standing = Help.objects.filter(
        case_id=OuterRef("pk"),
        is_substantive=True,
        turned_down_at=None,
        at__lte=OuterRef("due_at"),
    )
    gone = Q(state=CaseState.WITHDRAWN, ended_at__lt=F("due_at"))
    is_due = Q(due_at__lte=now) & ~gone
    return {
        "reported": Q(pk__isnull=False),
        "due": is_due,
        "met": is_due & Q(Exists(standing)),
        "missed": is_due & ~Q(Exists(standing)),
        "pending": Q(due_at__gt=now) & ~gone,
        "withdrawn": gone,
        "unclocked": Q(due_at=None),
    }


def _summed(rows: Iterable[tuple[int | str | None, Row]]) -> list[Row]:
    """One row a key, the worst first."""
    found: dict[int | str | None, Row] = {}
    for key, row in rows:
        found.setdefault(key, Row(key)).add(row)
    return sorted(
        found.values(),
        key=lambda row: (1.0 if row.rate is None else row.rate, -row.reported, str(row.key)),
    )
