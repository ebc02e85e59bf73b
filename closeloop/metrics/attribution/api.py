"""Attribution over HTTP: wins by the effective contact before them, and the deals behind."""

from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query

from closeloop.deals.catalogue import DEAL
from closeloop.edge import problems
from closeloop.edge.router import Router
from closeloop.engine import association
from closeloop.engine.association.touches import ENOUGH, MOST_TOLD
from closeloop.identity.queries import actor_of
from closeloop.metrics.attribution import presenting, schemas
from closeloop.metrics.attribution.closed import Closed, Span, closed_in
from closeloop.metrics.periods import Period
from closeloop.org import queries as org
from closeloop.org.access import Verb

router = Router(tags=["metrics"])
READ = f"record:read:{DEAL.key}"
_DAYS = 365


@router.get("/metrics/touches", permission=READ, response=schemas.WinTouches)
def read_win_touches(
    request: HttpRequest, asked: Annotated[schemas.WinTouchQuery, Query()]
) -> dict[str, Any]:
    """Which effective contact came before the wins, and how deals with as many contacts ended."""
    first, last = _days(asked)
    found = closed_in(_span(request, asked))
    won = sum(each.is_won for each in found)
    rows = association.by_touch((each.contacts, each.is_won) for each in found)
    language = problems.language_of(request)
    return {
        **presenting.touches(rows, won=won, lost=len(found) - won, language=language),
        "since": first,
        "until": last,
        "as_of": timezone.now(),
        "enough": ENOUGH,
    }


@router.get("/metrics/touches/records", permission=READ, response=schemas.WinTouchDealPage)
def list_win_touch_deals(
    request: HttpRequest, asked: Annotated[schemas.WinTouchDealQuery, Query()]
) -> dict[str, Any]:
    """The closed deals behind a number, the latest first."""
    rest = [each for each in closed_in(_span(request, asked)) if _is_wanted(each, asked)]
    return presenting.page(
        rest, cursor=asked.cursor, limit=asked.limit, language=problems.language_of(request)
    )


def _is_wanted(each: Closed, asked: schemas.WinTouchDealQuery) -> bool:
    if asked.outcome != "all" and each.is_won != (asked.outcome == "won"):
        return False
    return asked.number is None or min(each.contacts, MOST_TOLD) == asked.number


def _span(request: HttpRequest, asked: schemas.WinTouchQuery) -> Span:
    first, last = _days(asked)
    zone = timezone.get_default_timezone()
    return Span(
        since=datetime.combine(first, time.min, zone),
        until=datetime.combine(last + timedelta(days=1), time.min, zone),
        reach=org.access_of(actor_of(request)).reach(DEAL.key, Verb.READ),
        among=None if asked.unit is None else org.subtree_ids(asked.unit),
    )


def _days(asked: schemas.WinTouchQuery) -> tuple[date, date]:
    last = asked.until or timezone.localdate()
    period = Period(asked.since or last - timedelta(days=_DAYS), last)
    return period.since, period.until
