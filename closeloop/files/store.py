"""Bytes under random names behind Django's storages, and what becomes of those nobody names."""

import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage

from closeloop.edge import work
from closeloop.files.models import Attachment

FOLDER = "attachments"


def put(content: IO[bytes], *, folder: str = FOLDER) -> str:
    """Store bytes; gives their name. They go again if the transaction does not commit.

    What lies in another folder is not among the documents that are cleared when nobody names them.
    """
    name = uuid.uuid4().hex
    content.seek(0)
    stored_as = str(default_storage.save(f"{folder}/{name[:2]}/{name}", File(content)))
    work.on_rollback(lambda: remove_unnamed(stored_as))
    return stored_as


def remove_unnamed(stored_as: str) -> bool:
    """Remove bytes that no document names; whether they were removed."""
    if _is_named(stored_as):
        return False
    default_storage.delete(stored_as)
    return True


def names_before(moment: datetime) -> Iterator[str]:
    """The names of what was stored before a moment."""
    folders, _ = default_storage.listdir(FOLDER) if default_storage.exists(FOLDER) else ([], [])
    for folder in folders:
        for name in default_storage.listdir(f"{FOLDER}/{folder}")[1]:
            stored_as = f"{FOLDER}/{folder}/{name}"
            if default_storage.get_modified_time(stored_as) < moment:
                yield stored_as


def open_stored(stored_as: str) -> IO[bytes]:
    """The stored bytes, to be read in pieces; raises FileNotFoundError."""
    return default_storage.open(stored_as, "rb")


def _is_named(stored_as: str) -> bool:
    named = Attachment.objects.filter(stored_as=stored_as)
    return (named | Attachment.objects.filter(thumbnail_as=stored_as)).exists()
