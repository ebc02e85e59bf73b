"""Conversations and the promises made in them over HTTP."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from ninja import File, Form, Query, Status, UploadedFile

from closeloop.conversations import actions, presenting, queries, schemas
from closeloop.conversations.actions import NewConversation
from closeloop.conversations.errors import ConversationNotFound
from closeloop.conversations.models import Conversation, ConversationKind, ConversationState
from closeloop.conversations.queries import Asked
from closeloop.conversations.schemas import Id
from closeloop.edge.etags import given_version
from closeloop.edge.problems import Problem
from closeloop.edge.router import SIGNED_IN, Router
from closeloop.files import answers
from closeloop.files.api import bytes_answer
from closeloop.identity.actor import Actor
from closeloop.identity.queries import actor_of
from closeloop.org.access import Verb
from closeloop.privacy import actions as privacy
from closeloop.records import queries as records
from closeloop.records.models import Record

router = Router(tags=["conversations"])
LOOKED_AT = {
    ConversationKind.CALL: "transcript",
    ConversationKind.VOICE: "transcript",
    ConversationKind.MAIL: "mail",
}


@router.get("/conversations", permission=SIGNED_IN, response=schemas.ConversationPage)
def list_conversations(
    request: HttpRequest, asked: Query[schemas.ConversationQuery]
) -> dict[str, Any]:
    """Conversations that one may see, the latest first: filed ones, or those in the tray."""
    actor = actor_of(request)
    wanted = Asked(
        state=asked.state,
        kind=asked.kind,
        author_id=asked.author,
        record_id=asked.record_id,
        is_stalled=asked.stalled,
        since=asked.since,
        text=asked.q,
    )
    found, more = queries.page(wanted, actor=actor, cursor=asked.cursor, limit=asked.limit)
    return {"items": presenting.rows(found, actor=actor), "next_cursor": more}


@router.get("/conversations/waiting", permission=SIGNED_IN, response=schemas.TrayOut)
def count_waiting_conversations(request: HttpRequest) -> dict[str, int]:
    """How many wait in the tray."""
    return {"count": queries.count_waiting(actor=actor_of(request))}


@router.post("/conversations", permission=SIGNED_IN, response={201: schemas.ConversationOut})
def add_conversation(
    request: HttpRequest, payload: schemas.ConversationIn
) -> Status[dict[str, Any]]:
    """Add minutes or a note as text."""
    actor = actor_of(request)
    new = NewConversation(
        kind=ConversationKind(payload.kind),
        at=payload.at or timezone.now(),
        title=payload.title,
        text=payload.text,
        phone=payload.phone,
        record=_record(payload.record_id, actor),
        as_document=payload.as_document,
    )
    return Status(201, _shown(actions.add(new, actor=actor).pk, actor))


@router.post("/conversations/files", permission=SIGNED_IN, response={201: schemas.ConversationOut})
def upload_conversation(
    request: HttpRequest, file: File[UploadedFile], details: Form[schemas.UploadIn]
) -> Status[dict[str, Any]]:
    """Add a recording, a screenshot of a chat, or minutes as a document; it is read later."""
    actor = actor_of(request)
    new = NewConversation(
        kind=ConversationKind(details.kind),
        at=details.at or timezone.now(),
        title=details.title,
        phone=details.phone,
        record=_record(details.record_id, actor),
        as_document=details.as_document,
    )
    return Status(201, _shown(actions.add(new, upload=file, actor=actor).pk, actor))


@router.get(
    "/conversations/{conversation_id}", permission=SIGNED_IN, response=schemas.ConversationOut
)
def read_conversation(request: HttpRequest, conversation_id: Id) -> dict[str, Any]:
    """A whole conversation; that it was looked at is noted."""
    actor = actor_of(request)
    found = queries.visible_conversation(conversation_id, actor=actor)
    privacy.note_access(
        LOOKED_AT.get(ConversationKind(found.kind), "chat"),
        [found.pk],
        actor=actor,
        record_ids=[found.record_id],
    )
    return presenting.conversation(found, actor=actor)


@router.patch(
    "/conversations/{conversation_id}", permission=SIGNED_IN, response=schemas.ConversationOut
)
def change_conversation(
    request: HttpRequest, conversation_id: Id, payload: schemas.TextIn
) -> dict[str, Any]:
    """Correct the text or the title; with If-Match nobody's edit is overwritten."""
    actor = actor_of(request)
    actions.change_text(
        _editable(conversation_id, actor),
        text=payload.text,
        title=payload.title,
        expected_version=given_version(request),
        actor=actor,
    )
    return _shown(conversation_id, actor)


@router.post(
    "/conversations/{conversation_id}/filing",
    permission=SIGNED_IN,
    response=schemas.ConversationOut,
)
def file_conversation(
    request: HttpRequest, conversation_id: Id, payload: schemas.FilingIn
) -> dict[str, Any]:
    """File it to a customer, lead or deal, also where it was filed to another before."""
    actor = actor_of(request)
    found = _editable(conversation_id, actor)
    record = records.visible_record(payload.record_id, actor=actor)
    if payload.facts is not None:
        actions.keep_facts(found, payload.facts)
    actions.file_to(found, record, actor=actor, as_document=payload.as_document)
    return _shown(conversation_id, actor)


@router.post("/conversations/{conversation_id}/ignored", permission=SIGNED_IN, response={204: None})
def ignore_conversation(request: HttpRequest, conversation_id: Id) -> Status[None]:
    """It is nobody's: take it from the tray."""
    actor = actor_of(request)
    found = _editable(conversation_id, actor)
    if found.state == ConversationState.FILED:
        raise ConversationNotFound({"id": conversation_id})
    actions.ignore(found, actor=actor)
    return Status(204, None)


@router.post(
    "/conversations/{conversation_id}/reply",
    permission=SIGNED_IN,
    response={201: schemas.ConversationOut},
)
def reply_to_conversation(
    request: HttpRequest, conversation_id: Id, payload: schemas.ReplyIn
) -> Status[dict[str, Any]]:
    """Answer a customer's mail."""
    actor = actor_of(request)
    found = _editable(conversation_id, actor)
    return Status(201, _shown(actions.reply(found, text=payload.text, actor=actor).pk, actor))


@router.get(
    "/conversations/{conversation_id}/content",
    permission=SIGNED_IN,
    response={404: Problem},
    openapi_extra=bytes_answer(200, 206),
)
def conversation_content(request: HttpRequest, conversation_id: Id) -> HttpResponseBase:
    """The recording, picture or document itself; that it was looked at is noted."""
    actor = actor_of(request)
    found = queries.visible_conversation(conversation_id, actor=actor)
    if found.attachment is None or found.attachment.deleted_at is not None:
        raise ConversationNotFound({"id": conversation_id})
    kind = "recording" if found.kind in (ConversationKind.CALL, ConversationKind.VOICE) else "chat"
    privacy.note_access(kind, [found.pk], actor=actor, record_ids=[found.record_id])
    return answers.content(found.attachment, request=request)


@router.post("/promises/{promise_id}/confirmed", permission=SIGNED_IN, response=schemas.PromiseOut)
def confirm_promise(
    request: HttpRequest, promise_id: Id, payload: schemas.PromiseIn
) -> dict[str, Any]:
    """Make a task of a promise."""
    actor = actor_of(request)
    promise = queries.visible_promise(promise_id, actor=actor)
    done = actions.confirm(
        promise,
        title=payload.title,
        owner_id=payload.owner_id,
        due_at=payload.due_at,
        actor=actor,
    )
    return presenting.promise(done)


@router.post("/promises/{promise_id}/declined", permission=SIGNED_IN, response=schemas.PromiseOut)
def decline_promise(request: HttpRequest, promise_id: Id) -> dict[str, Any]:
    """It is no promise; it is not proposed again."""
    actor = actor_of(request)
    promise = queries.visible_promise(promise_id, actor=actor)
    return presenting.promise(actions.decline(promise, actor=actor))


def _record(record_id: int | None, actor: Actor) -> Record | None:
    return None if record_id is None else records.visible_record(record_id, actor=actor)


def _editable(conversation_id: int, actor: Actor) -> Conversation:
    """One that the actor may change: their own, or where they may edit the record."""
    found = queries.visible_conversation(conversation_id, actor=actor)
    is_others = found.author_id != actor.user_id
    if found.state == ConversationState.FILED and found.record_id is not None and is_others:
        records.visible_record(found.record_id, verb=Verb.EDIT, actor=actor)
    return found


def _shown(conversation_id: int, actor: Actor) -> dict[str, Any]:
    found = queries.visible_conversation(conversation_id, actor=actor)
    return presenting.conversation(found, actor=actor)
