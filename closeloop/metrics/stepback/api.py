"""Step-backs over HTTP: where they pile up, what explains it, the moves behind every number."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query

from closeloop.deals.catalogue import DEAL
from closeloop.edge import problems
from closeloop.edge.router import Router
from closeloop.identity.queries import actor_of
from closeloop.metrics.periods import Period
from closeloop.metrics.stepback import behind, factors, presenting, schemas
from closeloop.metrics.stepback.analysing import analyse
from closeloop.metrics.stepback.moves import Span
from closeloop.org import queries as org
from closeloop.org.access import Verb

router = Router(tags=["metrics"])
READ = f"record:read:{DEAL.key}"
_DAYS = 365


@router.get("/metrics/stepbacks", permission=READ, response=schemas.StepBacks)
def read_step_backs(
    request: HttpRequest, asked: Annotated[schemas.StepBackQuery, Query()]
) -> dict[str, Any]:
    """Where step-backs pile up, tested and ranked, which deals flap, and what would explain it."""
    first, last = _days(asked)
    access = org.access_of(actor_of(request))
    found = analyse(
        _span(request, asked),
        allowed=factors.read_by(access),
        zone=timezone.get_default_timezone(),
    )
    return {
        **presenting.analysis(found, language=problems.language_of(request)),
        "since": first,
        "until": last,
        "zone": timezone.get_default_timezone_name(),
        "as_of": timezone.now(),
    }


@router.get("/metrics/stepbacks/records", permission=READ, response=schemas.StepBackMovePage)
def list_step_back_records(
    request: HttpRequest, asked: Annotated[schemas.StepBackMoveQuery, Query()]
) -> dict[str, Any]:
    """The moves behind a number, the latest first."""
    access = org.access_of(actor_of(request))
    wanted = behind.Wanted(
        part=asked.part,
        trait=(asked.factor, asked.level) if asked.factor and asked.level else None,
        is_outside=asked.outside,
        deal=asked.deal,
        circumstance=(asked.circumstance, asked.key) if asked.circumstance and asked.key else None,
    )
    moves = behind.behind(
        _span(request, asked),
        wanted,
        allowed=factors.read_by(access),
        zone=timezone.get_default_timezone(),
    )
    page, more = behind.page_of(moves, cursor=asked.cursor, limit=asked.limit)
    return {
        "items": presenting.moves(page, language=problems.language_of(request)),
        "next_cursor": more,
    }


def _span(request: HttpRequest, asked: schemas.StepBackQuery) -> Span:
    first, last = _days(asked)
    zone = timezone.get_default_timezone()
    return Span(
        since=datetime.combine(first, time.min, zone),
        until=datetime.combine(last + timedelta(days=1), time.min, zone),
        reach=org.access_of(actor_of(request)).reach(DEAL.key, Verb.READ),
        among=_among(asked.unit),
    )


def _days(asked: schemas.StepBackQuery) -> tuple[date, date]:
    last = asked.until or timezone.localdate()
    period = Period(asked.since or last - timedelta(days=_DAYS), last)
    return period.since, period.until


def _among(unit: int | None) -> Collection[int] | None:
    """The unit that is asked for with all below it; what lies out of reach stays out."""
    return None if unit is None else org.subtree_ids(unit)
