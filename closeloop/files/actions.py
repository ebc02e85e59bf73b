"""Attaching documents to records, removing them, and clearing away what was left behind."""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import IO, Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.functions import Now

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.files import formats, pictures, queries, store
from closeloop.files.errors import FileEmpty, FileTooLarge, KindInvalid
from closeloop.files.formats import Format
from closeloop.files.models import Attachment
from closeloop.identity.actor import Actor
from closeloop.records.models import Record

LARGEST_BYTES = 50 * 1024 * 1024
LONGEST_NAME = 180
_KIND = re.compile(r"^[a-z][a-z0-9_]{0,62}$")
_HASHED_BYTES = 1024 * 1024


@dataclass(frozen=True)
class _Prepared:
    """What is to be stored of an upload, and what is known about it."""

    content: IO[bytes]
    format: Format
    size: int
    thumbnail: bytes = b""
    width: int | None = None
    height: int | None = None
    taken: Any = None


def attach(record: Record, upload: UploadedFile[bytes], *, kind: str, actor: Actor) -> Attachment:
    """Add a document to a record; the same content sent twice under one kind is one document.

    Raises FileTooLarge, FileEmpty, FileTypeRefused, PictureUnreadable, PictureTooLarge,
    FileHasMacros, KindInvalid.
    """
    _check(upload, kind=kind)
    sha256 = _sha256(upload)
    same = queries.same_document(record.pk, kind=kind, sha256=sha256)
    if same is not None:
        return same
    name = clean_name(upload.name or "")
    prepared = _prepare(upload, name=name)
    with transaction.atomic():
        # A second click waits here and then finds the first one's document.
        Record.objects.select_for_update(no_key=True).get(pk=record.pk)
        same = queries.same_document(record.pk, kind=kind, sha256=sha256)
        if same is not None:
            return same
        attachment = _store(prepared, record, kind=kind, name=name, sha256=sha256, actor=actor)
        _record("file.attached", attachment, unit_id=record.unit_id, actor=actor)
    attachment.refresh_from_db(fields=["uploaded_at"])
    return attachment


def keep(
    upload: UploadedFile[bytes], *, kind: str, unit_id: int | None, actor: Actor
) -> Attachment:
    """Store a document that belongs to no record; whoever keeps it says who may read it.

    The same checks and pictures as `attach`, and the same refusals.
    """
    _check(upload, kind=kind)
    sha256 = _sha256(upload)
    name = clean_name(upload.name or "")
    prepared = _prepare(upload, name=name)
    with transaction.atomic():
        attachment = _store(prepared, None, kind=kind, name=name, sha256=sha256, actor=actor)
        _record("file.attached", attachment, unit_id=unit_id, actor=actor)
    attachment.refresh_from_db(fields=["uploaded_at"])
    return attachment


def place(attachment: Attachment, record: Record, *, actor: Actor) -> Attachment:
    """Let a document that belonged to no record stand at one; gives the one that stands there.

    Where the record has the same content under that kind already, that document stays the only one.
    """
    with transaction.atomic():
        Record.objects.select_for_update(no_key=True).get(pk=record.pk)
        same = queries.same_document(record.pk, kind=attachment.kind, sha256=attachment.sha256)
        if same is not None:
            Attachment.objects.filter(pk=attachment.pk).update(deleted_at=Now())
            return same
        attachment.record = record
        attachment.save(update_fields=["record"])
        _record("file.attached", attachment, unit_id=record.unit_id, actor=actor)
    return attachment


def remove(attachment: Attachment, *, actor: Actor) -> None:
    """Take a document from its record; its bytes stay, for the timeline names it."""
    changed = Attachment.objects.filter(pk=attachment.pk, deleted_at=None).update(deleted_at=Now())
    if changed:
        unit_id = attachment.record.unit_id if attachment.record else None
        _record("file.removed", attachment, unit_id=unit_id, actor=actor)


def discard(attachment: Attachment, *, unit_id: int | None, actor: Actor) -> None:
    """Forget a document that no record and nothing else ever took; its bytes are swept later."""
    _record("file.removed", attachment, unit_id=unit_id, actor=actor)
    attachment.delete()


def erase(attachments: Collection[Attachment]) -> int:
    """Destroy the content of documents for good; that they were there, and when, stays.

    Their bytes go at once unless another document has the same; names and what a picture told of
    its making go too.
    """
    count = 0
    for row in attachments:
        stored = [name for name in (row.stored_as, row.thumbnail_as) if name]
        row.stored_as, row.thumbnail_as, row.name, row.taken = "", "", "", {}
        row.sha256 = f"erased-{row.pk}"
        row.deleted_at = row.deleted_at or Now()
        row.save(
            update_fields=["stored_as", "thumbnail_as", "name", "taken", "sha256", "deleted_at"]
        )
        transaction.on_commit(partial(_remove_all, stored))
        count += 1
    return count


def _remove_all(stored: Sequence[str]) -> None:
    for name in stored:
        store.remove_unnamed(name)


def sweep_orphans(*, before: datetime) -> int:
    """Remove stored bytes older than `before` that no document names; gives how many."""
    return sum(store.remove_unnamed(stored_as) for stored_as in store.names_before(before))


def clean_name(given: str) -> str:
    """A name without folders, control characters and direction marks."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    seen = "".join(each for each in last if unicodedata.category(each)[0] != "C")
    return seen.strip(" .")[-LONGEST_NAME:] or "document"


def with_ending(name: str, known: Format) -> str:
    """The name with an ending that fits what the document is."""
    if name.lower().endswith(known.endings):
        return name
    stem, dot, ending = name.rpartition(".")
    was_another_picture = known.group == "image" and dot and len(ending) <= 4
    return (stem if was_another_picture else name) + known.endings[0]


def _check(upload: UploadedFile[bytes], *, kind: str) -> None:
    if not _KIND.match(kind):
        raise KindInvalid({"kind": kind[:80]})
    size = upload.size or 0
    if size > LARGEST_BYTES:
        raise FileTooLarge(
            {"size": size, "limit": LARGEST_BYTES, "limit_mb": LARGEST_BYTES // 2**20}
        )
    if size == 0:
        raise FileEmpty


def _prepare(upload: UploadedFile[bytes], *, name: str) -> _Prepared:
    stream = cast(IO[bytes], upload)
    known = formats.judge(stream, name=name)
    if known.group != "image":
        return _Prepared(stream, known, upload.size or 0)
    picture = pictures.prepare(stream)
    return _Prepared(
        content=io.BytesIO(picture.content),
        format=picture.format,
        size=len(picture.content),
        thumbnail=picture.thumbnail,
        width=picture.width,
        height=picture.height,
        taken=picture.taken,
    )


def _sha256(upload: UploadedFile[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks(_HASHED_BYTES):
        digest.update(chunk)
    return digest.hexdigest()


def _store(
    prepared: _Prepared, record: Record | None, *, kind: str, name: str, sha256: str, actor: Actor
) -> Attachment:
    return Attachment.objects.create(
        record=record,
        kind=kind,
        name=with_ending(name, prepared.format),
        content_type=prepared.format.content_type,
        format=prepared.format.group,
        size=prepared.size,
        sha256=sha256,
        stored_as=store.put(prepared.content),
        thumbnail_as=store.put(io.BytesIO(prepared.thumbnail)) if prepared.thumbnail else "",
        width=prepared.width,
        height=prepared.height,
        taken=prepared.taken or {},
        uploaded_by_id=actor.user_id,
    )


def _record(verb: str, attachment: Attachment, *, unit_id: int | None, actor: Actor) -> None:
    record = attachment.record
    activity.record(
        Happening(
            verb=verb,
            record_id=record.pk if record else None,
            record_type=record.type if record else "",
            unit_id=unit_id,
            data={
                "attachment_id": attachment.pk,
                "name": attachment.name,
                "kind": attachment.kind,
                "sha256": attachment.sha256,
            },
        ),
        actor=actor,
    )


def move_files(from_ids: Collection[int], to_id: int) -> list[tuple[int, int]]:
    """Let the documents of some records stand at another; gives each with its record before.

    What the other has already stays where it is.
    """
    there = set(
        Attachment.objects.filter(record_id=to_id, deleted_at=None).values_list("kind", "sha256")
    )
    moved: list[tuple[int, int]] = []
    for row in Attachment.objects.filter(record_id__in=from_ids, deleted_at=None).order_by("pk"):
        if row.record_id is not None and (row.kind, row.sha256) not in there:
            there.add((row.kind, row.sha256))
            moved.append((row.pk, row.record_id))
    Attachment.objects.filter(pk__in=[number for number, _ in moved]).update(record_id=to_id)
    return moved


def move_files_back(moved: Collection[Sequence[int]]) -> None:
    """Undo it: each document stands at its record of before again."""
    for number, record_id in moved:
        Attachment.objects.filter(pk=number).update(record_id=record_id)
