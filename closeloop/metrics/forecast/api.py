"""The forecast over HTTP: what will be signed, by which deals and why, and how wrong it was."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query

from closeloop.deals.catalogue import DEAL
from closeloop.edge import problems
from closeloop.edge.router import Router
from closeloop.engine.forecast import COMMIT
from closeloop.identity.queries import actor_of
from closeloop.leads.channels import spending
from closeloop.metrics.forecast import making, presenting, schemas
from closeloop.metrics.forecast.making import Asked, Made
from closeloop.metrics.targets import grid as targets
from closeloop.org import queries as org
from closeloop.org.access import Verb

router = Router(tags=["metrics"])
READ = f"record:read:{DEAL.key}"


@router.get("/forecast", permission=READ, response=schemas.ForecastOut)
def read_forecast(
    request: HttpRequest, asked: Annotated[schemas.ForecastQuery, Query()]
) -> dict[str, Any]:
    """What will have been signed by the end of the running month or quarter, and by whom."""
    made = _made(request, asked)
    actor = actor_of(request)
    units = making.by_unit(made, base=asked.unit, actor=actor) if asked.person is None else {}
    are_people = len(units) < 2
    found = making.by_person(made) if are_people else units
    return {
        **presenting.told(made, language=problems.language_of(request)),
        "as_of": timezone.now(),
        "target": None if asked.person else _target(made, asked, request),
        "parts": presenting.parts(found, are_people=are_people),
    }


@router.get("/forecast/deals", permission=READ, response=schemas.ForecastDealPage)
def list_forecast_deals(
    request: HttpRequest, asked: Annotated[schemas.ForecastDealQuery, Query()]
) -> dict[str, Any]:
    """The deals behind a number of the forecast, those that bring most first, each with why."""
    made = _made(request, asked)
    ids = _chosen(made, asked)
    end = asked.offset + asked.limit
    return {
        "items": presenting.deals(
            ids[asked.offset : end], made, language=problems.language_of(request)
        ),
        "count": len(ids),
        "next_offset": end if len(ids) > end else None,
    }


@router.get("/forecast/accuracy", permission=READ, response=schemas.ForecastAccuracy)
def read_forecast_accuracy(
    request: HttpRequest, asked: Annotated[schemas.ForecastQuery, Query()]
) -> dict[str, Any]:
    """How wrong forecasts of earlier periods were, made when as many of their days were gone."""
    known, proved = making.prove(
        _asked(asked), today=timezone.localdate(), now=timezone.now(), actor=actor_of(request)
    )
    return presenting.accuracy(known, proved, language=problems.language_of(request))


def _made(request: HttpRequest, asked: schemas.ForecastQuery) -> Made:
    return making.make(
        _asked(asked), today=timezone.localdate(), now=timezone.now(), actor=actor_of(request)
    )


def _target(
    made: Made, asked: schemas.ForecastQuery, request: HttpRequest
) -> dict[str, Any] | None:
    term = made.known.term
    if asked.unit is not None and not _sees(asked.unit, request):
        return None
    if made.known.currency != spending.currencies()[0]:
        return None
    today = timezone.localdate()
    found = targets.of_term(term.months, unit=asked.unit, today=today, actor=actor_of(request))
    if found is None or found.target is None:
        return None
    return {
        "amount": found.target,
        "done": found.done,
        "pace": found.pace,
        "expected": float(made.forecast.total / found.target),
    }


def _sees(unit: int, request: HttpRequest) -> bool:
    reach = org.access_of(actor_of(request)).reach(DEAL.key, Verb.READ)
    return reach.covers(owner_id=None, unit_id=unit)


def _asked(asked: schemas.ForecastQuery) -> Asked:
    return Asked(asked.period, unit=asked.unit, person=asked.person, currency=asked.currency)


def _chosen(made: Made, asked: schemas.ForecastDealQuery) -> list[int]:
    lines = sorted(made.forecast.lines, key=lambda line: (-line.share, line.id))
    if asked.stage is not None:
        lines = [line for line in lines if line.cell.stage == asked.stage]
    if asked.which in ("commit", "best"):
        lines = [line for line in lines if line.is_due and line.amount is not None]
    if asked.which == "commit":
        chances = made.known.ladder.chances
        lines = [line for line in lines if chances.get(line.cell.stage, 0.0) >= COMMIT]
    won = [] if asked.stage else list(made.forecast.won_ids)
    return {
        "open": [line.id for line in lines],
        "won": won,
        "commit": won + [line.id for line in lines],
        "best": won + [line.id for line in lines],
    }[asked.which]
