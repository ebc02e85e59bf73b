"""A pilot's figures before and after, and those of everybody else in the viewer's reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from closeloop.engine.metrics import Figure, Metric
from closeloop.engine.metrics.figure import SHARES
from closeloop.engine.pilots import Cell, Effect, effect
from closeloop.identity.actor import Actor
from closeloop.metrics import definitions, errors
from closeloop.metrics.models import Pilot
from closeloop.metrics.periods import Period
from closeloop.metrics.queries.figures import Asked, parts_of
from closeloop.metrics.queries.scope import scope_of

ABOUT = "customer"


@dataclass(frozen=True)
class Side:
    """The figures of one side before the pilot and since."""

    before: Figure
    after: Figure


@dataclass(frozen=True)
class Compared:
    """One metric of a pilot: its units, all others, and the difference in differences."""

    metric: Metric
    pilot: Side
    rest: Side
    effect: Effect


def visible(*, actor: Actor) -> list[Pilot]:
    """The pilots of units in the viewer's reach, the newest first."""
    scope = scope_of(ABOUT, unit=None, actor=actor)
    found = Pilot.objects.select_related("unit", "made_by").order_by("-since", "-pk")
    if scope.units is not None:
        found = found.filter(unit_id__in=scope.units)
    return list(found)


def visible_pilot(pilot_id: int, *, actor: Actor) -> Pilot:
    """Raises PilotNotFound."""
    found = next((each for each in visible(actor=actor) if each.pk == pilot_id), None)
    if found is None:
        raise errors.PilotNotFound({"id": pilot_id})
    return found


def spans(pilot: Pilot, *, today: date) -> tuple[Period, Period] | None:
    """As many days before it as it has lasted, and its days up to yesterday; None on day one.

    A day that is not over is in neither span.
    """
    last = today - timedelta(days=1)
    until = last if pilot.until is None else min(pilot.until, last)
    if until < pilot.since:
        return None
    after = Period(pilot.since, until)
    return after.before("previous"), after


def compare(pilot: Pilot, *, today: date, actor: Actor) -> Sequence[Compared]:
    """Every metric of the pilot that still exists; nothing before its first day is over."""
    within = spans(pilot, today=today)
    if within is None:
        return ()
    known = definitions.book().metrics
    return [
        _compare(known[key].metric, pilot, *within, actor) for key in pilot.metrics if key in known
    ]


def _compare(metric: Metric, pilot: Pilot, before: Period, after: Period, actor: Actor) -> Compared:
    cells, figures = [], []
    for unit in (pilot.unit_id, None):
        for period in (before, after):
            asked = Asked(metric.key, period, unit=unit)
            figures.append(parts_of(asked, actor=actor))
    own_before, own_after, all_before, all_after = figures
    told = [
        each.figure(metric)
        for each in (own_before, own_after, all_before - own_before, all_after - own_after)
    ]
    for figure, period in zip(told, (before, after, before, after), strict=True):
        days = (period.until - period.since).days + 1
        of = float(figure.denominator or 0) if metric.format in SHARES else None
        cells.append(Cell(float(figure.numerator), of, days))
    return Compared(
        metric=metric,
        pilot=Side(told[0], told[1]),
        rest=Side(told[2], told[3]),
        effect=effect(before=cells[0], after=cells[1], rest_before=cells[2], rest_after=cells[3]),
    )
