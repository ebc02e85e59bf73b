"""Fitting texts into what a provider takes (pure)."""

import hashlib


def cut_bytes(text: str, limit: int) -> str:
    """The text in at most this many UTF-8 bytes, with an ellipsis where something was cut."""
    if len(text.encode()) <= limit:
        return text
    room = limit - len("…".encode())
    return text.encode()[:room].decode(errors="ignore") + "…"


def cut(text: str, limit: int) -> str:
    """The text in at most this many characters, with an ellipsis where something was cut."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def marked(url: str, dedupe_key: str) -> str:
    """The address with the message's key as its fragment.

    Providers that recognise a repetition by its content then take one message for one, and never
    two messages of the same words for one.
    """
    return url if "#" in url else f"{url}#n={digest(dedupe_key, 12)}"


def digest(key: str, length: int) -> str:
    """A key of any length as so many characters."""
    return hashlib.sha256(key.encode()).hexdigest()[:length]
