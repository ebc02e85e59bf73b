"""The stage table: how long deals stay, how many go on, what stops them, why they are lost (C14).

Stay, conversion and overstay are the panel's metrics, by kind; blockers are those of the board,
told by the stage in which the deal then was. Whose a loss is, is said by who closed the deal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from closeloop.edge import statements
from closeloop.engine.blueprint import Stage, StageKind
from closeloop.engine.metrics import Figure
from closeloop.engine.metrics.board import NAMED, Panel
from closeloop.identity.actor import Actor
from closeloop.metrics.panels import battle, blockers
from closeloop.metrics.panels.blockers import Blocker, Stopped
from closeloop.metrics.panels.feeds import Wanted
from closeloop.metrics.periods import Period
from closeloop.metrics.queries.figures import Asked, figures
from closeloop.process import blueprints

ABOUT = "deal"
TOP = 3
PARTS = NAMED["stages"]
Reason = Literal["missing", "refused", "lost"]
_LOST = """
    FROM (SELECT *, actor_id AS person_id FROM activity_entry
          WHERE verb = %(verb)s AND record_type = %(about)s AND at >= %(from)s AND at < %(to)s) e
    WHERE e.data->>'to' = ANY(%(lost)s) AND {scope}
"""
_REASONS = f"""
    SELECT e.data->>'from', e.data->>'outcome_reason', count(DISTINCT e.record_id) {_LOST}
    GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2
"""
_BEHIND = f"""
    SELECT e.record_id, count(*), max(e.at) {_LOST}
        AND e.data->>'from' = %(stage)s AND e.data->>'outcome_reason' = %(key)s
    GROUP BY e.record_id ORDER BY max(e.at) DESC, e.record_id LIMIT %(most)s
"""


@dataclass(frozen=True)
class Loss:
    """Why deals were lost, and how many of them."""

    key: str
    name: Mapping[str, str]
    records: int


@dataclass(frozen=True)
class Row:
    """A stage: its figures by their names in the panel, what stopped deals in it, their losses."""

    stage: Stage
    figures: Mapping[str, Figure]
    blockers: Sequence[Blocker]
    losses: Sequence[Loss]


@dataclass(frozen=True)
class Table:
    """The open stages in order; the metrics by their names; until when they are counted."""

    metrics: Mapping[str, str]
    as_of: datetime | None
    rows: Sequence[Row]


def table(panel: Panel, period: Period, *, unit: int | None, actor: Actor, now: datetime) -> Table:
    """Every open stage of the deal process over a period, within the actor's reach."""
    metrics = {part: str(panel.options[part]) for part in PARTS}
    told: dict[str, Mapping[str, Figure]] = {}
    counted: list[datetime | None] = []
    for part, metric in metrics.items():
        answer = figures(Asked(metric, period, by=("kind",), unit=unit), actor=actor)
        told[part] = {str(row.keys[0]): row.figure for row in answer.rows}
        counted.append(answer.as_of)
    wanted = Wanted(actor=actor, now=now, unit=unit)
    stopped = blockers.by_stage(wanted, period, most=TOP)
    lost = _losses(wanted, period)
    rows = [
        Row(
            stage=stage,
            figures={part: told[part][stage.key] for part in PARTS if stage.key in told[part]},
            blockers=stopped.get(stage.key, ()),
            losses=lost.get(stage.key, ())[:TOP],
        )
        for stage in battle.open_stages()
    ]
    known = [each for each in counted if each is not None]
    return Table(metrics, min(known) if len(known) == len(PARTS) else None, rows)


def behind(
    wanted: Wanted, period: Period, *, stage: str, kind: Reason, key: str
) -> Sequence[Stopped]:
    """The deals that something stopped in a stage, or that were lost from it for a reason."""
    if kind != "lost":
        return blockers.behind(wanted, period, kind=kind, key=key, stage=stage)
    where, values = _lost(wanted, period)
    asked = {**values, "stage": stage, "key": key, "most": blockers.MOST_BEHIND}
    return [Stopped(*row) for row in statements.rows(_BEHIND.format(scope=where), asked)]


def _losses(wanted: Wanted, period: Period) -> Mapping[str, Sequence[Loss]]:
    """By the stage from which deals were lost, the reasons, the most frequent first."""
    where, values = _lost(wanted, period)
    names = {each.key: each.name for stage in _lost_stages() for each in stage.outcome_reasons}
    found: dict[str, list[Loss]] = {}
    for stage, key, records in statements.rows(_REASONS.format(scope=where), values):
        if key in names:
            found.setdefault(stage, []).append(Loss(key, names[key], records))
    return found


def _lost(wanted: Wanted, period: Period) -> tuple[str, dict[str, Any]]:
    where, values = wanted.scope(ABOUT).where("e")
    start, end = period.moments()
    lost = [stage.key for stage in _lost_stages()]
    named = {"verb": f"{ABOUT}.stage_entered", "about": ABOUT, "lost": lost}
    return where, {**values, **named, "from": start, "to": end}


def _lost_stages() -> Sequence[Stage]:
    version = blueprints.current_of(ABOUT)
    return [stage for stage in version.stages if stage.kind is StageKind.LOST] if version else []
