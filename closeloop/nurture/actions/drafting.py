"""Drafts of paths and templates: written by revision, published as frozen versions."""

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Max
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.identity.actor import Actor
from closeloop.nurture import errors
from closeloop.nurture.models import Drafted

Found = TypeVar("Found", bound=Drafted)


def write(
    found: Found, definition: Mapping[str, Any], *, revision: int | None, actor: Actor
) -> Found:
    """Keep a draft of a locked row; raises DraftMoved where another revision was read."""
    if revision is not None and revision != found.revision:
        by = found.drafted_by.name if found.drafted_by else ""
        at = found.drafted_at.isoformat() if found.drafted_at else None
        raise errors.DraftMoved({"revision": found.revision, "by": by, "at": at})
    now = timezone.now()
    found.draft = {**plain(definition), "key": found.key}
    found.drafted_at = found.changed_at = now
    found.drafted_by_id = actor.user_id
    found.revision += 1
    found.save(update_fields=["draft", "drafted_at", "drafted_by", "revision", "changed_at"])
    return found


def clear(found: Drafted) -> None:
    """Nothing is being written any more."""
    found.draft, found.drafted_at, found.drafted_by = None, None, None
    found.revision += 1
    found.save(update_fields=["draft", "drafted_at", "drafted_by", "revision"])


def publish(found: Any, definition: Mapping[str, Any], *, actor: Actor) -> tuple[Any, bool]:
    """A checked definition as the next version of a locked row, and whether it is new."""
    content = plain(definition)
    newest = found.versions.filter(is_current=True).first()
    if newest is not None and newest.definition == content:
        return newest, False
    highest = found.versions.aggregate(highest=Max("number"))["highest"] or 0
    found.versions.filter(is_current=True).update(is_current=False)
    version = found.versions.create(
        number=highest + 1, definition=content, published_by_id=actor.user_id
    )
    found.name, found.changed_at = content["name"], timezone.now()
    found.save(update_fields=["name", "changed_at"])
    return version, True


def plain(definition: Mapping[str, Any]) -> dict[str, Any]:
    """A definition as JSON stores it."""
    content: dict[str, Any] = json.loads(json.dumps(dict(definition), default=str))
    return content


def record(verb: str, found: Drafted, actor: Actor, **data: Any) -> None:
    """Record what was done with a path or a template."""
    told = {"key": found.key, "name": found.name, **data}
    activity.record(Happening(verb=verb, data=told), actor=actor)
