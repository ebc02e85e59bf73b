"""Taking photos, recordings and documents under their sender's own ids, each once.

A phone sends a file again until it hears that it is there, also after it was killed half-way; the
file is then found by its id. Of a photo it is found out at once which photos before it look alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from PIL import Image

from closeloop.edge import statements
from closeloop.edge.statements import Statement
from closeloop.fieldwork import prints
from closeloop.fieldwork.models import Upload
from closeloop.fieldwork.prints import Print
from closeloop.files import actions as files
from closeloop.files import store
from closeloop.files.models import Attachment
from closeloop.identity.actor import Actor
from closeloop.org import queries as org

MOST_LIKES = 5
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('upload ' || %s::text, 0))"
_KEEP = """
    INSERT INTO fieldwork_photoprint
        (upload_id, variant, coarse, fine, band_0, band_1, band_2, band_3)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""
_BANDS = " OR ".join(f"band_{each} = ANY(%(band_{each})s::smallint[])" for each in range(4))
_ALIKE = f"""
    SELECT p.upload_id, p.variant, bit_count((p.coarse # %(coarse)s)::bit(64)), p.fine, u.author_id,
        u.received_at
    FROM fieldwork_photoprint p JOIN fieldwork_upload u ON u.id = p.upload_id
    WHERE ({_BANDS}) AND bit_count((p.coarse # %(coarse)s)::bit(64)) <= {prints.COARSE_APART}
    ORDER BY 3, p.upload_id LIMIT 40
"""
_IDENTICAL = """
    SELECT u.id, u.author_id, u.received_at FROM fieldwork_upload u
    JOIN files_attachment a ON a.id = u.attachment_id
    WHERE a.sha256 = %s ORDER BY u.id LIMIT 5
"""


@dataclass(frozen=True)
class Arrived:
    """A file that is there, and whether it came just now."""

    upload: Upload
    is_new: bool


def upload(
    given: UploadedFile[bytes],
    *,
    client_id: UUID,
    kind: str,
    taken_at: datetime | None,
    actor: Actor,
) -> Arrived:
    """Take a file; the same id again gives the one that is there, whatever comes with it.

    Raises what files refuse with: FileTooLarge, FileEmpty, FileTypeRefused, PictureUnreadable, …
    """
    found = _there(client_id, actor)
    if found is not None:
        return Arrived(found, is_new=False)
    unit_id = org.access_of(actor).home_unit_id
    attachment = files.keep(given, kind=kind, unit_id=unit_id, actor=actor)
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [actor.person_id])
    found = _there(client_id, actor)
    if found is not None:  # the same file sent twice at once: this one is forgotten
        files.discard(attachment, unit_id=unit_id, actor=actor)
        return Arrived(found, is_new=False)
    likes, kept = _look_at(attachment)
    made = Upload.objects.create(
        author_id=actor.person_id,
        client_id=client_id,
        kind=kind,
        attachment=attachment,
        taken_at=taken_at,
        likes=likes,
    )
    statements.later(
        *(
            Statement(_KEEP, [made.pk, each.variant, each.coarse, each.fine, *each.bands])
            for each in kept
        )
    )
    return Arrived(made, is_new=True)


def _there(client_id: UUID, actor: Actor) -> Upload | None:
    found = Upload.objects.filter(author_id=actor.user_id, client_id=client_id)
    return found.select_related("attachment").first()


def _look_at(attachment: Attachment) -> tuple[list[dict[str, Any]], list[Print]]:
    """The photos before this one that are like it, and what is kept of it."""
    if attachment.width is None:
        return [], []
    with store.open_stored(attachment.stored_as) as source, Image.open(source) as picture:
        picture.draft("L", (512, 512))
        picture.load()
        asked, kept = prints.asked_of(picture), prints.prints_of(picture)
    if prints.is_flat(asked[0]):
        return _identical(attachment), []
    return alike(asked, sha256=attachment.sha256), kept


def alike(asked: list[Print], *, sha256: str = "") -> list[dict[str, Any]]:
    """The photos that are like one, the likest first: how (same, mirrored, cropped), how far."""
    found: dict[int, tuple[int, dict[str, Any]]] = {}
    for each in asked:
        for number, variant, distance, fine, author_id, received_at in statements.rows(
            _ALIKE,
            {
                "coarse": each.coarse,
                **{
                    f"band_{place}": statements.listed(prints.nearby(band))
                    for place, band in enumerate(each.bands)
                },
            },
        ):
            if prints.apart(bytes(fine), each.fine) > prints.FINE_APART:
                continue
            how = "mirrored" if each.variant == prints.MIRRORED else "same"
            if variant != prints.WHOLE:
                how = "cropped" if how == "same" else "mirrored"
            rank = distance + (0 if how == "same" else 100)
            if number not in found or rank < found[number][0]:
                found[number] = rank, _like(number, how, distance, author_id, received_at)
    ordered = [like for _, like in sorted(found.values(), key=lambda pair: pair[0])]
    identical = {each["upload"]: each for each in _same_bytes(sha256)}
    others = [each for each in ordered if each["upload"] not in identical]
    return [*identical.values(), *others][:MOST_LIKES]


def _identical(attachment: Attachment) -> list[dict[str, Any]]:
    return _same_bytes(attachment.sha256)


def _same_bytes(sha256: str) -> list[dict[str, Any]]:
    if not sha256:
        return []
    rows = statements.rows(_IDENTICAL, [sha256])
    return [_like(row[0], "identical", 0, row[1], row[2]) for row in rows]


def _like(
    number: int, how: str, distance: int, author_id: int, received_at: datetime
) -> dict[str, Any]:
    return {
        "upload": number,
        "how": how,
        "distance": distance,
        "author_id": author_id,
        "seen_at": received_at.isoformat(),
    }
