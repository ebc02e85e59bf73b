"""Pools for whoever keeps them: rules, drafts, checks, previews, publishing."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Status

from closeloop.edge import problems
from closeloop.identity.queries import actor_of
from closeloop.pool import actions, errors, presenting, queries, rules
from closeloop.pool.api.routes import MANAGE, router
from closeloop.pool.schemas import (
    Id,
    PoolCatalogue,
    PoolCatalogueQuery,
    PoolChecked,
    PoolDefinitionIn,
    PoolIn,
    PoolPreview,
    PoolPreviewIn,
    PoolSettings,
    PoolSettingsRow,
    PoolSwitchIn,
)


@router.get("/pool-settings", permission=MANAGE, response=list[PoolSettingsRow])
def list_pool_settings(request: HttpRequest) -> Any:
    """Every pool with its sentences."""
    language = problems.language_of(request)
    return [presenting.settings_row(each, language) for each in queries.all_pools()]


@router.get("/pool-settings/catalogue", permission=MANAGE, response=PoolCatalogue)
def read_pool_catalogue(request: HttpRequest, asked: Query[PoolCatalogueQuery]) -> Any:
    """What the editor offers for pools of a record type."""
    return queries.catalogue(asked.record_type)


@router.post("/pool-settings", permission=MANAGE, response={201: PoolSettings})
def create_pool(request: HttpRequest, payload: PoolIn) -> Any:
    """A new pool, as a draft."""
    pool = actions.create_pool(
        payload.key,
        name=payload.name.as_data(),
        record_type=payload.record_type,
        unit_id=payload.unit_id,
        actor=actor_of(request),
    )
    return Status(201, _shown(pool.pk, request))


@router.get("/pool-settings/{pool_id}", permission=MANAGE, response=PoolSettings)
def read_pool_settings(request: HttpRequest, pool_id: Id) -> Any:
    """One pool: its versions, what it says, its draft."""
    return _shown(pool_id, request)


@router.put("/pool-settings/{pool_id}/draft", permission=MANAGE, response=PoolSettings)
def write_pool_draft(request: HttpRequest, pool_id: Id, payload: PoolDefinitionIn) -> Any:
    """Keep a draft; it may still have problems."""
    actions.write_draft(pool_id, payload.definition, actor=actor_of(request))
    return _shown(pool_id, request)


@router.post("/pool-settings/{pool_id}/check", permission=MANAGE, response=PoolChecked)
def check_pool_rules(request: HttpRequest, pool_id: Id, payload: PoolDefinitionIn) -> Any:
    """What is wrong with a definition, or what it says."""
    found = queries.pool_by_id(pool_id)
    faults, said = queries.checked(
        payload.definition, found.record_type, problems.language_of(request)
    )
    return {"problems": faults, "sentences": said}


@router.post("/pool-settings/{pool_id}/preview", permission=MANAGE, response=PoolPreview)
def preview_pool_rules(request: HttpRequest, pool_id: Id, payload: PoolPreviewIn) -> Any:
    """Who would lose what, and when, if these rules held from now on."""
    found = queries.pool_by_id(pool_id)
    current = queries.current_version(found)
    definition = payload.definition or found.draft or (current.definition if current else {})
    faults = rules.find_problems(definition, queries.known_for(found.record_type))
    if faults:
        raise errors.PoolRulesInvalid(faults)
    given = rules.parse(definition)
    shown = queries.preview(found, given, days=payload.days)
    return presenting.preview_row(found, given, shown, problems.language_of(request))


@router.post("/pool-settings/{pool_id}/publish", permission=MANAGE, response=PoolSettings)
def publish_pool_rules(request: HttpRequest, pool_id: Id) -> Any:
    """Publish the draft as the next version."""
    actions.publish_draft(pool_id, actor=actor_of(request))
    return _shown(pool_id, request)


@router.post("/pool-settings/{pool_id}/switch", permission=MANAGE, response=PoolSettings)
def switch_pool(request: HttpRequest, pool_id: Id, payload: PoolSwitchIn) -> Any:
    """Let a pool take in and give out, or no more."""
    actions.switch(pool_id, is_active=payload.is_active, actor=actor_of(request))
    return _shown(pool_id, request)


def _shown(pool_id: int, request: HttpRequest) -> dict[str, Any]:
    return presenting.settings(queries.pool_by_id(pool_id), problems.language_of(request))
