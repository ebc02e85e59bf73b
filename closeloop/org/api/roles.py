"""Roles and what they can be made of."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Status

from closeloop.edge import etags, messages
from closeloop.identity import queries as identity
from closeloop.org import actions, me, models, queries, schemas
from closeloop.org.access import SCOPE_ORDER, Capability, Verb
from closeloop.org.api.routes import router

MANAGE = f"admin:{Capability.MANAGE_ROLES}"
READ = f"admin:{Capability.MANAGE_ROLES}|{Capability.MANAGE_USERS}"


@router.get("/org/roles", permission=READ, response=list[schemas.Role])
def list_roles(request: HttpRequest) -> QuerySet[models.Role]:
    """Every role with its grants."""
    return queries.roles()


@router.post("/org/roles", permission=MANAGE, response={201: schemas.Role})
def create_role(
    request: HttpRequest, response: HttpResponse, payload: schemas.NewRole
) -> Status[models.Role]:
    """Add a role."""
    role = actions.create_role(
        name=_name(payload.name),
        key=payload.key,
        capabilities=payload.capabilities,
        grants=_grants(payload.grants),
        actor=identity.actor_of(request),
    )
    response["ETag"] = etags.etag(role.version)
    return Status(201, queries.roles().get(pk=role.pk))


@router.patch("/org/roles/{role_id}", permission=MANAGE, response=schemas.Role)
def change_role(
    request: HttpRequest, response: HttpResponse, role_id: int, payload: schemas.RoleChange
) -> models.Role:
    """Change a role; If-Match carries its version. It holds for every request from then on."""
    given = payload.model_fields_set
    wanted: dict[str, Any] = {
        "name": _name(payload.name),
        "capabilities": payload.capabilities,
        "grants": _grants(payload.grants),
    }
    role = actions.change_role(
        role_id,
        wanted={field: value for field, value in wanted.items() if field in given},
        version=etags.required_version(request),
        actor=identity.actor_of(request),
    )
    response["ETag"] = etags.etag(role.version)
    return queries.roles().get(pk=role.pk)


@router.get("/org/permissions", permission=READ, response=schemas.Permissions)
def list_permissions(request: HttpRequest) -> dict[str, Any]:
    """Everything that a role can be made of, named in both languages."""
    return {
        "record_types": list(me.provided.record_type_keys()),
        "verbs": [_word("verb", verb.value) for verb in Verb],
        "scopes": [_word("scope", scope) for scope in SCOPE_ORDER],
        "capabilities": [_word("capability", capability.value) for capability in Capability],
    }


def _word(kind: str, key: str) -> dict[str, Any]:
    return {"key": key, "name": messages.catalogue()[f"{kind}.{key}"]}


def _name(given: dict[Any, str]) -> dict[str, str]:
    return {str(language): text for language, text in given.items()}


def _grants(given: list[schemas.Grant]) -> list[actions.GrantGiven]:
    return [
        actions.GrantGiven(
            record_type=grant.record_type,
            verb=grant.verb.value,
            scope=grant.scope.value,
            unit_ids=tuple(grant.unit_ids),
        )
        for grant in given
    ]
