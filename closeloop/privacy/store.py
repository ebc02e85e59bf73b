"""The written files of exports, under random names in a folder of their own."""

import uuid
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage

FOLDER = "privacy"


def put(content: IO[bytes]) -> str:
    """Store a file; gives its name."""
    return str(default_storage.save(f"{FOLDER}/{uuid.uuid4().hex}.zip", File(content)))


def opened(stored_as: str) -> IO[bytes]:
    """The stored bytes; raises FileNotFoundError."""
    return default_storage.open(stored_as, "rb")


def remove(stored_as: str) -> None:
    """Remove a file."""
    default_storage.delete(stored_as)
