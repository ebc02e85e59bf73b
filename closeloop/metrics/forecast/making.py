"""The forecast of a period for what somebody may see, and the proof of earlier ones.

Rates are learnt from all deals of the company, as its norms are; amounts, deals and errors are of
the asked deals alone, those within the reader's reach.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from closeloop.deals.catalogue import DEAL
from closeloop.engine import forecast as engine
from closeloop.engine.forecast import Chances, Expected, Forecast, Ladder, Past, Proved
from closeloop.identity.actor import Actor
from closeloop.leads.channels import figures as channels
from closeloop.leads.channels import spending
from closeloop.metrics.forecast.courses import (
    Held,
    Wanted,
    currencies_in,
    everybody,
    ladder,
    moment_of,
    read,
)
from closeloop.metrics.forecast.periods import Kind, Term, proved_spans, term_of
from closeloop.org import queries as org
from closeloop.org.access import NotAllowed, Verb


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose forecast of the running month or quarter, in which currency (None: the company's)."""

    kind: Kind
    unit: int | None = None
    person: int | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What a forecast is made of: the asked deals, and what the company's past teaches."""

    term: Term
    at: float
    currency: str
    held: Sequence[Held]
    past: Past
    ladder: Ladder
    is_cut: bool
    other_currencies: Sequence[str]


@dataclass(frozen=True, slots=True)
class Made:
    """A forecast with what it was made of."""

    known: Known
    chances: Chances
    forecast: Forecast

    def line(self, deal: int) -> Expected | None:
        """An open deal's line."""
        return next((line for line in self.forecast.lines if line.id == deal), None)


@dataclass(slots=True)
class Part:
    """What of a forecast is of one unit or one person."""

    won: Decimal = Decimal(0)
    open: Decimal = Decimal(0)
    commit: Decimal = Decimal(0)
    best: Decimal = Decimal(0)
    deals: int = 0


def make(asked: Asked, *, today: date, now: datetime, actor: Actor) -> Made:
    """The forecast of the running period. Raises NotAllowed for whom amounts are hidden."""
    known = _known(asked, today=today, now=now, actor=actor)
    span = known.term.span(known.at)
    chances = engine.learn(known.past, known.ladder, at=span.at, days=span.days)
    courses = [each.course for each in known.held]
    return Made(known, chances, engine.expect(courses, span, chances, known.ladder))


def prove(asked: Asked, *, today: date, now: datetime, actor: Actor) -> tuple[Known, Proved]:
    """How wrong the forecasts of past periods were, made when as much was known as now."""
    known = _known(asked, today=today, now=now, actor=actor)
    spans = proved_spans(known.term, known.at)
    courses = [each.course for each in known.held]
    return known, engine.prove(courses, known.past, known.ladder, spans=spans)


def by_unit(made: Made, *, base: int | None, actor: Actor) -> dict[int, Part]:
    """The forecast by the units right below one; where None, below the top of one's own reach."""
    reach = org.access_of(actor).reach(DEAL.key, Verb.READ)
    is_whole = base is not None or reach.everything
    above = org.regions_below(base) if is_whole else org.regions_within(reach.unit_ids)
    places = {each.course.id: above.get(each.unit or 0, each.unit or 0) for each in made.known.held}
    return _parts(made, places)


def by_person(made: Made) -> dict[int, Part]:
    """The forecast by the owners of the deals; 0: nobody's."""
    return _parts(made, {each.course.id: each.owner or 0 for each in made.known.held})


def _parts(made: Made, places: dict[int, int]) -> dict[int, Part]:
    parts: defaultdict[int, Part] = defaultdict(Part)
    amounts = {each.course.id: each.course.amount_at(made.known.at) for each in made.known.held}
    for deal in made.forecast.won_ids:
        part, amount = parts[places[deal]], amounts[deal] or Decimal(0)
        part.won += amount
        part.commit += amount
        part.best += amount
    for line in made.forecast.lines:
        part = parts[places[line.id]]
        part.open += line.share
        part.deals += 1
        if line.is_due and line.amount is not None:
            part.best += line.amount
            if made.known.ladder.chances.get(line.cell.stage, 0.0) >= engine.COMMIT:
                part.commit += line.amount
    return dict(parts)


def _known(asked: Asked, *, today: date, now: datetime, actor: Actor) -> Known:
    access = org.access_of(actor)
    if not channels.tells_amounts(access):
        raise NotAllowed({"permission": f"field:{DEAL.key}.amount"})
    currency = asked.currency or spending.currencies()[0]
    stages, at = ladder(), moment_of(now)
    wanted = Wanted(
        currency=currency,
        reach=access.reach(DEAL.key, Verb.READ),
        among=None if asked.unit is None else org.subtree_ids(asked.unit),
        owner=asked.person,
    )
    own, is_cut = read(wanted, won=stages.won)
    whole = own if wanted.is_everybody else read(everybody(currency), won=stages.won)[0]
    past = engine.past_of([each.course for each in whole], stages, until=at)
    return Known(
        term=term_of(asked.kind, today),
        at=at,
        currency=currency,
        held=own,
        past=past,
        ladder=stages,
        is_cut=is_cut,
        other_currencies=[each for each in currencies_in(wanted) if each != currency],
    )
