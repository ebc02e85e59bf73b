"""The three layers over HTTP: indicators, what goes together with winning, the deals behind."""

from dataclasses import asdict
from datetime import timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query

from closeloop.deals.catalogue import DEAL
from closeloop.edge import problems
from closeloop.edge.router import Router
from closeloop.engine.association import Contrast
from closeloop.engine.association.touches import ENOUGH
from closeloop.identity.queries import actor_of
from closeloop.metrics.attribution import presenting
from closeloop.metrics.attribution.closed import Closed, Span
from closeloop.metrics.attribution.schemas import WinTouchDealPage
from closeloop.metrics.layers import book, schemas
from closeloop.metrics.layers.comparing import behind, compared
from closeloop.metrics.panels import days
from closeloop.metrics.periods import Period
from closeloop.org import queries as org
from closeloop.org.access import Verb

router = Router(tags=["metrics"])
READ = f"record:read:{DEAL.key}"
_DAYS = 30
LOOKED_DAYS = 365
"""Deals that ended within so many days up to the period's end are compared: few end in a month."""
_PARTS = {"having": True, "lacking": False, "unknown": None}


@router.get("/metrics/layers", permission=READ, response=schemas.LayersOut)
def read_layers(
    request: HttpRequest, asked: Annotated[schemas.LayerQuery, Query()]
) -> dict[str, Any]:
    """What is measured in each layer, and how deals with a trait and without it ended."""
    period, looked = _period(asked), _period(asked).at_least(LOOKED_DAYS)
    found = compared(_span(request, looked, asked.unit))
    return {
        "since": period.since,
        "until": period.until,
        "workdays": days.workdays_in(period.since, min(period.until, timezone.localdate())),
        "looked_since": looked.since,
        "as_of": timezone.now(),
        "won": found.won,
        "lost": len(found.deals) - found.won,
        "enough": ENOUGH,
        "compared": sum(each.p is not None for each in found.rows),
        "layers": [asdict(each) for each in book.layers()],
        "traits": [_told(each, found.traits[each.key]) for each in found.rows],
    }


@router.get("/metrics/layers/records", permission=READ, response=WinTouchDealPage)
def list_layer_deals(
    request: HttpRequest, asked: Annotated[schemas.LayerDealQuery, Query()]
) -> dict[str, Any]:
    """The compared deals behind a number, the latest first."""
    span = _span(request, _period(asked).at_least(LOOKED_DAYS), asked.unit)
    found = behind(span, book.trait(asked.trait), has=_PARTS[asked.part])
    rest = [each for each in found if _is(each, asked)]
    return presenting.page(
        rest, cursor=asked.cursor, limit=asked.limit, language=problems.language_of(request)
    )


def _is(each: Closed, asked: schemas.LayerDealQuery) -> bool:
    return asked.outcome == "all" or each.is_won == (asked.outcome == "won")


def _told(found: Contrast, trait: book.Trait) -> dict[str, Any]:
    low, high = found.interval or (None, None)
    return {
        "key": trait.key,
        "layer": trait.layer,
        "name": trait.name,
        "having": presenting.share(found.having),
        "lacking": presenting.share(found.lacking),
        "unknown": found.unknown,
        "difference": found.difference,
        "low": low,
        "high": high,
        "p": found.corrected,
        "is_clear": found.is_clear,
    }


def _period(asked: schemas.LayerQuery) -> Period:
    last = asked.until or timezone.localdate()
    return Period(asked.since or last - timedelta(days=_DAYS - 1), last)


def _span(request: HttpRequest, looked: Period, unit: int | None) -> Span:
    since, until = looked.moments()
    return Span(
        since=since,
        until=until,
        reach=org.access_of(actor_of(request)).reach(DEAL.key, Verb.READ),
        among=None if unit is None else org.subtree_ids(unit),
    )
