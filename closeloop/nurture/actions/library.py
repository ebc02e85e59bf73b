"""The content library: links and files, described and put away."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.files import formats, store
from closeloop.files.actions import clean_name, with_ending
from closeloop.files.errors import FileTooLarge
from closeloop.identity.actor import Actor
from closeloop.nurture import errors
from closeloop.nurture.models import Item, ItemKind

FOLDER = "library"
LARGEST_BYTES = 50 * 1024 * 1024
_LANGUAGES = ("", "zh-CN", "en-US")


@dataclass(frozen=True)
class Described:
    """How an item is described."""

    title: Mapping[str, str]
    kind: str = ItemKind.DOCUMENT
    topic: str = ""
    language: str = ""
    tags: Sequence[str] = ()


def add_link(described: Described, url: str, *, actor: Actor) -> Item:
    """An item that leads to an address. Raises ItemInvalid."""
    _check(described, url=url)
    item = Item.objects.create(url=url, created_by_id=actor.user_id, **_values(described))
    _record("nurture.item_added", item, actor)
    return item


def add_file(described: Described, upload: UploadedFile[bytes], *, actor: Actor) -> Item:
    """An item that is a file of ours. Raises ItemInvalid, FileTooLarge, FileTypeRefused."""
    _check(described)
    name = clean_name(upload.name or "")
    if (upload.size or 0) > LARGEST_BYTES:
        raise FileTooLarge(
            {"size": upload.size, "limit": LARGEST_BYTES, "limit_mb": LARGEST_BYTES // 2**20}
        )
    found = formats.judge(upload, name=name)
    item = Item.objects.create(
        stored_as=store.put(upload, folder=FOLDER),
        file_name=with_ending(name, found),
        content_type=found.content_type,
        size=upload.size or 0,
        created_by_id=actor.user_id,
        **_values(described),
    )
    _record("nurture.item_added", item, actor)
    return item


def change_item(item_id: int, changes: Mapping[str, Any], *, actor: Actor) -> Item:
    """Describe an item otherwise, give a link another address, put it away or bring it back.

    Raises ItemNotFound, ItemInvalid.
    """
    item = Item.objects.select_for_update().filter(pk=item_id).first()
    if item is None:
        raise errors.ItemNotFound({"id": item_id})
    for name, value in changes.items():
        setattr(item, name, value)
    _check(
        Described(item.title, item.kind, item.topic, item.language, item.tags),
        url=None if item.stored_as else item.url,
    )
    if item.stored_as and changes.get("url"):
        raise errors.ItemInvalid({"errors": [{"field": "url", "code": "unknown"}]})
    item.save(update_fields=sorted(changes))
    _record("nurture.item_changed", item, actor, fields=sorted(changes))
    return item


def titles_of(raw: str) -> Mapping[str, str]:
    """A title as a form sends it: JSON by language, or one text for all."""
    try:
        told = json.loads(raw)
    except ValueError:
        told = None
    if isinstance(told, dict):
        return {str(key): str(value).strip() for key, value in told.items() if str(value).strip()}
    return dict.fromkeys(("zh-CN", "en-US"), raw.strip())


def _check(described: Described, url: str | None = None) -> None:
    wrong = []
    if not any(str(each).strip() for each in described.title.values()):
        wrong.append({"field": "title", "code": "required"})
    if described.kind not in ItemKind.values:
        wrong.append({"field": "kind", "code": "unknown"})
    if described.language not in _LANGUAGES:
        wrong.append({"field": "language", "code": "unknown"})
    if url is not None and not url.startswith(("https://", "http://")):
        wrong.append({"field": "url", "code": "wrong"})
    if wrong:
        raise errors.ItemInvalid({"errors": wrong})


def _values(described: Described) -> dict[str, Any]:
    return {
        "title": dict(described.title),
        "kind": described.kind,
        "topic": described.topic,
        "language": described.language,
        "tags": list(described.tags),
    }


def _record(verb: str, item: Item, actor: Actor, **data: Any) -> None:
    told = {"item_id": item.pk, "name": item.title, **data}
    activity.record(Happening(verb=verb, data=told), actor=actor)
