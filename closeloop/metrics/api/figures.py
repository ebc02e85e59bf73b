"""Figures and the things behind them, of what the viewer may see."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query

from closeloop.edge import problems
from closeloop.edge.router import SIGNED_IN
from closeloop.identity.queries import actor_of
from closeloop.metrics import definitions, presenting, queries
from closeloop.metrics.api.routes import router
from closeloop.metrics.periods import Period
from closeloop.metrics.queries import Asked, Behind
from closeloop.metrics.schemas import (
    Key,
    MetricFigures,
    MetricQuery,
    MetricThingPage,
    MetricThingQuery,
)

MetricKey = Annotated[Key, Path()]


@router.get("/metrics/{key}/figures", permission=SIGNED_IN, response=MetricFigures)
def read_figures(request: HttpRequest, key: MetricKey, asked: Query[MetricQuery]) -> dict[str, Any]:
    """A metric over a period, broken down by up to two things."""
    by = tuple(each for each in (asked.by, asked.and_by) if each is not None)
    actor = actor_of(request)
    wanted = Asked(
        metric=key, period=Period(asked.since, asked.until), by=by, unit=asked.unit,
        person=asked.person, kind=asked.kind, compare=asked.compare,
    )  # fmt: skip
    found = queries.figures(wanted, actor=actor)
    return {
        "metric": key,
        "since": asked.since,
        "until": asked.until,
        "is_now": found.is_now,
        "as_of": found.as_of,
        "corrected": presenting.corrected(
            queries.newest_correction(actor=actor), problems.language_of(request)
        ),
        "total": presenting.figure(found.total),
        "before": None if found.before is None else presenting.figure(found.before),
        "rows": presenting.rows(found.rows, by, found.metric),
    }


@router.get("/metrics/{key}/things", permission=SIGNED_IN, response=MetricThingPage)
def list_things_behind(
    request: HttpRequest, key: MetricKey, asked: Query[MetricThingQuery]
) -> dict[str, Any]:
    """The things behind a figure or one of its rows, the newest first."""
    actor = actor_of(request)
    wanted = Behind(
        metric=key, period=Period(asked.since, asked.until), part=asked.part, unit=asked.unit,
        region=asked.region, person=asked.person, kind=asked.kind, line=asked.line,
        is_rest=asked.rest,
    )  # fmt: skip
    page, more = queries.things(wanted, cursor=asked.cursor, limit=asked.limit, actor=actor)
    own = definitions.held(key).metric
    return {"items": presenting.things(page, own, actor=actor), "next_cursor": more}
