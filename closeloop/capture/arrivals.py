"""What comes through a channel, in the one shape that intake takes (pure)."""

import hashlib
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
LONGEST_VALUE = 4000
DEEPEST = 20


@dataclass(frozen=True)
class Request:
    """A call as it came; header names in lower case."""

    method: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    address: str = ""

    @property
    def content_type(self) -> str:
        """What the sender says the body is."""
        return self.headers.get("content-type", "")


@dataclass(frozen=True)
class Returned:
    """A mail that was not delivered. `is_permanent`: its address takes no mail at all.

    `is_over` False: its server still tries. `status` is that of RFC 3463, or empty; `said` are the
    other system's own words. `message_ids`: what may be the Message-ID of the mail, best first.
    """

    is_permanent: bool
    is_over: bool
    status: str
    said: str
    message_ids: tuple[str, ...]


@dataclass(frozen=True)
class Payload:
    """What a body says of one person.

    `values` by lead field as they were given; `ids` of the person at the channel; `rest` is what
    belongs to no field; `reasons` say why it cannot be read (each with a code).
    """

    key: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)
    rest: Mapping[str, Any] = field(default_factory=dict)
    nickname: str = ""
    consent: Mapping[str, Any] | None = None
    visitor: str = ""
    behaviour: Sequence[Mapping[str, Any]] = ()
    person_at: tuple[str, str] | None = None
    """The salesperson to whom the contact belongs, as (provider, id there)."""
    asks: Mapping[str, str] | None = None
    """Whom to ask the provider for, where it named nobody but an id: provider, contact, person."""
    returned: Returned | None = None
    """A mail of ours that came back, instead of a person."""
    reasons: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Call:
    """What a trusted call is worth: its payloads, and what its sender wants to hear."""

    payloads: Sequence[Payload] = ()
    answer: str = ""
    content_type: str = "application/json; charset=utf-8"
    is_answered: bool = False
    """Whether the sender wants to hear exactly `answer`; else it hears what became of it."""


class Untrusted(ValueError):
    """The signature is wrong, missing, or made with another key."""


class Stale(ValueError):
    """The call is older than the window, or from the future."""


def digest(body: bytes) -> str:
    """A body's digest, by which the same body is known."""
    return hashlib.sha256(body).hexdigest()


def storable(value: Any, *, depth: int = 0) -> Any:
    """A value as JSON columns take it: no NUL, no lone surrogate, no infinity, nothing endless."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("", value)[:LONGEST_VALUE]
    if depth > DEEPEST:
        return "…"
    if isinstance(value, Mapping):
        return {
            storable(str(key))[:200]: storable(inner, depth=depth + 1)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [storable(inner, depth=depth + 1) for inner in value[:200]]
    is_finite = not isinstance(value, float) or math.isfinite(value)
    if (isinstance(value, bool | int | float) and is_finite) or value is None:
        return value
    return storable(str(value))
