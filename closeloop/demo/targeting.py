"""Targets of the demo company: what its sales operations asked of every team and salesperson."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from closeloop.demo.organising import Organisation
from closeloop.metrics.actions import targeting
from closeloop.metrics.actions.targeting import Wish
from closeloop.org.models import UnitClosure

FIRST, GROWTH = 130_000, 40_000
"""Yuan asked of a salesperson in the first month, and how much more each month: about what the
company wins, so that some teams reach theirs and others miss them for months."""
OPENED, DEALS = "new_deals", 3
"""The metric that has targets of its own, and how many deals a salesperson is to open a month."""
MONTHS = 12


def ask(organisation: Organisation, *, today: date) -> None:
    """Set the targets of the running month and of those before it, and of the rest of the quarter.

    A unit's target is the sum of those below it.
    """
    months = _months(today)
    wishes = []
    sums: dict[int, int] = {}
    above = _lines()
    for team in organisation.teams:
        for seller in team.sellers:
            wishes += _of(seller.unit_id, seller.actor.user_id, 1, months)
            for unit in above[seller.unit_id]:
                sums[unit] = sums.get(unit, 0) + 1
    for unit, people in sums.items():
        wishes += _of(unit, None, people, months)
    targeting.set_targets(wishes, actor=organisation.staff["ops"].actor)


def _of(unit: int, person: int | None, people: int, months: list[date]) -> list[Wish]:
    return [
        Wish(unit, person, month, amount, 0, metric)
        for place, month in enumerate(months)
        for metric, amount in (
            ("", Decimal(people * (FIRST + GROWTH * place))),
            (OPENED, Decimal(people * DEALS)),
        )
    ]


def _lines() -> dict[int, list[int]]:
    """By unit, itself and all above it."""
    found: dict[int, list[int]] = {}
    for unit, above in UnitClosure.objects.values_list("descendant_id", "ancestor_id"):
        found.setdefault(unit, []).append(above)
    return found


def _months(today: date) -> list[date]:
    """Their first days, up to the last of the quarter."""
    last = date(today.year, (today.month - 1) // 3 * 3 + 3, 1)
    found = [last]
    while len(found) < MONTHS + 2:
        found.insert(0, (found[0] - timedelta(days=1)).replace(day=1))
    return found
