"""Rule sets: what they say, drafts, checks, the test bench, publishing."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Status

from closeloop.edge import problems
from closeloop.identity.queries import actor_of
from closeloop.routing import actions, errors, models
from closeloop.routing.api.routes import MANAGE, router
from closeloop.routing.queries import sets, trying
from closeloop.routing.queries.trying import Ask
from closeloop.routing.schemas import (
    RoutingCatalogue,
    RoutingCatalogueQuery,
    RoutingChecked,
    RoutingDefinitionIn,
    RoutingSetIn,
    RoutingSetOut,
    RoutingSetRow,
    RoutingSwitchIn,
    RoutingTest,
    RoutingTestIn,
    RoutingVersionOut,
)

SetKey = Annotated[str, Path(max_length=60)]
Number = Annotated[int, Path(ge=1, lt=2**31)]


@router.get("/routing/sets", permission=MANAGE, response=list[RoutingSetRow])
def list_routing_sets(request: HttpRequest) -> Any:
    """Every rule set, the active ones first."""
    language = problems.language_of(request)
    return [_row(each, language) for each in sets.all_sets()]


@router.get("/routing/catalogue", permission=MANAGE, response=RoutingCatalogue)
def read_routing_catalogue(
    request: HttpRequest, asked: Annotated[RoutingCatalogueQuery, Query()]
) -> Any:
    """What the editor of rules offers. Raises UnknownRecordType."""
    return sets.catalogue(asked.record_type, problems.language_of(request))


@router.get("/routing/sets/{key}", permission=MANAGE, response=RoutingSetOut)
def read_routing_set(request: HttpRequest, key: SetKey) -> Any:
    """One rule set: its versions, what it says, its draft."""
    return _shown(key, request)


@router.get("/routing/sets/{key}/versions/{number}", permission=MANAGE, response=RoutingVersionOut)
def read_routing_version(request: HttpRequest, key: SetKey, number: Number) -> Any:
    """What a published version says."""
    for each in sets.rule_set(key).versions.all():
        if each.number == number:
            said = sets.said(each.definition, problems.language_of(request))
            return {**_version(each), "definition": each.definition, "sentences": said}
    raise errors.RuleSetNotFound({"key": key, "version": number})


@router.post("/routing/sets", permission=MANAGE, response={201: RoutingSetOut})
def create_routing_set(request: HttpRequest, payload: RoutingSetIn) -> Any:
    """A new rule set, as a draft."""
    actions.create_rule_set(
        payload.key,
        name=payload.name.as_data(),
        record_type=payload.record_type,
        actor=actor_of(request),
    )
    return Status(201, _shown(payload.key, request))


@router.put("/routing/sets/{key}/draft", permission=MANAGE, response=RoutingSetOut)
def write_routing_draft(request: HttpRequest, key: SetKey, payload: RoutingDefinitionIn) -> Any:
    """Keep a draft; it may still have problems."""
    actions.write_draft(key, payload.definition, actor=actor_of(request))
    return _shown(key, request)


@router.post("/routing/sets/{key}/check", permission=MANAGE, response=RoutingChecked)
def check_routing_set(request: HttpRequest, key: SetKey, payload: RoutingDefinitionIn) -> Any:
    """What is wrong with a definition, or what it says."""
    found = sets.rule_set(key)
    definition = {**payload.definition, "key": found.key, "record_type": found.record_type}
    faults, said = sets.checked(definition, found.record_type, problems.language_of(request))
    return {"problems": faults, "sentences": said}


@router.post("/routing/sets/{key}/test", permission=MANAGE, response=RoutingTest)
def try_routing_set(request: HttpRequest, key: SetKey, payload: RoutingTestIn) -> Any:
    """Where the newest records would go by a draft, beside what is published; nothing changes."""
    found = sets.rule_set(key)
    current = sets.current_version(found)
    published = current.definition if current else None
    definition = payload.definition or found.draft or published or {}
    return trying.try_rules(
        {**definition, "key": found.key, "record_type": found.record_type},
        published,
        Ask(last=payload.last, standing=payload.standing),
        actor=actor_of(request),
        language=problems.language_of(request),
    )


@router.post("/routing/sets/{key}/publish", permission=MANAGE, response=RoutingSetOut)
def publish_routing_set(request: HttpRequest, key: SetKey) -> Any:
    """Publish the draft as the next version; the first set of a record type decides at once."""
    actions.publish_draft(key, actor=actor_of(request))
    return _shown(key, request)


@router.post("/routing/sets/{key}/switch", permission=MANAGE, response=RoutingSetOut)
def switch_routing_set(request: HttpRequest, key: SetKey, payload: RoutingSwitchIn) -> Any:
    """Let a rule set decide instead of the one that does, or no more."""
    actions.switch(key, is_active=payload.is_active, actor=actor_of(request))
    return _shown(key, request)


def _shown(key: str, request: HttpRequest) -> dict[str, Any]:
    found = sets.rule_set(key)
    current = sets.current_version(found)
    return {
        **_row(found, problems.language_of(request)),
        "versions": [
            _version(each)
            for each in sorted(found.versions.all(), key=lambda version: -version.number)
        ],
        "current": current.definition if current else None,
        "draft": found.draft,
        "drafted_at": found.drafted_at,
    }


def _row(found: models.RuleSet, language: str) -> dict[str, Any]:
    current = sets.current_version(found)
    return {
        "key": found.key,
        "name": found.name,
        "record_type": found.record_type,
        "is_active": found.is_active,
        "version": current.number if current else None,
        "has_draft": found.draft is not None,
        "sentences": sets.said(current.definition if current else found.draft, language),
    }


def _version(each: models.RuleSetVersion) -> dict[str, Any]:
    return {
        "number": each.number,
        "is_current": each.is_current,
        "published_at": each.published_at,
        "published_by": each.published_by.name if each.published_by else "",
    }
