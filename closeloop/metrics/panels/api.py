"""Panels of boards that are read at the moment, of what the viewer may see."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query

from closeloop.edge import problems
from closeloop.edge.router import SIGNED_IN, Router
from closeloop.identity.queries import actor_of
from closeloop.metrics.panels import (
    battle,
    blockers,
    coverage,
    finding,
    happened,
    presenting,
    rankings,
    stages,
)
from closeloop.metrics.panels import schemas as told
from closeloop.metrics.panels.feeds import Wanted, feeds
from closeloop.metrics.periods import Period
from closeloop.metrics.schemas import Key

router = Router(tags=["metrics"])
BoardKey = Annotated[Key, Path()]
PlaceAt = Annotated[told.Place, Path()]
SHOWN = 100
PANEL = "/boards/{key}/panels/{place}"


@router.get(f"{PANEL}/coverage", permission=SIGNED_IN, response=told.CoverageOut)
def read_coverage(
    request: HttpRequest, key: BoardKey, place: PlaceAt, asked: Query[told.PanelQuery]
) -> dict[str, Any]:
    """By unit: customers with potential, who of them waits, and the week's quotations."""
    panel, actor = finding.panel_of(key, place, "coverage"), actor_of(request)
    found = coverage.tiles(panel, unit=asked.unit, actor=actor, now=timezone.now())
    return {**_answer(request), **presenting.coverage(found)}


@router.get(f"{PANEL}/coverage/customers", permission=SIGNED_IN, response=told.PanelLines)
def list_uncovered(
    request: HttpRequest, key: BoardKey, place: PlaceAt, asked: Query[told.CoverageBehindQuery]
) -> dict[str, Any]:
    """The customers with potential who have waited, the longest first."""
    panel, actor, now = finding.panel_of(key, place, "coverage"), actor_of(request), timezone.now()
    found = coverage.uncovered(panel, unit=asked.unit, region=asked.region, actor=actor, now=now)
    lines = presenting.lines(found, actor=actor, now=now)
    return {**_answer(request), "items": lines, "is_capped": len(found) >= coverage.MOST}


@router.get(f"{PANEL}/list", permission=SIGNED_IN, response=told.PanelLines)
def list_panel_records(
    request: HttpRequest, key: BoardKey, place: PlaceAt, asked: Query[told.PanelQuery]
) -> dict[str, Any]:
    """The records on a list of a board, the longest first, at most a hundred."""
    panel, actor, now = finding.panel_of(key, place, "list"), actor_of(request), timezone.now()
    wanted = Wanted(actor=actor, now=now, options=panel.options, unit=asked.unit)
    found = feeds.lists[panel.source](wanted, SHOWN + 1)
    lines = presenting.lines(found[:SHOWN], actor=actor, now=now)
    return {**_answer(request), "items": lines, "is_capped": len(found) > SHOWN}


@router.get(f"{PANEL}/blockers", permission=SIGNED_IN, response=told.BlockersOut)
def read_blockers(
    request: HttpRequest, key: BoardKey, place: PlaceAt, asked: Query[told.BlockerQuery]
) -> dict[str, Any]:
    """What stopped deals in a period: missing items of blocked moves, approvals turned down."""
    finding.panel_of(key, place, "blockers")
    wanted = Wanted(actor=actor_of(request), now=timezone.now(), unit=asked.unit)
    found = blockers.ranked(wanted, Period(asked.since, asked.until))
    return {**_answer(request), "items": presenting.blockers(found)}


@router.get(f"{PANEL}/blockers/records", permission=SIGNED_IN, response=told.StoppedList)
def list_stopped(
    request: HttpRequest, key: BoardKey, place: PlaceAt, asked: Query[told.BlockerBehindQuery]
) -> dict[str, Any]:
    """The records that one blocker stopped, the latest first."""
    finding.panel_of(key, place, "blockers")
    actor = actor_of(request)
    wanted = Wanted(actor=actor, now=timezone.now(), unit=asked.unit)
    period = Period(asked.since, asked.until)
    found = blockers.behind(wanted, period, kind=asked.kind, key=asked.key)
    return {"items": presenting.stopped(found, actor=actor)}


@router.get(f"{PANEL}/stages", permission=SIGNED_IN, response=told.StageTableOut)
def read_stage_table(
    request: HttpRequest, key: BoardKey, place: PlaceAt, asked: Query[told.BlockerQuery]
) -> dict[str, Any]:
    """By stage of the deal process: stay, conversion, overstay now, blockers, reasons of losses."""
    panel, actor = finding.panel_of(key, place, "stages"), actor_of(request)
    period = Period(asked.since, asked.until)
    found = stages.table(panel, period, unit=asked.unit, actor=actor, now=timezone.now())
    span = {"since": asked.since, "until": asked.until}
    return {**_answer(request), **span, **presenting.stages(found)}


@router.get(f"{PANEL}/stages/records", permission=SIGNED_IN, response=told.StoppedList)
def list_stage_records(
    request: HttpRequest, key: BoardKey, place: PlaceAt, asked: Query[told.StageBehindQuery]
) -> dict[str, Any]:
    """The deals that something stopped in a stage, or that were lost from it, the latest first."""
    finding.panel_of(key, place, "stages")
    actor = actor_of(request)
    wanted = Wanted(actor=actor, now=timezone.now(), unit=asked.unit)
    period = Period(asked.since, asked.until)
    found = stages.behind(wanted, period, stage=asked.stage, kind=asked.kind, key=asked.key)
    return {"items": presenting.stopped(found, actor=actor)}


@router.get(f"{PANEL}/ranking", permission=SIGNED_IN, response=told.RankingOut)
def read_ranking(request: HttpRequest, key: BoardKey, place: PlaceAt) -> dict[str, Any]:
    """Who did best; names and numbers of everybody, records only where the viewer may read them."""
    panel, actor = finding.panel_of(key, place, "ranking"), actor_of(request)
    found = rankings.places(panel, person_id=actor.user_id, now=timezone.now())
    return {**_answer(request), **presenting.places(found, actor=actor)}


@router.get("/boards/battle-map", permission=SIGNED_IN, response=told.BattleMap)
def read_battle_map(request: HttpRequest, asked: Query[told.PanelQuery]) -> dict[str, Any]:
    """Open deals by unit and stage, with what must be done in each stage."""
    actor = actor_of(request)
    wanted = Wanted(actor=actor, now=timezone.now(), unit=asked.unit)
    found = battle.battle(unit=asked.unit, actor=actor, wanted=wanted)
    return {**_answer(request), **presenting.battle(found)}


@router.get("/boards/battle-map/deals", permission=SIGNED_IN, response=told.PanelLines)
def list_battle_deals(request: HttpRequest, asked: Query[told.BattleBehindQuery]) -> dict[str, Any]:
    """The deals of one cell of the map, the longest in their stage first."""
    actor, now = actor_of(request), timezone.now()
    wanted = Wanted(actor=actor, now=now, unit=asked.unit)
    found = battle.deals(wanted, stage=asked.stage, region=asked.region)
    lines = presenting.lines(found, actor=actor, now=now)
    return {**_answer(request), "items": lines, "is_capped": len(found) >= battle.MOST}


@router.get("/boards/happened", permission=SIGNED_IN, response=told.HappenedOut)
def list_happened(request: HttpRequest) -> dict[str, Any]:
    """What happened today with the records that the viewer may read."""
    actor, now = actor_of(request), timezone.now()
    found = happened.today(actor=actor, language=problems.language_of(request), now=now)
    return {"items": presenting.happened(found, actor=actor), "as_of": now}


def _answer(request: HttpRequest) -> dict[str, Any]:
    language = problems.language_of(request)
    return presenting.answer(actor=actor_of(request), language=language, now=timezone.now())
