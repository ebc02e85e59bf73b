"""Signed addresses for mails: a pixel that tells of opening, and links that tell of a click."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing

from closeloop.behaviour import errors

_PIXEL, _CLICK, _PERSON = "behaviour.pixel", "behaviour.click", "behaviour.person"
PERSON_PARAMETER = "cl_r"
"""The parameter by which a page learns, signed, whom a link was sent to."""


@dataclass(frozen=True)
class Link:
    """Whom an address was sent to, what is noted with it, and where it leads."""

    record_id: int
    data: Mapping[str, Any]
    url: str = ""


def pixel_url(record_id: int, data: Mapping[str, Any]) -> str:
    """The address of a picture of one pixel that tells that a mail was opened."""
    token = signing.dumps({"r": record_id, "d": dict(data)}, salt=_PIXEL, compress=True)
    return f"{settings.PUBLIC_URL}/api/track/open/{token}"


def click_url(record_id: int, url: str, data: Mapping[str, Any]) -> str:
    """An address that notes the click and leads on to `url`, which must be http or https."""
    if not url.startswith(("https://", "http://")):
        raise ValueError("only http and https links can be followed")
    told = {"r": record_id, "d": dict(data), "u": url}
    token = signing.dumps(told, salt=_CLICK, compress=True)
    return f"{settings.PUBLIC_URL}/api/track/click/{token}"


def person_token(record_id: int) -> str:
    """What says to our script, signed, whom a link was sent to."""
    return signing.dumps(record_id, salt=_PERSON)


def read_pixel(token: str) -> Link:
    """What a pixel's address says; raises LinkInvalid."""
    told = _read(token, _PIXEL)
    return Link(told["r"], told["d"])


def read_click(token: str) -> Link:
    """What a link's address says; raises LinkInvalid."""
    told = _read(token, _CLICK)
    return Link(told["r"], told["d"], told["u"])


def read_person(token: str) -> int | None:
    """The record that a signed token names, or None."""
    try:
        found = signing.loads(token, salt=_PERSON)
    except signing.BadSignature:
        return None
    return found if isinstance(found, int) else None


def _read(token: str, salt: str) -> Any:
    try:
        return signing.loads(token, salt=salt)
    except (signing.BadSignature, ValueError) as error:
        raise errors.LinkInvalid from error
