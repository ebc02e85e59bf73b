"""Targets of a year, month by month, beside what came, of what somebody may see."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from closeloop.deals.catalogue import DEAL
from closeloop.engine.forecast import Standing, together
from closeloop.identity.actor import Actor
from closeloop.leads.channels import figures as channels
from closeloop.leads.channels import spending
from closeloop.metrics import definitions, errors
from closeloop.metrics.models import Target
from closeloop.metrics.targets import came
from closeloop.metrics.targets.came import Brought, Came, Whose
from closeloop.org import queries as org
from closeloop.org.access import NotAllowed, Reach, Verb
from closeloop.org.models import Position

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """A month's target with its version (0: never set) and how it stands."""

    month: date
    version: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class Row:
    """A unit with all below it, or a person in a unit; `is_base`: the unit that is looked at."""

    unit: int
    person: int | None
    is_base: bool
    can_set: bool
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a year: the unit, those right below it, its own people."""

    year: int
    unit: int | None
    metric: str
    currency: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which targets: of a year, of a unit, of a metric; of what is won where none is named."""

    year: int
    unit: int | None = None
    metric: str = ""


def grid(asked: Wanted, *, today: date, actor: Actor) -> Grid:
    """The targets of a year. Raises TargetNotFound, NotAllowed for whom amounts are hidden."""
    definitions.require_target(asked.metric)
    access = org.access_of(actor)
    if not asked.metric and not channels.tells_amounts(access):
        raise NotAllowed({"permission": f"field:{DEAL.key}.amount"})
    year, unit = asked.year, asked.unit
    reach, assigns = access.reach(DEAL.key, Verb.READ), access.reach(DEAL.key, Verb.ASSIGN)
    base = unit if unit is not None else top_of(reach)
    currency = spending.currencies()[0]
    if base is None:
        own = org.home_unit_of(reach.own_of) if reach.own_of is not None else None
        wanted = [] if own is None else [(own, reach.own_of, False)]
    elif base not in org.unit_names() or not reach.covers(owner_id=None, unit_id=base):
        raise errors.TargetNotFound({"unit": base})
    else:
        wanted = _wanted(base)
    months = [date(year, number, 1) for number in range(1, MONTHS + 1)]
    came_by: Came
    if asked.metric:
        came_by = came.counted(asked.metric, year, base=base, actor=actor)
    else:
        came_by = came.won(year, currency=currency, reach=reach)
    held = _held(months, units={each[0] for each in wanted}, metric=asked.metric)
    rows = [
        Row(
            unit=of,
            person=person,
            is_base=is_base,
            can_set=assigns.covers(owner_id=None, unit_id=of),
            cells=[
                Cell(
                    month=month,
                    version=0 if (row := held.get((of, person, month))) is None else row.version,
                    standing=_standing(
                        month, None if row is None else row.amount,
                        came_by(month, of, person), today=today,
                    ),
                )
                for month in months
            ],
        )
        for of, person, is_base in wanted
    ]  # fmt: skip
    return Grid(year, base, asked.metric, currency, [row for row in rows if _is_shown(row, rows)])


@dataclass(frozen=True, slots=True)
class Behind:
    """A page of the deals that were won, how many there are, and the currency of the targets."""

    deals: Sequence[Brought]
    count: int
    currency: str


def behind(whose: Whose, *, limit: int, offset: int, actor: Actor) -> Behind:
    """The deals behind what was won. Raises TargetNotFound, NotAllowed as `grid` does."""
    access = org.access_of(actor)
    if not channels.tells_amounts(access):
        raise NotAllowed({"permission": f"field:{DEAL.key}.amount"})
    if whose.unit is not None and whose.unit not in org.unit_names():
        raise errors.TargetNotFound({"unit": whose.unit})
    reach, currency = access.reach(DEAL.key, Verb.READ), spending.currencies()[0]
    deals, count = came.brought(whose, currency=currency, reach=reach, limit=limit, offset=offset)
    return Behind(deals, count, currency)


def _is_shown(row: Row, rows: Sequence[Row]) -> bool:
    """Beside units people are shown who have a target or won something: not a head office's."""
    if row.person is None or all(each.person is not None or each.is_base for each in rows):
        return True
    return any(cell.standing.target or cell.standing.came for cell in row.cells)


def of_term(
    months: Sequence[date], *, unit: int | None, today: date, actor: Actor
) -> Standing | None:
    """How the target of some months of a year stands, of a unit or of all that somebody sees."""
    rows = grid(Wanted(months[0].year, unit), today=today, actor=actor).rows
    if not rows:
        return None
    found = together([cell.standing for cell in rows[0].cells if cell.month in months])
    return None if found.target is None else found


def top_of(reach: Reach) -> int | None:
    """The unit above all that a reach holds; None where it is one's own deals or several tops."""
    if reach.everything:
        return org.top_unit()
    subtrees = org.subtrees()
    tops = [unit for unit in reach.unit_ids if subtrees.get(unit, frozenset()) >= reach.unit_ids]
    return tops[0] if tops else None


def _wanted(base: int) -> list[tuple[int, int | None, bool]]:
    below = sorted({region for region in org.regions_below(base).values() if region != base})
    people = (
        Position.objects.filter(unit_id=base, is_primary=True, user__is_active=True)
        .order_by("user__initials", "user_id")
        .values_list("user_id", flat=True)
    )
    units: list[tuple[int, int | None, bool]] = [(unit, None, False) for unit in below]
    return [(base, None, True), *units, *((base, person, False) for person in people)]


def _standing(month: date, target: Decimal | None, came: Decimal, *, today: date) -> Standing:
    following = (month + timedelta(days=32)).replace(day=1)
    whole = (following - month).days
    gone = min(max((today - month).days, 0), whole)
    return Standing(target, came, gone, whole)


def _held(
    months: Sequence[date], *, units: Collection[int], metric: str
) -> dict[tuple[int, int | None, date], Target]:
    rows = Target.objects.filter(unit_id__in=units, month__in=months, metric=metric)
    return {(row.unit_id, row.person_id, row.month): row for row in rows}
