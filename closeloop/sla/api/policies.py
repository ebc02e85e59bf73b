"""Policies: what they say, drafts, checks, rehearsals, publishing."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Status

from closeloop.edge import problems
from closeloop.identity.queries import actor_of
from closeloop.sla import actions, jobs, models
from closeloop.sla.api.routes import MANAGE, router
from closeloop.sla.queries import policies, rehearsal
from closeloop.sla.schemas import (
    CatalogueQuery,
    DefinitionIn,
    PolicyCatalogue,
    PolicyChecked,
    PolicyIn,
    PolicyOut,
    PolicyRow,
    PublishIn,
    Rehearsal,
    RehearsalIn,
    SwitchIn,
)

PolicyKey = Annotated[str, Path(max_length=60)]
VIEW = "admin:process.view|sla.manage"


@router.get("/policies", permission=VIEW, response=list[PolicyRow])
def list_policies(request: HttpRequest) -> Any:
    """Every policy with its sentences."""
    language = problems.language_of(request)
    return [_row(each, language) for each in policies.all_policies()]


@router.get("/policies/catalogue", permission=MANAGE, response=PolicyCatalogue)
def read_policy_catalogue(request: HttpRequest, asked: Annotated[CatalogueQuery, Query()]) -> Any:
    """What the editor offers for policies about something."""
    return policies.catalogue(asked.about, problems.language_of(request))


@router.get("/policies/{key}", permission=VIEW, response=PolicyOut)
def read_policy(request: HttpRequest, key: PolicyKey) -> Any:
    """One policy: its versions, what it says, its draft."""
    return _shown(key, request)


@router.post("/policies", permission=MANAGE, response={201: PolicyOut})
def create_policy(request: HttpRequest, payload: PolicyIn) -> Any:
    """A new policy, as a draft."""
    actions.create_policy(
        payload.key, name=payload.name.as_data(), about=payload.about, actor=actor_of(request)
    )
    return Status(201, _shown(payload.key, request))


@router.put("/policies/{key}/draft", permission=MANAGE, response=PolicyOut)
def write_policy_draft(request: HttpRequest, key: PolicyKey, payload: DefinitionIn) -> Any:
    """Keep a draft; it may still have problems."""
    actions.write_draft(key, payload.definition, actor=actor_of(request))
    return _shown(key, request)


@router.post("/policies/{key}/check", permission=MANAGE, response=PolicyChecked)
def check_policy(request: HttpRequest, key: PolicyKey, payload: DefinitionIn) -> Any:
    """What is wrong with a definition, or what it says."""
    found = policies.policy(key)
    definition = {**payload.definition, "key": found.key, "about": found.about}
    faults, said = policies.checked(definition, problems.language_of(request))
    return {"problems": faults, "sentences": said}


@router.post("/policies/{key}/rehearsal", permission=MANAGE, response=Rehearsal)
def rehearse_policy(request: HttpRequest, key: PolicyKey, payload: RehearsalIn) -> Any:
    """What would have happened in a period that is over, by replay of what was recorded."""
    found = policies.policy(key)
    current = policies.current_version(found)
    definition = payload.definition or found.draft or (current.definition if current else {})
    return rehearsal.rehearse(
        policies.parsed({**definition, "key": found.key, "about": found.about}),
        since=payload.since,
        until=payload.until,
        actor=actor_of(request),
        language=problems.language_of(request),
    )


@router.post("/policies/{key}/publish", permission=MANAGE, response=PolicyOut)
def publish_policy(request: HttpRequest, key: PolicyKey, payload: PublishIn) -> Any:
    """Publish the draft as the next version; clocks that run keep theirs."""
    actor = actor_of(request)
    actions.publish_draft(key, actor=actor)
    if payload.adopt:
        jobs.adopt_later(policy_key=key)
    return _shown(key, request)


@router.post("/policies/{key}/switch", permission=MANAGE, response=PolicyOut)
def switch_policy(request: HttpRequest, key: PolicyKey, payload: SwitchIn) -> Any:
    """Let a policy open clocks, or no more."""
    actions.switch(key, is_active=payload.is_active, actor=actor_of(request))
    return _shown(key, request)


def _shown(key: str, request: HttpRequest) -> dict[str, Any]:
    found = policies.policy(key)
    language = problems.language_of(request)
    current = policies.current_version(found)
    return {
        **_row(found, language),
        "versions": [
            {
                "number": each.number,
                "is_current": each.is_current,
                "published_at": each.published_at,
                "published_by": each.published_by.name if each.published_by else "",
                "sentences": policies.said_then(each.definition, language),
            }
            for each in sorted(found.versions.all(), key=lambda version: -version.number)
        ],
        "current": current.definition if current else None,
        "draft": found.draft,
        "drafted_at": found.drafted_at,
    }


def _row(found: models.Policy, language: str) -> dict[str, Any]:
    current = policies.current_version(found)
    return {
        "key": found.key,
        "name": found.name,
        "about": found.about,
        "is_active": found.is_active,
        "version": current.number if current else None,
        "has_draft": found.draft is not None,
        "sentences": policies.said(current.definition if current else found.draft, language),
    }
