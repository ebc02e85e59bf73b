"""The configuration of the sales log over HTTP."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest

from closeloop.edge import etags
from closeloop.identity.queries import actor_of
from closeloop.org import queries as org
from closeloop.saleslog import actions, presenting, queries
from closeloop.saleslog.api.routes import MANAGE, router
from closeloop.saleslog.schemas import LogSetup, LogSetupIn, LogSetupTried
from closeloop.support import setups as support


@router.get("/saleslog/settings", permission=MANAGE, response=LogSetup)
def read_log_settings(request: HttpRequest) -> dict[str, Any]:
    """Types of events, who writes logs, reminder and surge."""
    return _shown()


@router.put("/saleslog/settings", permission=MANAGE, response=LogSetup)
def publish_log_settings(request: HttpRequest, payload: LogSetupIn) -> dict[str, Any]:
    """Publish the next version (If-Match: the version it began from)."""
    actions.publish(
        payload.definition,
        expected_number=etags.required_version(request),
        actor=actor_of(request),
    )
    return _shown()


@router.post("/saleslog/settings/rehearsal", permission=MANAGE, response=LogSetupTried)
def rehearse_log_settings(request: HttpRequest, payload: LogSetupIn) -> dict[str, Any]:
    """Try a draft on what was reported in the last weeks; nothing is published."""
    return asdict(queries.rehearse(payload.definition))


def _shown() -> dict[str, Any]:
    versions = queries.versions()
    return {
        "version": versions[0].number if versions else 0,
        "definition": versions[0].definition if versions else {"types": []},
        "versions": [
            {
                "version": each.number,
                "definition": each.definition,
                "published_at": each.published_at,
                "published_by": presenting.person(each.published_by) if each.published_by else None,
                "is_shipped": each.is_shipped,
                "is_current": each.is_current,
            }
            for each in versions
        ],
        "roles": [presenting.choice(each.key, each.name) for each in org.roles()],
        "support_kinds": [
            presenting.choice(each.key, each.name) for each in support.current().kinds.values()
        ],
    }
