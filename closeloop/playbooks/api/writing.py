"""One entry over HTTP: read, proposed, published, put away, its files."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import File, Status, UploadedFile

from closeloop.identity.queries import actor_of
from closeloop.playbooks import actions, errors, presenting, queries
from closeloop.playbooks.api.routes import MANAGE, READ, router
from closeloop.playbooks.schemas import (
    Id,
    PlaybookDraftIn,
    PlaybookFile,
    PlaybookIn,
    PlaybookOut,
    PlaybookVersionOut,
)


@router.post("/playbooks", permission=READ, response={201: PlaybookOut})
def propose_playbook(request: HttpRequest, payload: PlaybookIn) -> Status[dict[str, Any]]:
    """Propose a new entry; anybody may."""
    actor = actor_of(request)
    entry = actions.propose(payload.kind, payload.content, note=payload.note, actor=actor)
    return Status(201, presenting.whole(queries.entry_of(entry.pk, actor=actor), actor=actor))


@router.get("/playbooks/{entry_id}", permission=READ, response=PlaybookOut)
def read_playbook(request: HttpRequest, entry_id: Id) -> dict[str, Any]:
    """One entry with its history."""
    actor = actor_of(request)
    return presenting.whole(queries.entry_of(entry_id, actor=actor), actor=actor)


@router.put("/playbooks/{entry_id}/draft", permission=READ, response=PlaybookOut)
def write_playbook_draft(
    request: HttpRequest, entry_id: Id, payload: PlaybookDraftIn
) -> dict[str, Any]:
    """Propose how an entry should read."""
    actor = actor_of(request)
    queries.entry_of(entry_id, actor=actor)
    actions.write_draft(
        entry_id, payload.content, revision=payload.revision, note=payload.note, actor=actor
    )
    return presenting.whole(queries.entry_of(entry_id, actor=actor), actor=actor)


@router.delete("/playbooks/{entry_id}/draft", permission=READ, response={204: None})
def drop_playbook_draft(request: HttpRequest, entry_id: Id) -> Status[None]:
    """Throw a proposal away."""
    actor = actor_of(request)
    queries.entry_of(entry_id, actor=actor)
    actions.drop_draft(entry_id, actor=actor)
    return Status(204, None)


@router.post("/playbooks/{entry_id}/publish", permission=MANAGE, response=PlaybookOut)
def publish_playbook(request: HttpRequest, entry_id: Id) -> dict[str, Any]:
    """Publish the proposal as the next version."""
    actor = actor_of(request)
    actions.publish(entry_id, actor=actor)
    return presenting.whole(queries.entry_of(entry_id, actor=actor), actor=actor)


@router.post("/playbooks/{entry_id}/archive", permission=MANAGE, response=PlaybookOut)
def archive_playbook(request: HttpRequest, entry_id: Id) -> dict[str, Any]:
    """Put an entry away."""
    actor = actor_of(request)
    actions.archive(entry_id, actor=actor)
    return presenting.whole(queries.entry_of(entry_id, actor=actor), actor=actor)


@router.post("/playbooks/{entry_id}/restore", permission=MANAGE, response=PlaybookOut)
def restore_playbook(request: HttpRequest, entry_id: Id) -> dict[str, Any]:
    """Bring an entry back."""
    actor = actor_of(request)
    actions.restore(entry_id, actor=actor)
    return presenting.whole(queries.entry_of(entry_id, actor=actor), actor=actor)


@router.get("/playbooks/{entry_id}/versions/{number}", permission=READ, response=PlaybookVersionOut)
def read_playbook_version(request: HttpRequest, entry_id: Id, number: Id) -> dict[str, Any]:
    """What a published version said."""
    entry = queries.entry_of(entry_id, actor=actor_of(request))
    found = next((each for each in queries.versions_of(entry) if each.number == number), None)
    if found is None:
        raise errors.EntryNotFound({"id": entry_id, "version": number})
    return presenting.version(found)


@router.post("/playbooks/{entry_id}/files", permission=READ, response={201: PlaybookFile})
def add_playbook_file(
    request: HttpRequest, entry_id: Id, file: Annotated[UploadedFile, File()]
) -> Status[dict[str, Any]]:
    """Keep a file with an entry; the next draft names it."""
    actor = actor_of(request)
    queries.entry_of(entry_id, actor=actor)
    material = actions.add_file(entry_id, file, actor=actor)
    found: dict[str, Any] = presenting.file(material)
    return Status(201, found)
