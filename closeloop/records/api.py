"""Comments and mentions."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Path, Schema, Status

from closeloop.edge.router import SIGNED_IN, Router
from closeloop.identity import queries as identity
from closeloop.records import actions, queries
from closeloop.records.models import Comment

router = Router(tags=["records"])
RecordId = Annotated[int, Path(ge=1, lt=2**63)]


class CommentIn(Schema, extra="forbid"):
    """A comment with the people that it names."""

    text: str
    mentions: list[Annotated[int, Field(ge=1, lt=2**63)]] = Field(default=[], max_length=50)


class CommentAuthor(Schema):
    """Who said it."""

    id: int
    name: str


class CommentOut(Schema):
    """A comment; a removed one has no text."""

    id: int
    author: CommentAuthor
    text: str
    mentions: list[CommentAuthor]
    created_at: datetime
    removed: bool
    mine: bool


@router.get(
    "/records/{record_type}/{record_id}/comments",
    permission="record:read",
    response=list[CommentOut],
)
def list_comments(request: HttpRequest, record_type: str, record_id: RecordId) -> Any:
    """What people said, newest first."""
    actor = identity.actor_of(request)
    record = queries.visible_record(record_id, actor=actor, record_type=record_type)
    said = queries.comments_of(record.pk).prefetch_related("mentions__user")
    return [_row(each, actor.user_id) for each in said[:200]]


@router.post(
    "/records/{record_type}/{record_id}/comments",
    permission="record:read",
    response={201: CommentOut},
)
def add_comment(
    request: HttpRequest, record_type: str, record_id: RecordId, payload: CommentIn
) -> Any:
    """Say something; the people named find it on their Today page."""
    actor = identity.actor_of(request)
    record = queries.visible_record(record_id, actor=actor, record_type=record_type)
    said = actions.comment(record, text=payload.text, mentions=payload.mentions, actor=actor)
    said.refresh_from_db()
    return Status(201, _row(said, actor.user_id))


@router.delete("/comments/{comment_id}", permission=SIGNED_IN, response={204: None})
def remove_comment(request: HttpRequest, comment_id: RecordId) -> Any:
    """Take one's own comment back."""
    actor = identity.actor_of(request)
    said = Comment.objects.select_related("record").filter(pk=comment_id).first()
    if said is None:
        raise queries.RecordNotFound({"id": comment_id})
    queries.visible_record(said.record_id, actor=actor)
    actions.remove_comment(said, actor=actor)
    return Status(204, None)


@router.post("/mentions/seen", permission=SIGNED_IN, response={204: None})
def see_mentions(request: HttpRequest) -> Any:
    """Mark all of one's mentions as seen."""
    actions.see_mentions(actor=identity.actor_of(request))
    return Status(204, None)


def _row(said: Comment, viewer_id: int | None) -> dict[str, Any]:
    return {
        "id": said.pk,
        "author": {"id": said.author_id, "name": said.author.name},
        "text": said.text,
        "mentions": [
            {"id": mention.user_id, "name": mention.user.name} for mention in said.mentions.all()
        ],
        "created_at": said.created_at,
        "removed": said.deleted_at is not None,
        "mine": said.author_id == viewer_id,
    }
