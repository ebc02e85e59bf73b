"""The configuration of support over HTTP."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from closeloop.edge import etags, problems
from closeloop.identity import queries as identity
from closeloop.identity.queries import actor_of
from closeloop.org import queries as org
from closeloop.support import actions, presenting, queries, sentences, setups
from closeloop.support.api.routes import MANAGE, router
from closeloop.support.models import Setup
from closeloop.support.schemas import SupportSetup, SupportSetupIn, SupportSetupTried


@router.get("/support/settings", permission=MANAGE, response=SupportSetup)
def read_support_settings(request: HttpRequest) -> dict[str, Any]:
    """Kinds, kinds of help, and who answers what."""
    return _shown(request)


@router.put("/support/settings", permission=MANAGE, response=SupportSetup)
def publish_support_settings(request: HttpRequest, payload: SupportSetupIn) -> dict[str, Any]:
    """Publish the next version (If-Match: the version it began from)."""
    actions.publish(
        payload.definition,
        expected_number=etags.required_version(request),
        actor=actor_of(request),
    )
    return _shown(request)


@router.post("/support/settings/rehearsal", permission=MANAGE, response=SupportSetupTried)
def rehearse_support_settings(request: HttpRequest, payload: SupportSetupIn) -> dict[str, Any]:
    """Who would be asked by a draft about the cases of the last 30 days; nothing is published."""
    found = queries.rehearse(payload.definition, now=timezone.now())
    people = [each for each in found.people if each.now or each.then]
    names = identity.names_of({each.person_id for each in people if each.person_id})
    return {
        "cases": found.cases,
        "moved": found.moved,
        "sentences": sentences.rules_of([found.draft], problems.language_of(request))[0],
        "kinds": [asdict(each) for each in found.kinds],
        "people": [
            {
                "person": {"id": each.person_id, "name": names.get(each.person_id, "—")}
                if each.person_id
                else None,
                "now": each.now,
                "then": each.then,
            }
            for each in people
        ],
    }


def _shown(request: HttpRequest) -> dict[str, Any]:
    versions = queries.versions()
    live = setups.current()
    named = {each.value for each in live.rules if each.target == "person"}
    people = identity.names_of({each for each in named if isinstance(each, int)})
    said = sentences.rules_of(
        [setups.parse(each.number, each.definition) for each in versions],
        problems.language_of(request),
    )
    return {
        "version": live.number,
        "definition": versions[0].definition
        if versions
        else {"kinds": [], "helps": [], "rules": []},
        "versions": [_version(*each) for each in zip(versions, said, strict=True)],
        "units": [{"id": each.pk, "name": each.name} for each in org.units() if each.is_active],
        "roles": [{"key": each.key, "name": each.name} for each in org.roles()],
        "people": [{"id": key, "name": name} for key, name in people.items()],
    }


def _version(found: Setup, said: list[str]) -> dict[str, Any]:
    return {
        "version": found.number,
        "definition": found.definition,
        "sentences": said,
        "published_at": found.published_at,
        "published_by": presenting.person(found.published_by),
        "is_shipped": found.is_shipped,
        "is_current": found.is_current,
    }
