"""Pilots begun, changed, ended and taken away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge.etags import EditConflict
from closeloop.identity.actor import Actor
from closeloop.metrics import definitions, errors, lines
from closeloop.metrics.models import Pilot
from closeloop.org import queries as org

KINDS = frozenset({"standard", "policy", "blueprint", "other"})
MOST_METRICS = 12
Wrong = dict[str, str]


@dataclass(frozen=True)
class Plan:
    """What is tried, where, since when, and by which metrics it is judged.

    A pilot of a `line` of products may be in one unit; without one it is in the whole company.
    """

    name: str
    about: Mapping[str, Any]
    note: str
    unit_id: int | None
    line: str
    since: date
    until: date | None
    metrics: Sequence[str]


def begin(plan: Plan, *, actor: Actor) -> Pilot:
    """Note a pilot. Raises PilotInvalid."""
    _check(plan)
    pilot = Pilot.objects.create(**_columns(plan), made_by_id=actor.user_id)
    _record("pilot.begun", pilot, actor)
    return pilot


def change(pilot_id: int, plan: Plan, *, expected_version: int, actor: Actor) -> Pilot:
    """Change a pilot or end it. Raises PilotNotFound, PilotInvalid, EditConflict."""
    pilot = _locked(pilot_id, expected_version)
    _check(plan, held=pilot.line)
    is_ended = pilot.until is None and plan.until is not None
    for key, value in _columns(plan).items():
        setattr(pilot, key, value)
    pilot.version += 1
    pilot.save()
    _record("pilot.ended" if is_ended else "pilot.changed", pilot, actor)
    return pilot


def remove(pilot_id: int, *, expected_version: int, actor: Actor) -> None:
    """Take away a pilot that was noted by mistake; what happened in its time stays as it is.

    Raises PilotNotFound, EditConflict.
    """
    pilot = _locked(pilot_id, expected_version)
    _record("pilot.removed", pilot, actor)
    pilot.delete()


def _locked(pilot_id: int, expected_version: int) -> Pilot:
    pilot = Pilot.objects.select_for_update().filter(pk=pilot_id).first()
    if pilot is None:
        raise errors.PilotNotFound({"id": pilot_id})
    if pilot.version != expected_version:
        raise EditConflict({"version": pilot.version, "conflict": []})
    return pilot


def _columns(plan: Plan) -> dict[str, Any]:
    return {**asdict(plan), "about": dict(plan.about), "metrics": list(plan.metrics)}


def _check(plan: Plan, held: str = "") -> None:
    wrong = []
    if not plan.name.strip():
        wrong.append({"field": "name", "code": "required"})
    if plan.about.get("kind") not in KINDS:
        wrong.append({"field": "about", "code": "unknown_choice"})
    wrong += _place(plan, held)
    if plan.until is not None and plan.until < plan.since:
        wrong.append({"field": "until", "code": "before_since"})
    wrong += _metrics(plan)
    if wrong:
        raise errors.PilotInvalid({"errors": wrong})


def _place(plan: Plan, held: str) -> list[Wrong]:
    """A unit below the company, a line that there is, or both."""
    wrong = []
    if plan.unit_id is None and not plan.line:
        wrong.append({"field": "unit_id", "code": "required"})
    if plan.unit_id is not None and (
        plan.unit_id not in org.unit_names() or plan.unit_id == org.top_unit()
    ):
        wrong.append({"field": "unit_id", "code": "unknown_choice"})
    if plan.line not in {"", held, *lines.names()}:
        wrong.append({"field": "line", "code": "unknown_choice"})
    return wrong


def _metrics(plan: Plan) -> list[Wrong]:
    """Known ones that can be compared, and told apart by line where one is tried."""
    book, given = definitions.book(), set(plan.metrics)
    if not given or len(given) > MOST_METRICS or given - book.metrics.keys():
        return [{"field": "metrics", "code": "unknown_choice"}]
    if given - set(lines.judging(book, of_line=False)):
        return [{"field": "metrics", "code": "not_comparable"}]
    if plan.line and given - set(lines.judging(book, of_line=True)):
        return [{"field": "metrics", "code": "no_line"}]
    return []


def _record(verb: str, pilot: Pilot, actor: Actor) -> None:
    data = {
        "pilot_id": pilot.pk,
        "name": pilot.name,
        "line": pilot.line,
        "since": pilot.since.isoformat(),
        "until": None if pilot.until is None else pilot.until.isoformat(),
        "metrics": pilot.metrics,
    }
    activity.record(Happening(verb=verb, unit_id=pilot.unit_id, data=data), actor=actor)
