"""A pilot's figures before and after, and those of everybody else in the viewer's reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from closeloop.engine.metrics import Figure, Metric
from closeloop.engine.metrics.figure import SHARES
from closeloop.engine.pilots import Cell, Effect, effect
from closeloop.identity.actor import Actor
from closeloop.metrics import definitions, errors, lines
from closeloop.metrics.models import Pilot
from closeloop.metrics.periods import Period
from closeloop.metrics.queries.figures import Asked, Parts, parts_of
from closeloop.metrics.queries.lined import parts_of_line
from closeloop.metrics.queries.scope import scope_of

ABOUT = "customer"


@dataclass(frozen=True)
class Side:
    """The figures of one side before the pilot and since."""

    before: Figure
    after: Figure


@dataclass(frozen=True)
class Compared:
    """One metric of a pilot: its unit or line, all others, and the difference in differences."""

    metric: Metric
    pilot: Side
    rest: Side
    effect: Effect


def visible(*, actor: Actor) -> list[Pilot]:
    """The pilots of units in the viewer's reach and of lines in the company, the newest first."""
    scope = scope_of(ABOUT, unit=None, actor=actor)
    found = Pilot.objects.select_related("unit", "made_by").order_by("-since", "-pk")
    if scope.units is not None:
        found = found.filter(Q(unit_id__in=scope.units) | Q(unit_id=None))
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
    """Every metric of the pilot that can still be told; nothing before its first day is over."""
    within = spans(pilot, today=today)
    if within is None:
        return ()
    book = definitions.book()
    known = lines.judging(book, of_line=True) if pilot.line else book.metrics
    return [
        _compare(book.metrics[key].metric, pilot, within, actor)
        for key in pilot.metrics
        if key in known
    ]


def _compare(metric: Metric, pilot: Pilot, within: tuple[Period, Period], actor: Actor) -> Compared:
    sides = [_sides(metric, pilot, period, actor) for period in within]
    told, cells = [], []
    for place in (0, 1):
        for parts, period in zip(sides, within, strict=True):
            figure = parts[place].figure(metric)
            days = (period.until - period.since).days + 1
            of = float(figure.denominator or 0) if metric.format in SHARES else None
            told.append(figure)
            cells.append(Cell(float(figure.numerator), of, days))
    return Compared(
        metric=metric,
        pilot=Side(told[0], told[1]),
        rest=Side(told[2], told[3]),
        effect=effect(before=cells[0], after=cells[1], rest_before=cells[2], rest_after=cells[3]),
    )


def _sides(metric: Metric, pilot: Pilot, period: Period, actor: Actor) -> tuple[Parts, Parts]:
    """The pilot's own and all others in the viewer's reach.

    Beside a unit stand all other units; beside a line within a unit that unit's other lines.
    """
    asked = Asked(metric.key, period, unit=pilot.unit_id)
    if pilot.line:
        return parts_of_line(asked, pilot.line, actor=actor)
    own = parts_of(asked, actor=actor)
    return own, parts_of(Asked(metric.key, period), actor=actor) - own
