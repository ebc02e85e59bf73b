"""Contract approvals in the demo company: its year went by without, from now on they are needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import connection

from closeloop.approvals import flows
from closeloop.approvals.models import Ask, Case, CaseState, Visit
from closeloop.designer import packs
from closeloop.engine.approvals import ApproveNode
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.process import actions as process
from closeloop.process import migrating
from closeloop.sla import calendars

PACK = "standard"
APPROVAL = "approval"
ALLOWED_S = 8 * 3600
"""E04: what a single approval may take, in working time as its policy says."""
Stretch = tuple[ApproveNode, datetime, datetime]
"""A node, and from when until when it had the case."""


def before_approvals(*, actor: Actor) -> None:
    """Publish the pack's processes without the approvals that their gates wait for."""
    for blueprint in packs.read_pack(PACK).blueprints:
        if _has_approvals(blueprint):
            process.publish(without_approvals(blueprint), actor=actor)


def introduce_approvals(*, actor: Actor) -> None:
    """Publish them as the pack has them, and let what runs go on by them: all is approved now."""
    for blueprint in packs.read_pack(PACK).blueprints:
        if _has_approvals(blueprint):
            number = process.publish(blueprint, actor=actor).number
            plan = migrating.plan_of(
                blueprint["key"], from_number=number - 1, to_number=number, mapping=None
            )
            process.migrate_running(plan, actor=actor)


def without_approvals(blueprint: Mapping[str, Any]) -> dict[str, Any]:
    """A blueprint whose gates wait for nobody's agreement."""
    stages = [
        {
            **stage,
            **{
                side: [item for item in stage[side] if item["kind"] != APPROVAL]
                for side in ("entry", "exit")
                if side in stage
            },
        }
        for stage in blueprint["stages"]
    ]
    return {**blueprint, "stages": stages}


def _has_approvals(blueprint: Mapping[str, Any]) -> bool:
    items = (item for stage in blueprint["stages"] for item in stage.get("exit", ()))
    return any(item["kind"] == APPROVAL for item in items)


def remember_approvals(*, seed: int) -> int:
    """Give every contract of the past the approval that it had by word of mouth; gives how many.

    Of the whole time most is spent waiting for the director (E06: 41 of 57 hours). The times lie
    within the deal's stay in the stage, so nothing else of its history changes.
    """
    made = 0
    for blueprint in packs.read_pack(PACK).blueprints:
        for stage in blueprint["stages"]:
            for item in stage.get("exit", ()):
                if item["kind"] == APPROVAL:
                    made += _remember(blueprint["record_type"], stage["key"], item["flow"], seed)
    return made


def _remember(record_type: str, stage: str, flow_key: str, seed: int) -> int:
    version = flows.current_of(flow_key)
    nodes = [node for node in version.flow.walk() if isinstance(node, ApproveNode)]
    stays = _stays(record_type, stage)
    cases, parts = [], []
    for record_id, title, owner_id, unit_id, entered_at, left_at in stays:
        dice = Random(f"{seed}:{record_id}")
        stay = left_at - entered_at
        opened_at = entered_at + stay * dice.uniform(0.02, 0.1)
        shares = [dice.uniform(2.0, 6.0), *(dice.uniform(0.2, 1.5) for _ in nodes[1:])]
        whole = min((left_at - opened_at) * 0.95, timedelta(hours=dice.uniform(10, 90)))
        ends = [opened_at + whole * (sum(shares[: n + 1]) / sum(shares)) for n in range(len(nodes))]
        ends = _at_work(ends, unit_id, latest=left_at)
        cases.append(
            Case(
                flow_id=version.flow_id,
                version_id=version.version_id,
                title=title,
                record_id=record_id,
                record_type=record_type,
                requester_id=owner_id,
                unit_id=unit_id,
                form={line.key: None for line in version.flow.form},
                state=CaseState.GRANTED,
                opened_at=opened_at,
                closed_at=ends[-1],
                is_imported=True,
            )
        )
        parts.append(list(zip(nodes, [opened_at, *ends[:-1]], ends, strict=True)))
    Case.objects.bulk_create(cases)
    _remember_asks(cases, parts)
    return len(cases)


def _at_work(moments: Sequence[datetime], unit_id: int, *, latest: datetime) -> list[datetime]:
    """Nobody answers at night: the next working moment, unless the stay had ended by then."""
    calendar = calendars.for_unit(unit_id).calendar
    return [min(calendar.add_working(each, 60), latest) for each in moments]


def _remember_asks(cases: Sequence[Case], parts: Sequence[Sequence[Stretch]]) -> None:
    visits = [
        Visit(
            case=case, number=number, node=node.key, state="done", entered_at=since, left_at=until
        )
        for case, stretches in zip(cases, parts, strict=True)
        for number, (node, since, until) in enumerate(stretches, start=1)
    ]
    Visit.objects.bulk_create(visits)
    nodes = {node.key: node for stretches in parts for node, _, _ in stretches}
    asks = []
    for visit in visits:
        number = visit.number * 10
        calendar = calendars.for_unit(visit.case.unit_id).calendar
        for source in nodes[visit.node].sources:
            for person in org.people_with_role(source.role, visit.case.unit_id)[:1]:
                number += 1
                asks.append(
                    Ask(
                        case=visit.case,
                        visit=visit,
                        number=number,
                        person_id=person,
                        state="agreed",
                        asked_at=visit.entered_at,
                        ended_at=visit.left_at,
                        due_at=calendar.add_working(visit.entered_at, ALLOWED_S),
                    )
                )
    Ask.objects.bulk_create(asks)


def _stays(record_type: str, stage: str) -> list[tuple[Any, ...]]:
    """Every finished stay in a stage that was left forward, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_STAYS, [record_type, stage])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


_STAYS = """
    SELECT r.id, r.title, r.owner_id, r.unit_id, v.entered_at, v.left_at
    FROM process_visit v JOIN records_record r ON r.id = v.record_id AND r.type = %s
    JOIN LATERAL (
        SELECT n.kind FROM process_visit n WHERE n.record_id = v.record_id AND n.id > v.id
        ORDER BY n.id LIMIT 1
    ) after ON after.kind = 'forward'
    WHERE v.stage = %s AND v.left_at IS NOT NULL AND r.owner_id IS NOT NULL
    ORDER BY v.id
"""
