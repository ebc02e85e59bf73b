"""The configuration of support over HTTP."""

from typing import Any

from django.http import HttpRequest

from closeloop.edge import etags, problems
from closeloop.identity import queries as identity
from closeloop.identity.queries import actor_of
from closeloop.org import queries as org
from closeloop.support import actions, presenting, queries, sentences, setups
from closeloop.support.api.routes import MANAGE, router
from closeloop.support.schemas import SupportSetup, SupportSetupIn


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


def _shown(request: HttpRequest) -> dict[str, Any]:
    language = problems.language_of(request)
    version, live = queries.versions().filter(is_current=True).first(), setups.current()
    named = {each.value for each in live.rules if each.target == "person"}
    people = identity.names_of({each for each in named if isinstance(each, int)})
    return {
        "version": live.number,
        "definition": version.definition if version else {"kinds": [], "helps": [], "rules": []},
        "sentences": sentences.rules_of(live, language),
        "published_at": version.published_at if version else None,
        "published_by": presenting.person(version.published_by) if version else None,
        "is_shipped": version.is_shipped if version else False,
        "units": [{"id": each.pk, "name": each.name} for each in org.units() if each.is_active],
        "roles": [{"key": each.key, "name": each.name} for each in org.roles()],
        "people": [{"id": key, "name": name} for key, name in people.items()],
    }
