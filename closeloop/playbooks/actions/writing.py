"""Entries: proposed by anybody, drafted, published as frozen versions, put away."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Max
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import revisions
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.playbooks import errors
from closeloop.playbooks.actions.encoding import encode_later
from closeloop.playbooks.content import Content
from closeloop.playbooks.models import Entry, EntryKind, Material, Version
from closeloop.playbooks.queries import library
from closeloop.playbooks.shelf import REVISION


def propose(kind: str, content: Content, *, note: str = "", actor: Actor) -> Entry:
    """A new entry, not published yet. Raises ContentInvalid."""
    entry = Entry.objects.create(kind=kind, created_by_id=actor.user_id)
    _write(entry, content, note=note, actor=actor)
    _record("playbook.proposed", entry, content.as_data(), actor)
    return entry


def write_draft(
    entry_id: int, content: Content, *, revision: int | None, note: str = "", actor: Actor
) -> Entry:
    """Propose how an entry should read; one proposal at a time.

    Raises EntryNotFound, DraftTaken where somebody else's proposal waits, DraftMoved where it was
    written since `revision`, ContentInvalid.
    """
    entry = locked(entry_id)
    if entry.draft is not None and not library.may_write(entry, actor=actor):
        raise errors.DraftTaken({"id": entry.pk})
    if revision is not None and revision != entry.revision:
        raise errors.DraftMoved({"revision": entry.revision})
    _write(entry, content, note=note, actor=actor)
    return entry


def drop_draft(entry_id: int, *, actor: Actor) -> Entry:
    """Throw a proposal away: whose it is, or who manages the library.

    What is published stays; what never was is put away. Raises EntryNotFound, DraftTaken.
    """
    entry = locked(entry_id)
    if entry.draft is None:
        return entry
    if not library.may_write(entry, actor=actor):
        raise errors.DraftTaken({"id": entry.pk})
    _record("playbook.dropped", entry, entry.draft, actor)
    _clear(entry)
    if not entry.versions.exists():
        entry.is_archived = True
        entry.save(update_fields=["is_archived"])
    return entry


def publish(entry_id: int, *, actor: Actor) -> Version:
    """Publish the proposal as the next version. Raises EntryNotFound, NoDraft, ContentInvalid."""
    entry = locked(entry_id)
    if entry.draft is None:
        raise errors.NoDraft({"id": entry_id})
    _check(entry, Content.model_validate(entry.draft), actor)
    revisions.bump(REVISION)
    last = entry.versions.aggregate(last=Max("number"))["last"] or 0
    Version.objects.filter(entry=entry, is_current=True).update(is_current=False)
    version = Version.objects.create(
        entry=entry,
        number=last + 1,
        content=entry.draft,
        note=entry.draft_note,
        contributors=entry.draft_authors,
        published_by_id=actor.user_id,
    )
    if entry.is_archived:
        entry.is_archived = False
        entry.save(update_fields=["is_archived"])
    _clear(entry)
    _record("playbook.published", entry, version.content, actor, version=version.number)
    encode_later()
    return version


def archive(entry_id: int, *, actor: Actor) -> Entry:
    """Put an entry away: nobody finds it any more; its history and figures stay."""
    return _put(entry_id, is_archived=True, verb="playbook.archived", actor=actor)


def restore(entry_id: int, *, actor: Actor) -> Entry:
    """Bring an entry back."""
    return _put(entry_id, is_archived=False, verb="playbook.restored", actor=actor)


def locked(entry_id: int) -> Entry:
    """An entry under its lock; raises EntryNotFound."""
    entry = Entry.objects.select_for_update(of=("self",)).filter(pk=entry_id).first()
    if entry is None:
        raise errors.EntryNotFound({"id": entry_id})
    return entry


def _write(entry: Entry, content: Content, *, note: str, actor: Actor) -> None:
    _check(entry, content, actor)
    entry.draft = content.as_data()
    entry.draft_note = note.strip()
    entry.drafted_at = timezone.now()
    entry.drafted_by_id = actor.user_id
    if actor.user_id is not None and actor.user_id not in entry.draft_authors:
        entry.draft_authors = [*entry.draft_authors, actor.user_id]
    entry.revision += 1
    entry.save()


def _check(entry: Entry, content: Content, actor: Actor) -> None:
    wrong = list(_faults(entry, content, actor))
    if wrong:
        raise errors.ContentInvalid({"errors": wrong})


def _faults(entry: Entry, content: Content, actor: Actor) -> Iterator[Mapping[str, Any]]:
    if not any(text.strip() for text in content.body.values()) and entry.kind != EntryKind.PACK:
        yield {"field": "body", "code": "required"}
    if not library.manages(actor) and sorted(content.phrases) != _published_phrases(entry):
        yield {"field": "phrases", "code": "not_allowed"}
    if entry.kind == EntryKind.PACK:
        known = Entry.objects.filter(pk__in=content.entries).exclude(kind=EntryKind.PACK).count()
        if not content.entries or known != len(set(content.entries)):
            yield {"field": "entries", "code": "unknown_choice"}
    elif content.entries:
        yield {"field": "entries", "code": "not_allowed"}
    files = {piece.file_id for piece in content.pieces if piece.file_id is not None}
    if files:
        own = Material.objects.filter(entry=entry, pk__in=files).count()
        if own != len(files):
            yield {"field": "pieces", "code": "unknown_choice"}


def _published_phrases(entry: Entry) -> list[str]:
    current = entry.versions.filter(is_current=True).first()
    return sorted(current.content["phrases"]) if current else []


def _clear(entry: Entry) -> None:
    entry.draft = None
    entry.draft_note = ""
    entry.drafted_at = None
    entry.drafted_by = None
    entry.draft_authors = []
    entry.revision += 1
    entry.save()


def _put(entry_id: int, *, is_archived: bool, verb: str, actor: Actor) -> Entry:
    entry = locked(entry_id)
    if entry.is_archived == is_archived:
        return entry
    current = entry.versions.filter(is_current=True).first()
    revisions.bump(REVISION)
    entry.is_archived = is_archived
    entry.save(update_fields=["is_archived"])
    _record(verb, entry, current.content if current else entry.draft or {}, actor)
    return entry


def _record(
    verb: str, entry: Entry, content: Mapping[str, Any], actor: Actor, **more: object
) -> None:
    unit_id = org.home_unit_of(actor.user_id) if actor.user_id is not None else None
    data = {"entry_id": entry.pk, "kind": entry.kind, "name": content.get("title", {}), **more}
    activity.record(Happening(verb=verb, unit_id=unit_id, data=data), actor=actor)
