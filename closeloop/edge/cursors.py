"""Opaque keyset cursors: where the last page ended, signed against nothing, checked for shape."""

import base64
import binascii
import json
from typing import Any

from closeloop.engine.refusals import Refusal, RefusalKind


class CursorInvalid(Refusal):
    """Start again from the first page; the place to continue from could not be read."""

    code = "cursor_invalid"
    kind = RefusalKind.INVALID


def encode(*position: Any) -> str:
    """The cursor after a row, from its sort values and id."""
    raw = json.dumps(position, default=str, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def decode(cursor: str, *, parts: int) -> list[Any]:
    """The sort values and id in a cursor; raises CursorInvalid."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        position = json.loads(raw)
    except (binascii.Error, ValueError) as error:
        raise CursorInvalid from error
    if not isinstance(position, list) or len(position) != parts:
        raise CursorInvalid
    return position
