"""The tree of units."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Status

from closeloop.edge import etags
from closeloop.edge.router import SIGNED_IN
from closeloop.identity import queries as identity
from closeloop.org import actions, models, queries, schemas
from closeloop.org.access import Capability
from closeloop.org.api.routes import router

MANAGE = f"admin:{Capability.MANAGE_ORG}"


@router.get("/org/units", permission=SIGNED_IN, response=list[schemas.Unit])
def list_units(request: HttpRequest) -> QuerySet[models.Unit]:
    """Every unit; `parent_id` makes the tree."""
    return queries.units()


@router.post("/org/units", permission=MANAGE, response={201: schemas.Unit})
def create_unit(
    request: HttpRequest, response: HttpResponse, payload: schemas.NewUnit
) -> Status[models.Unit]:
    """Add a unit."""
    unit = actions.create_unit(**payload.dict(), actor=identity.actor_of(request))
    response["ETag"] = etags.etag(unit.version)
    return Status(201, queries.units().get(pk=unit.pk))


@router.patch("/org/units/{unit_id}", permission=MANAGE, response=schemas.Unit)
def change_unit(
    request: HttpRequest, response: HttpResponse, unit_id: int, payload: schemas.UnitChange
) -> models.Unit:
    """Change or move a unit; If-Match carries its version."""
    unit = actions.change_unit(
        unit_id,
        wanted=payload.dict(exclude_unset=True),
        version=etags.required_version(request),
        actor=identity.actor_of(request),
    )
    response["ETag"] = etags.etag(unit.version)
    return queries.units().get(pk=unit.pk)


@router.delete("/org/units/{unit_id}", permission=MANAGE, response={204: None})
def delete_unit(request: HttpRequest, unit_id: int) -> Status[None]:
    """Remove a unit on which nothing hangs."""
    actions.delete_unit(
        unit_id, version=etags.given_version(request), actor=identity.actor_of(request)
    )
    return Status(204, None)
