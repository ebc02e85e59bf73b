"""Pushes over HTTP."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Schema, Status

from closeloop.identity.queries import actor_of
from closeloop.playbooks import actions, pushed, queries
from closeloop.playbooks.api.routes import READ, router
from closeloop.playbooks.schemas import Id, PushIn, PushOut, PushPage


class PushQuery(Schema):
    """What was pushed to the viewer, or what they pushed."""

    is_sent: bool = False


@router.get("/playbooks/pushes", permission=READ, response=PushPage)
def list_playbook_pushes(request: HttpRequest, asked: Query[PushQuery]) -> dict[str, Any]:
    """What was pushed to the viewer, or by them: the latest hundred."""
    actor = actor_of(request)
    found = pushed.sent(actor=actor) if asked.is_sent else pushed.received(actor=actor)
    return {
        "items": pushed.shown(list(found[: pushed.MOST]), actor=actor),
        "unseen": pushed.unseen(actor=actor),
    }


@router.post("/playbooks/pushes/seen", permission=READ, response={204: None})
def see_playbook_pushes(request: HttpRequest) -> Status[None]:
    """Note that one has looked at what was pushed."""
    actions.mark_seen(now=timezone.now(), actor=actor_of(request))
    return Status(204, None)


@router.post("/playbooks/{entry_id}/pushes", permission=READ, response={201: PushOut})
def push_playbook(request: HttpRequest, entry_id: Id, payload: PushIn) -> Status[dict[str, Any]]:
    """Put an entry before people whom one leads."""
    actor = actor_of(request)
    entry = queries.published(entry_id)
    made = actions.push(
        entry, people=payload.people, unit_id=payload.unit_id, note=payload.note, actor=actor
    )
    found = pushed.sent(actor=actor).filter(pk=made.pk)
    return Status(201, pushed.shown(list(found), actor=actor)[0])
