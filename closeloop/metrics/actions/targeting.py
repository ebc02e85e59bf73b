"""Targets set, changed and taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.deals.catalogue import DEAL
from closeloop.edge.etags import EditConflict
from closeloop.identity.actor import Actor
from closeloop.metrics import definitions, errors
from closeloop.metrics.models import Target
from closeloop.org import queries as org
from closeloop.org.access import NotAllowed, Verb
from closeloop.org.models import Position

Cell = tuple[int, int | None, date, str]


@dataclass(frozen=True, slots=True)
class Wish:
    """A target of a unit or of a person in it for a month, and the version that it began from.

    It is of a metric; of what is won where none is named.
    """

    unit: int
    person: int | None
    month: date
    amount: Decimal | None
    version: int
    metric: str = ""

    @property
    def cell(self) -> Cell:
        """What it is a target of."""
        return self.unit, self.person, self.month, self.metric


def set_targets(wishes: Sequence[Wish], *, actor: Actor) -> int:
    """Set targets, all or none; gives how many changed.

    Who may hand deals of a unit to somebody else sets its targets. Raises TargetNotFound,
    NotAllowed, TargetInvalid, EditConflict.
    """
    _check(wishes, actor)
    held = _held(wishes)
    _check_versions(wishes, held)
    changed = [
        wish
        for wish in wishes
        if (held[wish.cell].amount if wish.cell in held else None) != wish.amount
    ]
    added = []
    notes: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for wish in changed:
        row = held.get(wish.cell)
        notes[wish.unit].append(_note(wish, None if row is None else row.amount))
        if row is None:
            added.append(_new(wish, actor))
            continue
        row.amount, row.set_by_id = wish.amount, actor.user_id
        row.version += 1
        row.save(update_fields=["amount", "version", "set_by"])
    Target.objects.bulk_create(added)
    for unit, changes in notes.items():
        data = {"count": len(changes), "changes": changes}
        activity.record(Happening(verb="target.set", unit_id=unit, data=data), actor=actor)
    return len(changed)


def _check(wishes: Sequence[Wish], actor: Actor) -> None:
    for metric in {wish.metric for wish in wishes}:
        definitions.require_target(metric)
    access = org.access_of(actor)
    reads, assigns = access.reach(DEAL.key, Verb.READ), access.reach(DEAL.key, Verb.ASSIGN)
    units = {wish.unit for wish in wishes}
    known = org.unit_names()
    people = set(
        Position.objects.filter(unit_id__in=units, user__is_active=True).values_list(
            "unit_id", "user_id"
        )
    )
    for unit in units:
        if unit not in known or not reads.covers(owner_id=None, unit_id=unit):
            raise errors.TargetNotFound({"unit": unit})
        if not assigns.covers(owner_id=None, unit_id=unit):
            raise NotAllowed({"permission": f"record:assign:{DEAL.key}"})
    for wish in wishes:
        if wish.person is not None and (wish.unit, wish.person) not in people:
            raise errors.TargetNotFound({"unit": wish.unit, "person": wish.person})
    wrong = [
        {"field": _place(wish), "code": "invalid"}
        for wish in wishes
        if wish.month.day != 1 or (wish.amount is not None and wish.amount <= 0)
    ]
    if wrong or len({wish.cell for wish in wishes}) < len(wishes):
        raise errors.TargetInvalid({"errors": wrong})


def _held(wishes: Sequence[Wish]) -> dict[Cell, Target]:
    rows = Target.objects.select_for_update().filter(
        unit_id__in={wish.unit for wish in wishes}, month__in={wish.month for wish in wishes}
    )
    return {(row.unit_id, row.person_id, row.month, row.metric): row for row in rows.order_by("pk")}


def _check_versions(wishes: Sequence[Wish], held: dict[Cell, Target]) -> None:
    conflict = [
        {
            "field": _place(wish),
            "yours": None if wish.amount is None else str(wish.amount),
            "theirs": None if row is None or row.amount is None else str(row.amount),
        }
        for wish in wishes
        if wish.version != (0 if (row := held.get(wish.cell)) is None else row.version)
    ]
    if conflict:
        raise EditConflict({"conflict": conflict})


def _new(wish: Wish, actor: Actor) -> Target:
    return Target(
        unit_id=wish.unit, person_id=wish.person, month=wish.month, amount=wish.amount,
        metric=wish.metric, set_by_id=actor.user_id,
    )  # fmt: skip


def _note(wish: Wish, before: Decimal | None) -> dict[str, Any]:
    return {
        "person": wish.person,
        "month": wish.month.isoformat(),
        **({"metric": wish.metric} if wish.metric else {}),
        "from": None if before is None else str(before),
        "to": None if wish.amount is None else str(wish.amount),
    }


def _place(wish: Wish) -> str:
    place = f"{wish.unit}.{wish.person or 0}.{wish.month.isoformat()}"
    return f"{place}.{wish.metric}" if wish.metric else place
