"""Signed webhooks (pure).

The sender signs `timestamp.nonce.body` with HMAC-SHA256 under the channel's secret and sends
X-Closeloop-Timestamp (Unix seconds), X-Closeloop-Nonce and X-Closeloop-Signature (hex, after
`sha256=`). A call is good for five minutes; a nonce is good once. Source of the scheme: RFC 2104;
timestamp and window as in Stripe's signed webhooks.
"""

import hashlib
import hmac
import re
from collections.abc import Sequence
from typing import Any

from closeloop.capture.adapters import bodies, paths
from closeloop.capture.adapters.setup import Reader, Setup
from closeloop.capture.arrivals import Call, Payload, Request, Untrusted, digest, storable

MOST_AT_ONCE = 100
_NONCE = re.compile(r"^[\w.-]{8,100}$", re.ASCII)
_SPECIAL = ("external_id", "consent", "visitor", "behaviour", "openid", "unionid")
"""Members that are no fields of a lead, under their own names where nothing else is mapped."""


def sign(secret: str, *, stamp: str, nonce: str, body: bytes) -> str:
    """The signature of a call, as its header carries it."""
    signed = f"{stamp}.{nonce}.".encode() + body
    return "sha256=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def check(request: Request, setup: Setup) -> str:
    """The call's nonce; raises Untrusted and Stale."""
    headers, secret = request.headers, setup.settings.get("secret", "")
    stamp, nonce = headers.get("x-closeloop-timestamp", ""), headers.get("x-closeloop-nonce", "")
    if not secret or not stamp.isascii() or not stamp.isdigit() or not _NONCE.match(nonce):
        raise Untrusted("secret, timestamp or nonce is missing")
    expected = sign(secret, stamp=stamp, nonce=nonce, body=request.body)
    given = headers.get("x-closeloop-signature", "")
    if not hmac.compare_digest(given.encode(), expected.encode()):
        raise Untrusted("another signature")
    setup.check_time(float(stamp[:15]))
    return nonce


def _read(request: Request, setup: Setup) -> Call:
    nonce = check(request, setup)
    found = _again(request.body, request.content_type, setup)
    keyed = [
        each if each.key else _keyed(each, nonce if len(found) == 1 else f"{nonce}#{number}")
        for number, each in enumerate(found)
    ]
    return Call(payloads=keyed)


def _again(body: bytes, content_type: str, setup: Setup) -> Sequence[Payload]:
    try:
        told = bodies.object_of(body, content_type)
    except bodies.Unreadable as error:
        return [Payload(reasons=[error.reason])]
    several = told if isinstance(told, list) else [told]
    if not several or len(several) > MOST_AT_ONCE:
        return [Payload(reasons=[{"code": "too_many_at_once", "limit": MOST_AT_ONCE}])]
    return [as_payload(each, setup) for each in several]


def as_payload(told: Any, setup: Setup) -> Payload:
    """One person's object by the channel's mapping, else by the names of the lead's fields."""
    if not isinstance(told, dict):
        return Payload(reasons=[{"code": "object_expected"}], rest={"body": storable(told)})
    mapping = dict(setup.mapping)
    values = storable(paths.assign(told, mapping)) if mapping else {}
    special = {name: told.get(name) for name in _SPECIAL}
    if not mapping:
        values = storable({key: value for key, value in told.items() if key not in _SPECIAL})
    external = paths.find(told, setup.settings.get("external_id") or "external_id")
    ids = {name: str(special[name]) for name in ("openid", "unionid") if special[name]}
    behaviour = special["behaviour"]
    consent = special["consent"]
    return Payload(
        key=f"id:{str(external)[:180]}" if external not in (None, "") else "",
        values=values,
        ids=storable(ids),
        rest=storable(told) if mapping else {},
        consent=storable(consent) if isinstance(consent, dict) else None,
        visitor=storable(str(special["visitor"] or ""))[:100],
        behaviour=storable(behaviour) if isinstance(behaviour, list) else (),
    )


def _keyed(payload: Payload, nonce: str) -> Payload:
    return Payload(**{**vars(payload), "key": f"nonce:{nonce}"})


def body_key(body: bytes) -> str:
    """The key of a call that names neither an id nor a nonce: the body itself."""
    return f"body:{digest(body)}"


READER = Reader(read=_read, again=_again)
