"""Targets over HTTP: a year of them beside what was won, and setting them."""

from datetime import timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query

from closeloop.deals.catalogue import DEAL
from closeloop.edge import problems
from closeloop.edge.router import Router
from closeloop.identity.queries import actor_of
from closeloop.metrics import standing
from closeloop.metrics.actions import targeting
from closeloop.metrics.actions.targeting import Wish
from closeloop.metrics.panels import presenting as panels
from closeloop.metrics.targets import presenting, schemas
from closeloop.metrics.targets.came import Whose
from closeloop.metrics.targets.grid import Wanted, behind, grid

router = Router(tags=["metrics"])
READ = f"record:read:{DEAL.key}"
SET = f"record:assign:{DEAL.key}"


@router.get("/targets", permission=READ, response=schemas.TargetGrid)
def list_targets(
    request: HttpRequest, asked: Annotated[schemas.TargetQuery, Query()]
) -> dict[str, Any]:
    """The targets of a year: of a unit, of those right below it and of its people."""
    today = timezone.localdate()
    wanted = Wanted(asked.year or today.year, asked.unit, asked.metric)
    found = grid(wanted, today=today, actor=actor_of(request))
    return {**_below(request, asked.metric), **presenting.told(found, today=today)}


def _below(request: HttpRequest, metric: str) -> dict[str, Any]:
    """Until when it is complete: what was won is read at this moment, what is counted may wait."""
    language = problems.language_of(request)
    told = panels.answer(actor=actor_of(request), language=language, now=timezone.now())
    live = standing.live() if metric else None
    return {**told, "as_of": live and live.kept_at} if metric else told


@router.get("/targets/deals", permission=READ, response=schemas.TargetDealPage)
def list_target_deals(
    request: HttpRequest, asked: Annotated[schemas.TargetDealQuery, Query()]
) -> dict[str, Any]:
    """The deals behind what was won in some days, within one's reach."""
    found = behind(
        Whose(asked.since, asked.until + timedelta(days=1), asked.unit, asked.person),
        limit=asked.limit,
        offset=asked.offset,
        actor=actor_of(request),
    )
    return presenting.deals(found, end=asked.offset + asked.limit)


@router.put("/targets", permission=SET, response=schemas.TargetsSet)
def set_targets(request: HttpRequest, payload: schemas.TargetWishes) -> dict[str, Any]:
    """Set targets, all or none; each names the version that it was read with."""
    wishes = [Wish(**cell.dict()) for cell in payload.cells]
    return {"changed": targeting.set_targets(wishes, actor=actor_of(request))}
