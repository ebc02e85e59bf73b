"""Pilots over HTTP: what is tried where, and what it changed."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Status

from closeloop.edge import etags
from closeloop.edge.router import SIGNED_IN
from closeloop.identity.queries import actor_of
from closeloop.metrics import definitions, lines, presenting
from closeloop.metrics.actions import piloting
from closeloop.metrics.actions.piloting import Plan
from closeloop.metrics.api.routes import MANAGE, router
from closeloop.metrics.models import Pilot
from closeloop.metrics.queries import piloted
from closeloop.metrics.queries.piloted import Compared, Side
from closeloop.metrics.schemas import Id, PilotIn, PilotList, PilotOut, PilotPage

PilotId = Annotated[Id, Path()]


@router.get("/pilots", permission=SIGNED_IN, response=PilotList)
def list_pilots(request: HttpRequest) -> dict[str, Any]:
    """The pilots of units in one's reach and of product lines, the newest first."""
    book = definitions.book()
    return {
        "items": [_pilot(each) for each in piloted.visible(actor=actor_of(request))],
        "lines": [{"key": key, "name": dict(name)} for key, name in lines.names().items()],
        "metrics": lines.judging(book, of_line=False),
        "line_metrics": lines.judging(book, of_line=True),
    }


@router.post("/pilots", permission=MANAGE, response={201: PilotOut})
def begin_pilot(request: HttpRequest, payload: PilotIn) -> Status[dict[str, Any]]:
    """Note what was switched on for one unit or line, and by which metrics it is judged."""
    return Status(201, _pilot(piloting.begin(_plan(payload), actor=actor_of(request))))


@router.get("/pilots/{pilot_id}", permission=SIGNED_IN, response=PilotPage)
def read_pilot(request: HttpRequest, pilot_id: PilotId) -> dict[str, Any]:
    """What a pilot changed: before and after, beside everybody else, with intervals."""
    actor = actor_of(request)
    pilot = piloted.visible_pilot(pilot_id, actor=actor)
    today = timezone.localdate()
    spans = piloted.spans(pilot, today=today)
    return {
        "pilot": _pilot(pilot),
        "before": None if spans is None else _span(spans[0]),
        "after": None if spans is None else _span(spans[1]),
        "rows": [_compared(each) for each in piloted.compare(pilot, today=today, actor=actor)],
    }


@router.put("/pilots/{pilot_id}", permission=MANAGE, response=PilotOut)
def change_pilot(request: HttpRequest, pilot_id: PilotId, payload: PilotIn) -> dict[str, Any]:
    """Change a pilot, or end it by naming its last day."""
    version = etags.required_version(request)
    actor = actor_of(request)
    return _pilot(piloting.change(pilot_id, _plan(payload), expected_version=version, actor=actor))


@router.delete("/pilots/{pilot_id}", permission=MANAGE, response={204: None})
def remove_pilot(request: HttpRequest, pilot_id: PilotId) -> Status[None]:
    """Take away a pilot that was noted by mistake."""
    version = etags.required_version(request)
    piloting.remove(pilot_id, expected_version=version, actor=actor_of(request))
    return Status(204, None)


def _plan(payload: PilotIn) -> Plan:
    return Plan(
        name=payload.name.strip(), about=payload.about.dict(), note=payload.note.strip(),
        unit_id=payload.unit_id, line=payload.line, since=payload.since, until=payload.until,
        metrics=tuple(dict.fromkeys(payload.metrics)),
    )  # fmt: skip


def _pilot(pilot: Pilot) -> dict[str, Any]:
    return {
        "id": pilot.pk,
        "name": pilot.name,
        "about": pilot.about,
        "note": pilot.note,
        "unit": None if pilot.unit is None else {"id": pilot.unit.pk, "name": pilot.unit.name},
        "line": _line(pilot.line),
        "since": pilot.since,
        "until": pilot.until,
        "metrics": pilot.metrics,
        "made_by": None if pilot.made_by is None else pilot.made_by.name,
        "version": pilot.version,
    }


def _line(key: str) -> dict[str, Any] | None:
    """A line that there is no more keeps its key."""
    plain = {"zh-CN": key, "en-US": key}
    return {"key": key, "name": dict(lines.names().get(key, plain))} if key else None


def _span(period: Any) -> dict[str, Any]:
    return {"since": period.since, "until": period.until}


def _compared(found: Compared) -> dict[str, Any]:
    return {
        "metric": found.metric.key,
        "name": dict(found.metric.name),
        "format": found.metric.format.value,
        "pilot": _side(found.pilot),
        "rest": _side(found.rest),
        "change": found.effect.change,
        "low": found.effect.low,
        "high": found.effect.high,
        "verdict": found.effect.verdict.value,
    }


def _side(side: Side) -> dict[str, Any]:
    return {"before": presenting.figure(side.before), "after": presenting.figure(side.after)}
