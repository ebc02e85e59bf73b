"""Opaque keyset cursors: where the last page ended, signed against nothing, checked for shape."""

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
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


def decode(cursor: str, *types: str) -> list[Any]:
    """The sort values and id in a cursor, of these SQL types in order; raises CursorInvalid.

    Values stand in a cursor as PostgreSQL writes them as text; ids may be numbers.
    """
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        position = json.loads(raw)
        return [_READ[kind](value) for kind, value in zip(types, position, strict=True)]
    except (binascii.Error, ValueError, TypeError, RecursionError, InvalidOperation) as error:
        raise CursorInvalid from error


def _bigint(value: Any) -> int:
    number = int(value) if isinstance(value, str) and value.isascii() else value
    if isinstance(number, bool) or not isinstance(number, int) or not -(2**63) <= number < 2**63:
        raise ValueError("an id is expected")
    return number


def _numeric(value: Any) -> str:
    if not isinstance(value, str) or not Decimal(value).is_finite():
        raise ValueError("a number is expected")
    return value


def _date(value: Any) -> str:
    return date.fromisoformat(value).isoformat()


def _timestamptz(value: Any) -> str:
    if value == "-infinity":
        return "-infinity"
    if datetime.fromisoformat(value).tzinfo is None:
        raise ValueError("a time with its zone is expected")
    return str(value)


def _boolean(value: Any) -> str:
    if value not in ("true", "false"):
        raise ValueError("true or false is expected")
    return str(value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError("text is expected")
    value.encode()
    return value


_READ: Mapping[str, Callable[[Any], Any]] = {
    "bigint": _bigint,
    "numeric": _numeric,
    "date": _date,
    "timestamptz": _timestamptz,
    "boolean": _boolean,
    "text": _text,
}
"""How a value of an SQL type is told from anything else."""
