"""Where events jumped from one week to the next, and the reviews that followed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from closeloop.engine.surges import Counted, Jump, surging
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Capability
from closeloop.org.models import Unit
from closeloop.saleslog.errors import LogNotFound
from closeloop.saleslog.models import LogEvent, Surge
from closeloop.saleslog.queries.days import shown_events

WEEK = timedelta(days=7)
Units = Mapping[int, tuple[int | None, int | None]]
"""Unit -> the unit above it, its head."""


@dataclass(frozen=True)
class Found:
    """A jump: whose manager reviews which type, and the events of the week behind it."""

    unit_id: int
    head_id: int
    type: str
    count: int
    before: int
    event_ids: tuple[int, ...]


def jumps_of(week: date, jump: Jump) -> list[Found]:
    """The jumps of a week (its Monday) against the week before, two queries for all of it."""
    units: Units = {
        unit_id: (parent, head)
        for unit_id, parent, head in Unit.objects.filter(is_active=True).values_list(
            "pk", "parent_id", "head_id"
        )
    }
    active = _active_heads({head for _, head in units.values() if head})
    managed = {unit: head for unit, (_, head) in units.items() if head and head in active}
    homes = {unit: _home(unit, units, managed) for unit in units}
    top = next((unit for unit, (parent, _) in units.items() if parent is None), None)
    counted: dict[str, dict[int, list[list[int]]]] = {}
    for event_id, kind, unit_id, day in _events(week):
        home = homes.get(unit_id if unit_id is not None else top or 0)
        if home is not None:
            both = counted.setdefault(kind, {}).setdefault(home, [[], []])
            both[0 if day >= week else 1].append(event_id)
    found: list[Found] = []
    for kind, by_unit in sorted(counted.items()):
        found += _of_type(kind, by_unit, units, managed, jump)
    return found


def surges_for(actor: Actor) -> QuerySet[Surge]:
    """The surges of the units that the actor leads or that lie below, or all of them."""
    found = Surge.objects.select_related("unit", "task__owner").annotate(size=Count("events"))
    found = found.order_by("-week", "-count", "pk")
    if actor.user_id is None or org.access_of(actor).can(Capability.MANAGE_SALES_LOG):
        return found
    led = Unit.objects.filter(head_id=actor.user_id).values("pk")
    return found.filter(
        Q(unit__above__ancestor_id__in=led) | Q(task__owner_id=actor.user_id)
    ).distinct()


def events_behind(surge: Surge) -> list[LogEvent]:
    """The events of a surge, the latest first."""
    return list(shown_events().filter(surges=surge).order_by("-at", "-pk"))


def surge_by_id(surge_id: int, *, actor: Actor) -> Surge:
    """One surge within the actor's reach; raises LogNotFound."""
    found = surges_for(actor).filter(pk=surge_id).first()
    if found is None:
        raise LogNotFound({"id": surge_id})
    return found


def _of_type(
    kind: str,
    by_unit: dict[int, list[list[int]]],
    units: Units,
    managed: Mapping[int, int],
    jump: Jump,
) -> list[Found]:
    above = {unit: _home(units[unit][0], units, managed) for unit in managed}
    numbers = [
        Counted(unit, above[unit], *(len(each) for each in by_unit.get(unit, [[], []])))
        for unit in managed
    ]
    jumped = surging(numbers, jump)
    events: dict[int, list[int]] = {}
    for unit, (this_week, _) in by_unit.items():
        taker: int | None = unit
        while taker is not None and taker not in jumped:
            taker = above[taker]
        if taker is not None:
            events.setdefault(taker, []).extend(this_week)
    return [
        Found(unit, managed[unit], kind, count, before, tuple(sorted(events.get(unit, []))))
        for unit, (count, before) in sorted(jumped.items())
    ]


def _home(
    unit_id: int | None,
    units: Units,
    managed: Mapping[int, int],
) -> int | None:
    """The nearest unit that has a manager, itself included."""
    current = unit_id
    while current is not None and current not in managed:
        current = units[current][0] if current in units else None
    return current


def _events(week: date) -> list[tuple[int, str, int | None, date]]:
    """What was reported in both weeks; what was taken back or corrected does not count."""
    found = LogEvent.objects.filter(
        removed_at=None, corrections=None, day__gte=week - WEEK, day__lt=week + WEEK
    )
    return list(found.order_by("pk").values_list("pk", "type", "unit_id", "day"))


def _active_heads(heads: set[int]) -> frozenset[int]:
    found = Unit.objects.filter(head_id__in=heads, head__is_active=True)
    return frozenset(head for head in found.values_list("head_id", flat=True) if head)
