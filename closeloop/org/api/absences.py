"""When people are away, and who stands in for them."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Status

from closeloop.edge import cursors
from closeloop.edge.router import SIGNED_IN
from closeloop.identity import queries as identity
from closeloop.identity.actor import Actor
from closeloop.org import actions, models, queries, schemas
from closeloop.org.api.routes import router


@router.get("/absences", permission=SIGNED_IN, response=schemas.AbsencePage)
def list_absences(request: HttpRequest, asked: Query[schemas.AbsenceFilter]) -> dict[str, Any]:
    """Absences of oneself, of those one stands in for, or of those one is in charge of."""
    actor, now = identity.actor_of(request), timezone.now()
    found = queries.absences_in(asked.box, actor=actor)
    if asked.person_id is not None:
        found = found.filter(person_id=asked.person_id)
    if asked.lasting:
        found = found.filter(cancelled_at=None, to_at__gt=now)
    page = list(_after(found, asked.cursor)[: asked.limit + 1])
    shown, is_more = page[: asked.limit], len(page) > asked.limit
    return {
        "items": [_row(each, now=now, actor=actor) for each in shown],
        "next_cursor": cursors.encode(shown[-1].from_at, shown[-1].pk) if is_more else None,
    }


@router.post("/absences", permission=SIGNED_IN, response={201: schemas.Absence})
def plan_absence(request: HttpRequest, payload: schemas.NewAbsence) -> Status[dict[str, Any]]:
    """Plan one's own absence, or that of somebody one is in charge of."""
    actor = identity.actor_of(request)
    given = payload.dict(exclude={"person_id"})
    planned = actions.AbsencePlanned(person_id=payload.person_id or actor.person_id, **given)
    absence = actions.plan_absence(planned, actor=actor)
    return Status(201, _row(absence, now=timezone.now(), actor=actor))


@router.delete("/absences/{absence_id}", permission=SIGNED_IN, response={204: None})
def cancel_absence(request: HttpRequest, absence_id: schemas.Id) -> Status[None]:
    """Call an absence off; one that has begun ends now."""
    actions.cancel_absence(absence_id, actor=identity.actor_of(request))
    return Status(204, None)


def _after(found: QuerySet[models.Absence], cursor: str | None) -> QuerySet[models.Absence]:
    if not cursor:
        return found
    at, last_id = cursors.decode(cursor, "timestamptz", "bigint")
    return found.filter(Q(from_at__lt=at) | Q(from_at=at, pk__lt=last_id))


def _row(absence: models.Absence, *, now: datetime, actor: Actor) -> dict[str, Any]:
    state = _state(absence, now)
    return {
        **{key: getattr(absence, key) for key in _SHOWN},
        "id": absence.pk,
        "state": state,
        "can_cancel": state in ("planned", "current")
        and queries.is_in_charge_of(absence.person_id, actor=actor),
    }


_SHOWN = ("person", "delegate", "from_at", "to_at", "scope", "reason", "planned_by")


def _state(absence: models.Absence, now: datetime) -> str:
    if absence.cancelled_at is not None:
        return "cancelled"
    if absence.to_at <= now:
        return "over"
    return "current" if absence.from_at <= now else "planned"
