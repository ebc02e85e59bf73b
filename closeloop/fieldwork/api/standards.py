"""Standards: listed, drafted, rehearsed, published, retired."""

from datetime import timedelta
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Status

from closeloop.edge import etags
from closeloop.fieldwork import actions, presenting, queries
from closeloop.fieldwork import standards as book
from closeloop.fieldwork.api.routing import router
from closeloop.fieldwork.plugs import plugs
from closeloop.fieldwork.queries.standards import units, used
from closeloop.fieldwork.schemas import (
    RehearsalOut,
    RetireIn,
    StandardDraftIn,
    StandardIn,
    StandardList,
    StandardOut,
)
from closeloop.identity.queries import actor_of
from closeloop.org.access import Capability

MANAGE = f"admin:{Capability.MANAGE_FOLLOWUPS}"
Key = Annotated[str, Path(max_length=63)]
LAST = timedelta(days=30)


@router.get("/followup-standards", permission=MANAGE, response=StandardList)
def list_followup_standards(request: HttpRequest) -> dict[str, Any]:
    """Every standard with its versions and draft, and the words for writing one."""
    return {
        "items": [presenting.standard(row, used=used(row.key)) for row in queries.standards()],
        "kinds": presenting.words(book.kinds()),
        "ticks": presenting.words(book.ticks()),
        "units": units(),
        "record_types": list(plugs.followable),
    }


@router.post("/followup-standards", permission=MANAGE, response={201: StandardOut})
def create_followup_standard(
    request: HttpRequest, response: HttpResponse, payload: StandardIn
) -> Status[dict[str, Any]]:
    """A new standard; nobody is held to it before it is published."""
    definition = payload.definition.model_dump()
    actions.create_standard(payload.key, definition, actor=actor_of(request))
    return Status(201, _shown(payload.key, response))


@router.get("/followup-standards/{key}", permission=MANAGE, response=StandardOut)
def read_followup_standard(
    request: HttpRequest, response: HttpResponse, key: Key
) -> dict[str, Any]:
    """One standard; its revision is its ETag."""
    return _shown(key, response)


@router.put("/followup-standards/{key}/draft", permission=MANAGE, response=StandardOut)
def write_followup_standard_draft(
    request: HttpRequest, response: HttpResponse, key: Key, payload: StandardDraftIn
) -> dict[str, Any]:
    """Keep what is being written (If-Match)."""
    actions.write_standard_draft(
        key,
        payload.definition.model_dump(),
        expected_revision=etags.required_version(request),
        actor=actor_of(request),
    )
    return _shown(key, response)


@router.delete("/followup-standards/{key}/draft", permission=MANAGE, response=StandardOut)
def drop_followup_standard_draft(
    request: HttpRequest, response: HttpResponse, key: Key
) -> dict[str, Any]:
    """Throw the draft away (If-Match)."""
    actions.drop_standard_draft(
        key, expected_revision=etags.required_version(request), actor=actor_of(request)
    )
    return _shown(key, response)


@router.post("/followup-standards/{key}/rehearsal", permission=MANAGE, response=RehearsalOut)
def rehearse_followup_standard(
    request: HttpRequest, key: Key, payload: StandardDraftIn
) -> dict[str, Any]:
    """What the last thirty days' follow-ups would have been by this draft."""
    until = timezone.now()
    since = until - LAST
    found = queries.rehearse(
        key, payload.definition.model_dump(), since=since, until=until, actor=actor_of(request)
    )
    return {"since": since, "until": until, **found}


@router.post("/followup-standards/{key}/publish", permission=MANAGE, response=StandardOut)
def publish_followup_standard(
    request: HttpRequest, response: HttpResponse, key: Key
) -> dict[str, Any]:
    """Publish the draft as the next version (If-Match)."""
    actions.publish_standard(
        key, expected_revision=etags.required_version(request), actor=actor_of(request)
    )
    return _shown(key, response)


@router.post("/followup-standards/{key}/retirement", permission=MANAGE, response=StandardOut)
def retire_followup_standard(
    request: HttpRequest, response: HttpResponse, key: Key, payload: RetireIn
) -> dict[str, Any]:
    """Hold nobody to it any more, or again (If-Match)."""
    actions.retire_standard(
        key,
        is_retired=payload.is_retired,
        expected_revision=etags.required_version(request),
        actor=actor_of(request),
    )
    return _shown(key, response)


def _shown(key: str, response: HttpResponse) -> dict[str, Any]:
    found = queries.standard(key)
    response["ETag"] = etags.etag(found.revision)
    return presenting.standard(found, used=used(key))
