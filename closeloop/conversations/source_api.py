"""Mailboxes and archives over HTTP: setting them up, and what archives bring."""

from typing import Any

from django.http import HttpRequest
from ninja import Status

from closeloop.conversations import actions, presenting, queries, schemas, set_up, sources
from closeloop.conversations.errors import SourceNotFound
from closeloop.conversations.schemas import Id
from closeloop.edge.router import Router
from closeloop.identity.queries import actor_of
from closeloop.org.access import Capability

router = Router(tags=["conversations"])
MANAGE = f"admin:{Capability.MANAGE_CONVERSATIONS}"


@router.get("/conversation-sources", permission=MANAGE, response=list[schemas.SourceOut])
def list_conversation_sources(request: HttpRequest) -> list[dict[str, Any]]:
    """Every mailbox and archive."""
    return [presenting.source(each) for each in queries.sources()]


@router.post(
    "/conversation-sources",
    permission=MANAGE,
    keeps_answer=False,
    response={201: schemas.SourceOut},
)
def create_conversation_source(
    request: HttpRequest, payload: schemas.NewSource
) -> Status[dict[str, Any]]:
    """Set up a mailbox or an archive."""
    made = actions.create_source(
        kind=payload.kind,
        name=payload.name,
        settings=payload.settings,
        owner_id=payload.owner_id,
        actor=actor_of(request),
    )
    return Status(201, presenting.source(sources.source(made.pk)))


@router.put(
    "/conversation-sources/{source_id}",
    permission=MANAGE,
    keeps_answer=False,
    response=schemas.SourceOut,
)
def change_conversation_source(
    request: HttpRequest, source_id: Id, payload: schemas.SourceIn
) -> dict[str, Any]:
    """Set it up anew."""
    actions.change_source(
        sources.source(source_id),
        name=payload.name,
        settings=payload.settings,
        owner_id=payload.owner_id,
        is_on=payload.is_on,
        actor=actor_of(request),
    )
    return presenting.source(sources.source(source_id))


@router.delete("/conversation-sources/{source_id}", permission=MANAGE, response={204: None})
def remove_conversation_source(request: HttpRequest, source_id: Id) -> Status[None]:
    """Read it no more."""
    actions.remove_source(sources.source(source_id), actor=actor_of(request))
    return Status(204, None)


@router.post(
    "/conversation-sources/{source_id}/messages",
    permission=MANAGE,
    response=list[schemas.MessageOutcome],
)
def take_archived_messages(
    request: HttpRequest, source_id: Id, payload: schemas.MessagesIn
) -> list[dict[str, Any]]:
    """Take in messages as the archive describes them; each once, however often it is sent."""
    source = sources.source(source_id)
    if source.kind == sources.MAILBOX or not source.is_on:
        raise SourceNotFound({"id": source_id})
    return actions.take_messages(source, payload.messages, actor=actor_of(request))


@router.get("/conversation-filing", permission=MANAGE, response=schemas.FilingSetUp)
def read_conversation_filing(request: HttpRequest) -> dict[str, float]:
    """How sure it must be whose a conversation is."""
    return {"threshold": set_up.threshold()}


@router.put("/conversation-filing", permission=MANAGE, response=schemas.FilingSetUp)
def change_conversation_filing(
    request: HttpRequest, payload: schemas.FilingSetUp
) -> dict[str, float]:
    """Set how sure it must be."""
    actions.set_threshold(payload.threshold, actor=actor_of(request))
    return {"threshold": set_up.threshold()}
