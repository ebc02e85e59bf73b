"""The battle map: open deals by unit and stage, a stage is a pack of actions (C16, C17)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from closeloop.desk import listing
from closeloop.edge import statements
from closeloop.engine.blueprint import ChecklistItem, Stage, StageKind
from closeloop.identity.actor import Actor
from closeloop.metrics.panels.feeds import Line, Wanted
from closeloop.metrics.queries.scope import regions_about
from closeloop.org import queries as org
from closeloop.process import blueprints
from closeloop.records.types import registry

ABOUT = "deal"
MOST = 200
_CELLS = """
    SELECT t.unit_id, t.stage, sum(t.count)::bigint, sum(t.amount)
    FROM (SELECT *, owner_id AS person_id FROM desk_tally WHERE record_type = %(about)s) t
    WHERE {scope} AND t.stage = ANY(%(stages)s) GROUP BY t.unit_id, t.stage
    HAVING sum(t.count) <> 0
"""
_RED = """
    SELECT r.unit_id, i.stage, count(DISTINCT r.id)
    FROM sla_clock c
    JOIN (SELECT id, unit_id, owner_id AS person_id, deleted_at, type FROM records_record) r
        ON r.id = c.record_id
    JOIN process_instance i ON i.record_id = r.id
    WHERE c.closed_at IS NULL AND c.red_since IS NOT NULL AND r.type = %(about)s
        AND r.deleted_at IS NULL AND i.stage = ANY(%(stages)s) AND {scope}
    GROUP BY r.unit_id, i.stage
"""
_DEALS = """
    SELECT r.id, r.person_id, i.entered_at
    FROM (SELECT id, unit_id, owner_id AS person_id, deleted_at, type FROM records_record) r
    JOIN process_instance i ON i.record_id = r.id
    WHERE r.type = %(about)s AND r.deleted_at IS NULL AND i.stage = %(stage)s AND {scope}
    ORDER BY i.entered_at, r.id LIMIT %(most)s
"""


@dataclass
class Cell:
    """The open deals of a unit with all below it in a stage; how many of them are red."""

    unit_id: int
    stage: str
    count: int = 0
    amount: Decimal = Decimal(0)
    red: int = 0


@dataclass(frozen=True)
class Battle:
    """Stages in order, and the cells; `has_amounts`: whether the reader may learn the sums."""

    stages: Sequence[Stage]
    cells: Sequence[Cell]
    has_amounts: bool


def battle(*, unit: int | None, actor: Actor, wanted: Wanted) -> Battle:
    """The map of the units below one, or below the top of the actor's reach."""
    stages = open_stages()
    where, values = wanted.scope(ABOUT).where("t")
    named = {**values, "about": ABOUT, "stages": [stage.key for stage in stages]}
    regions = regions_about(ABOUT, unit=unit, actor=actor)
    cells: dict[tuple[int, str], Cell] = {}
    for unit_id, stage, count, amount in statements.rows(_CELLS.format(scope=where), named):
        cell = _cell(cells, regions, unit_id, stage)
        cell.count += count
        cell.amount += amount or Decimal(0)
    where, _ = wanted.scope(ABOUT).where("r")
    for unit_id, stage, red in statements.rows(_RED.format(scope=where), named):
        _cell(cells, regions, unit_id, stage).red += red
    told = listing.amount_field_of(registry.get(ABOUT), org.access_of(actor)) is not None
    return Battle(stages, list(cells.values()), told)


def deals(wanted: Wanted, *, stage: str, region: int | None) -> Sequence[Line]:
    """The deals of a cell, the longest in their stage first."""
    if region is not None:
        regions = regions_about(ABOUT, unit=wanted.unit, actor=wanted.actor)
        own = frozenset(key for key, of in regions.items() if of == region)
        wanted = wanted.within(own or frozenset({region}))
    where, values = wanted.scope(ABOUT).where("r")
    rows = statements.rows(
        _DEALS.format(scope=where), {**values, "about": ABOUT, "stage": stage, "most": MOST}
    )
    return [Line(*row) for row in rows]


def open_stages() -> Sequence[Stage]:
    """The stages of deals that are not over, in order."""
    version = blueprints.current_of(ABOUT)
    return [stage for stage in version.stages if stage.kind is StageKind.OPEN] if version else []


def actions_of(stage: Stage) -> list[Mapping[str, str]]:
    """What must be done before a stage is left: the checklist, then what else its gate asks for."""
    asked = [each.name for each in stage.exit if not isinstance(each, ChecklistItem)]
    return [*(each.name for each in stage.checklist), *asked]


def _cell(
    cells: dict[tuple[int, str], Cell], regions: Mapping[int, int], unit_id: int | None, stage: str
) -> Cell:
    key = (regions.get(unit_id or 0, unit_id or 0), stage)
    return cells.setdefault(key, Cell(*key))
