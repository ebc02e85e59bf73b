"""Panels as the API gives them: records by title where they may be opened, people by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from closeloop.desk.timeline import Told
from closeloop.identity.actor import Actor
from closeloop.identity.queries import names_of
from closeloop.metrics import presenting, queries
from closeloop.metrics.panels.battle import Battle, actions_of
from closeloop.metrics.panels.blockers import Blocker, Stopped
from closeloop.metrics.panels.coverage import Map
from closeloop.metrics.panels.feeds import Line
from closeloop.metrics.panels.rankings import Place, Places
from closeloop.metrics.panels.stages import PARTS, Table
from closeloop.org import queries as org
from closeloop.org.models import Position
from closeloop.records import queries as records


def answer(*, actor: Actor, language: str, now: datetime) -> dict[str, Any]:
    """What stands below every panel: it is read at this moment; what was set right last."""
    newest = queries.newest_correction(actor=actor)
    return {"as_of": now, "corrected": presenting.corrected(newest, language)}


def lines(found: Sequence[Line], *, actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """Lines with what may be told of their records."""
    seen = records.visible_among({each.record_id for each in found}, actor=actor)
    names = names_of({each.owner_id for each in found if each.owner_id is not None})
    units = org.unit_names()
    return [
        {
            "record": record(seen[each.record_id]),
            "owner": person(each.owner_id, names),
            "unit": units.get(seen[each.record_id].unit_id or 0),
            "since": each.since,
            "days": max(0, (now - each.since).days),
            "why": None if each.why is None else dict(each.why),
        }
        for each in found
        if each.record_id in seen
    ]


def coverage(found: Map) -> dict[str, Any]:
    """The tiles with the names of their units."""
    units = org.unit_names()
    return {
        "days": found.days,
        "since": found.since,
        "week_since": found.week.since,
        "week_until": found.week.until,
        "tiles": [
            {
                "unit": {"id": each.unit_id, "name": units[each.unit_id]},
                "customers": each.counted.customers,
                "covered": each.counted.covered,
                "fresh": each.counted.fresh,
                "uncovered": each.uncovered,
                "conversion": None
                if each.conversion is None
                else presenting.figure(each.conversion),
                "state": "red" if each.is_red else "green" if each.is_green else "plain",
            }
            for each in found.tiles
            if each.unit_id in units
        ],
    }


def blockers(found: Sequence[Blocker]) -> list[dict[str, Any]]:
    """What stopped deals."""
    return [
        {
            "kind": each.kind,
            "key": each.key,
            "name": dict(each.name),
            "attempts": each.attempts,
            "records": each.records,
        }
        for each in found
    ]


def stages(found: Table) -> dict[str, Any]:
    """The stage table; it tells counts, no record."""
    return {
        "as_of": found.as_of,
        "metrics": dict(found.metrics),
        "rows": [
            {
                "key": each.stage.key,
                "name": dict(each.stage.name),
                **{
                    part: presenting.figure(each.figures[part]) if part in each.figures else None
                    for part in PARTS
                },
                "blockers": blockers(each.blockers),
                "losses": [
                    {"key": loss.key, "name": dict(loss.name), "records": loss.records}
                    for loss in each.losses
                ],
            }
            for each in found.rows
        ],
    }


def stopped(found: Sequence[Stopped], *, actor: Actor) -> list[dict[str, Any]]:
    """The records that were stopped, as far as they may be opened."""
    seen = records.visible_among({each.record_id for each in found}, actor=actor)
    names = names_of({one.owner_id for one in seen.values() if one.owner_id is not None})
    return [
        {
            "record": record(seen[each.record_id]),
            "owner": person(seen[each.record_id].owner_id, names),
            "attempts": each.attempts,
            "last_at": each.last_at,
        }
        for each in found
        if each.record_id in seen
    ]


def places(found: Places, *, actor: Actor) -> dict[str, Any]:
    """First places with names and units; what stands behind where the reader may open it."""
    shown = [*found.first, *([found.mine] if found.mine else [])]
    behind = {each.ranked.record_id for each in shown if each.ranked.record_id is not None}
    seen = records.visible_among(behind, actor=actor)
    people = {each.ranked.person_id for each in shown}
    names, homes = names_of(people), _homes(people)

    def told(place: Place) -> dict[str, Any]:
        own = place.ranked
        return {
            "rank": place.rank,
            "person": {"id": own.person_id, "name": names.get(own.person_id, "—")},
            "unit": homes.get(own.person_id),
            "value": own.value,
            "beside": own.beside,
            "record": record(seen[own.record_id]) if own.record_id in seen else None,
            "is_me": own.person_id == actor.user_id,
        }

    return {
        "unit": found.ranking.unit,
        "since": found.period.since,
        "until": found.period.until,
        "items": [told(each) for each in found.first],
        "mine": None if found.mine is None else told(found.mine),
    }


def battle(found: Battle) -> dict[str, Any]:
    """The map with the names of its units; sums only where the reader may learn them."""
    names = org.unit_names()
    units = sorted({each.unit_id for each in found.cells if each.unit_id in names})
    return {
        "stages": [
            {
                "key": each.key,
                "name": dict(each.name),
                "actions": [dict(name) for name in actions_of(each)],
                "expected_days": each.expected_days,
            }
            for each in found.stages
        ],
        "units": [{"id": key, "name": names[key]} for key in units],
        "cells": [
            {
                "unit": each.unit_id,
                "stage": each.stage,
                "count": each.count,
                "amount": each.amount if found.has_amounts else None,
                "red": each.red,
            }
            for each in found.cells
            if each.unit_id in names
        ],
    }


def happened(found: Sequence[tuple[int, Told]], *, actor: Actor) -> list[dict[str, Any]]:
    """What happened with the records that may be opened."""
    seen = records.visible_among({record_id for record_id, _ in found}, actor=actor)
    return [
        {
            "id": each.id, "at": each.at, "text": each.text, "person": each.actor,
            "record": record(seen[record_id]),
        }
        for record_id, each in found
        if record_id in seen
    ]  # fmt: skip


def record(found: Any) -> dict[str, Any]:
    """A record by id, type and title."""
    return {"id": found.pk, "type": found.type, "title": found.title}


def person(person_id: int | None, names: Mapping[int, str]) -> dict[str, Any] | None:
    """Somebody by name."""
    if person_id is None or person_id not in names:
        return None
    return {"id": person_id, "name": names[person_id]}


def _homes(people: Iterable[int]) -> Mapping[int, str]:
    held = Position.objects.filter(user_id__in=list(people), is_primary=True)
    return dict(held.values_list("user_id", "unit__name"))
