"""The configuration of the sales log over HTTP."""

from typing import Any

from django.http import HttpRequest

from closeloop.edge import etags
from closeloop.identity.queries import actor_of
from closeloop.org import queries as org
from closeloop.saleslog import actions, presenting, queries, setups
from closeloop.saleslog.api.routes import MANAGE, router
from closeloop.saleslog.schemas import LogSetup, LogSetupIn
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


def _shown() -> dict[str, Any]:
    version, live = queries.versions().filter(is_current=True).first(), setups.current()
    author = version.published_by if version else None
    return {
        "version": live.number,
        "definition": version.definition if version else {"types": []},
        "published_at": version.published_at if version else None,
        "published_by": presenting.person(author) if author else None,
        "is_shipped": version.is_shipped if version else False,
        "roles": [presenting.choice(each.key, each.name) for each in org.roles()],
        "support_kinds": [
            presenting.choice(each.key, each.name) for each in support.current().kinds.values()
        ],
    }
