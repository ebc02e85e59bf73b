"""The bytes of imports and exports under random names behind Django's storages."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage

from closeloop.edge import work


def put(content: File[Any], *, folder: str) -> str:
    """Store bytes; gives their name. They go again if the transaction does not commit."""
    content.seek(0)
    stored_as = str(default_storage.save(f"{folder}/{uuid.uuid4().hex}", content))
    work.on_rollback(lambda: default_storage.delete(stored_as))
    return stored_as
