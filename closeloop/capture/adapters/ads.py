"""Leads from advertising platforms: 巨量引擎, 百度, 腾讯广告 (pure).

The platforms describe their pushes behind a sign-in, so what is known here comes from public
sources, each named beside the fixture (`tests/capture/fixtures`). Where a platform signs, the
signature is checked; where none is documented in public, the address carries a token that only the
platform was told. Every path can be mapped otherwise per channel.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from closeloop.capture.adapters import bodies, paths
from closeloop.capture.adapters.setup import Reader, Setup
from closeloop.capture.arrivals import Call, Payload, Request, Untrusted, digest, storable

_BETWEEN = re.compile(r"[,，、/\s]+")
PLACE = "place"
"""Province and city: where the platform saw the person, or where the number was given out."""
_OCEAN: Mapping[str, tuple[str, ...]] = {
    "name": ("name",),
    "phone": ("telphone", "telephone", "phone", "address.phone"),
    "email": ("email",),
    "wechat": ("weixin", "wechat", "address.wechat"),
    PLACE: ("city", "address.city"),
}
_BAIDU: Mapping[str, tuple[str, ...]] = {
    "name": ("formDetail[type=name].value", "imName"),
    "phone": ("cluePhoneNumber", "formDetail[type=phone].value"),
    "email": ("formDetail[type=email].value",),
    "wechat": ("formDetail[type=wechat].value", "wechatAccount"),
    "company": ("formDetail[type=company].value", "formDetail[name=公司].value"),
    PLACE: ("area",),
}
_TENCENT: Mapping[str, tuple[str, ...]] = {
    "name": ("leads_name",),
    "phone": ("leads_tel", "leads_telephone"),
    "email": ("leads_email",),
    "wechat": ("leads_wechat",),
    "company": ("bundle.公司", "bundle.公司名称"),
    PLACE: ("leads_area", "tel_location"),
}


def ocean_signature(secret: str, body: bytes) -> str:
    """巨量引擎's signature of a body: HMAC-SHA256 in hex, in the header X-Open-Signature."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def _ocean(request: Request, setup: Setup) -> Call:
    if request.method == "GET":
        challenge = request.query.get("challenge", "")
        if request.query.get("event") != "verify_webhook" or not challenge.isdigit():
            raise Untrusted("no challenge")
        told = {"challenge": int(challenge), "BaseResp": {"StatusCode": 200, "StatusMessage": ""}}
        return Call(answer=json.dumps(told), is_answered=True)
    secret = setup.settings.get("app_secret", "")
    given = request.headers.get("x-open-signature", "")
    expected = ocean_signature(secret, request.body)
    if not secret or not hmac.compare_digest(given.encode(), expected.encode()):
        raise Untrusted("another signature")
    payloads = _ocean_again(request.body, request.content_type, setup)
    return Call(payloads, json.dumps({"StatusCode": 200, "StatusMessage": "ok"}), is_answered=True)


def _ocean_again(body: bytes, content_type: str, setup: Setup) -> Sequence[Payload]:
    told = _object(body, content_type)
    if isinstance(told, Payload):
        return [told]
    inner = told.get("data")
    if isinstance(inner, str) and inner.lstrip().startswith("{"):
        told = {**told, **_inner(inner)}
    elif isinstance(inner, dict):
        told = {**told, **inner}
    return [_payload(told, body, setup, _OCEAN, ids=("clue_id", "id", "message_id"))]


def _by_token(request: Request, setup: Setup) -> None:
    expected = setup.settings.get("token", "")
    given = request.query.get("token", "") or request.headers.get("x-closeloop-token", "")
    if not expected or not hmac.compare_digest(given.encode(), expected.encode()):
        raise Untrusted("another token")


def _baidu(request: Request, setup: Setup) -> Call:
    _by_token(request, setup)
    payloads = _baidu_again(request.body, request.content_type, setup)
    return Call(payloads, json.dumps({"code": 0, "message": "success"}), is_answered=True)


def _baidu_again(body: bytes, content_type: str, setup: Setup) -> Sequence[Payload]:
    told = _object(body, content_type)
    if isinstance(told, Payload):
        return [told]
    if isinstance(told.get("formDetail"), str):
        told = {**told, "formDetail": _inner(str(told["formDetail"]), default=[])}
    return [_payload(told, body, setup, _BAIDU, ids=("clueId",))]


def _tencent(request: Request, setup: Setup) -> Call:
    _by_token(request, setup)
    payloads = _tencent_again(request.body, request.content_type, setup)
    return Call(payloads, json.dumps({"code": 0, "message": "ok"}), is_answered=True)


def _tencent_again(body: bytes, content_type: str, setup: Setup) -> Sequence[Payload]:
    told = _object(body, content_type)
    if isinstance(told, Payload):
        return [told]
    if isinstance(told.get("bundle"), str):
        told = {**told, "bundle": _inner(str(told["bundle"]))}
    return [_payload(told, body, setup, _TENCENT, ids=("leads_id", "outer_leads_id"))]


def _object(body: bytes, content_type: str) -> dict[str, Any] | Payload:
    try:
        told = bodies.object_of(body, content_type)
    except bodies.Unreadable as error:
        return Payload(key=f"body:{digest(body)}", reasons=[error.reason])
    if not isinstance(told, dict):
        return Payload(key=f"body:{digest(body)}", reasons=[{"code": "object_expected"}])
    return told


def _inner(text: str, default: Any = None) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return {} if default is None else default


def _payload(
    told: dict[str, Any],
    body: bytes,
    setup: Setup,
    usual: Mapping[str, tuple[str, ...]],
    *,
    ids: tuple[str, ...],
) -> Payload:
    values: dict[str, Any] = {}
    for field, places in usual.items():
        found = (_at(told, place) for place in places)
        values[field] = next((value for value in found if value not in (None, "")), None)
    values = {field: value for field, value in values.items() if value is not None}
    if PLACE in values:
        values[PLACE] = _BETWEEN.sub("", str(values[PLACE]))
    values.update(paths.assign(told, dict(setup.mapping)))
    named = setup.settings.get("external_id")
    candidates = (named, *ids) if named else ids
    external = next((told[each] for each in candidates if told.get(each) not in (None, "")), None)
    key = f"id:{str(external)[:180]}" if external is not None else f"body:{digest(body)}"
    return Payload(key=key, values=storable(values), rest=storable(told))


def _at(told: dict[str, Any], place: str) -> Any:
    """The value under a name, which itself may hold dots (`address.phone`), or at a path."""
    return told[place] if place in told else paths.find(told, place)


OCEAN_ENGINE = Reader(read=_ocean, again=_ocean_again)
BAIDU = Reader(read=_baidu, again=_baidu_again)
TENCENT = Reader(read=_tencent, again=_tencent_again)
