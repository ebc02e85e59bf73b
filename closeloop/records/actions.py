"""Registering, renaming, assigning, removing and commenting records."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models.functions import Now

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.engine.refusals import Refusal, RefusalKind
from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.records import search
from closeloop.records.models import Comment, Mention, Record

LONGEST_COMMENT = 4000


class CommentEmpty(Refusal):
    """Write at least one character."""

    code = "comment_empty"
    kind = RefusalKind.INVALID


class CommentTooLong(Refusal):
    """Shorten the comment to 4,000 characters."""

    code = "comment_too_long"
    kind = RefusalKind.INVALID


class CommentNotYours(Refusal):
    """Only its author may remove a comment."""

    code = "comment_not_yours"
    kind = RefusalKind.FORBIDDEN


@dataclass(frozen=True)
class Registration:
    """What the registry must know of a new record."""

    record_type: str
    title: str
    owner_id: int | None
    unit_id: int | None
    searched: tuple[str, ...] = ()


def register(registration: Registration, *, actor: Actor) -> int:
    """Give a new record its id."""
    record = Record.objects.create(
        type=registration.record_type,
        title=registration.title,
        owner_id=registration.owner_id,
        unit_id=registration.unit_id,
        created_by_id=actor.user_id,
        grams=search.grams_of(registration.title, *registration.searched),
    )
    return record.pk


def retitle(record_id: int, *, title: str, searched: Sequence[str]) -> None:
    """Keep title and search index in step with the record's own row."""
    Record.objects.filter(pk=record_id).update(title=title, grams=search.grams_of(title, *searched))


def reassign(record_id: int, *, owner_id: int | None, unit_id: int | None) -> None:
    """Keep owner and unit in step with the record's own row."""
    Record.objects.filter(pk=record_id).update(owner_id=owner_id, unit_id=unit_id)


def set_deleted(record_id: int, *, is_deleted: bool) -> None:
    """Hide a record from search and lists, or bring it back."""
    Record.objects.filter(pk=record_id).update(deleted_at=Now() if is_deleted else None)


def comment(record: Record, *, text: str, mentions: Sequence[int], actor: Actor) -> Comment:
    """Say something about a record; people who are mentioned find it on their Today page."""
    text = text.strip()
    if not text:
        raise CommentEmpty
    if len(text) > LONGEST_COMMENT:
        raise CommentTooLong({"length": len(text)})
    said = Comment.objects.create(record=record, author_id=actor.person_id, text=text)
    known = User.objects.filter(pk__in=mentions, is_active=True).values_list("pk", flat=True)
    Mention.objects.bulk_create([Mention(comment=said, user_id=user_id) for user_id in known])
    activity.record(
        Happening(
            verb="record.commented",
            record_id=record.pk,
            record_type=record.type,
            unit_id=record.unit_id,
            data={"comment_id": said.pk, "mentions": sorted(known)},
        ),
        actor=actor,
    )
    return said


def remove_comment(said: Comment, *, actor: Actor) -> None:
    """Take one's own comment back; its place stays in the timeline."""
    if said.author_id != actor.user_id:
        raise CommentNotYours
    said.text = ""
    said.deleted_at = Now()
    said.save(update_fields=["text", "deleted_at"])
    activity.record(
        Happening(
            verb="record.comment_removed",
            record_id=said.record_id,
            record_type=said.record.type,
            data={"comment_id": said.pk},
        ),
        actor=actor,
    )


def erase_comments(record_id: int) -> int:
    """Take the words of every comment on a record; that somebody said something stays."""
    said = Comment.objects.filter(record_id=record_id).exclude(text="")
    return said.update(text="", deleted_at=Now())


def see_mentions(*, actor: Actor) -> int:
    """Mark all of one's mentions as seen; gives how many there were."""
    return Mention.objects.filter(user_id=actor.person_id, seen_at=None).update(seen_at=Now())


def move_comments(from_ids: Collection[int], to_id: int) -> list[tuple[int, int]]:
    """Let what was said about some records stand at another; gives each with its record before."""
    rows = Comment.objects.filter(record_id__in=from_ids)
    moved = list(rows.values_list("pk", "record_id"))
    rows.update(record_id=to_id)
    return moved


def move_comments_back(moved: Collection[Sequence[int]]) -> None:
    """Undo it: each comment stands at its record of before again."""
    for number, record_id in moved:
        Comment.objects.filter(pk=number).update(record_id=record_id)
