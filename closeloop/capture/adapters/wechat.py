"""WeChat official accounts and WeCom's customer contact (pure).

Official accounts: SHA-1 over the sorted token, timestamp and nonce signs the address; in safe mode
the message is encrypted as WeCom's are, with the account's AppID as receiver, and `msg_signature`
covers it (developers.weixin.qq.com/doc/offiaccount, "接入指南" and "消息加解密"). WeCom:
developer.work.weixin.qq.com/document/path/90968 (callbacks), /92130 (add_external_contact): it
names ids alone, so the details are asked for (`contacts`). An official account's messages name
nobody either, and nobody can be asked: since 27 December 2021 `user/info` gives neither name nor
region.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence

from closeloop.capture.adapters import bodies
from closeloop.capture.adapters.setup import Reader, Setup
from closeloop.capture.arrivals import Call, Payload, Request, Untrusted, digest, storable
from closeloop.edge import envelopes

_ENCRYPT = re.compile(r"<Encrypt>\s*(?:<!\[CDATA\[)?\s*([A-Za-z0-9+/=]+)\s*(?:\]\]>)?\s*</Encrypt>")
_MOBILE = re.compile(r"(?<!\d)(?:\+?86[ -]?)?(1[3-9]\d[ -]?\d{4}[ -]?\d{4})(?!\d)", re.ASCII)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_TEXT = "text/plain; charset=utf-8"
_JOINING = frozenset({"subscribe", "SCAN"})
WECOM = "wecom"


def official_signature(token: str, timestamp: str, nonce: str) -> str:
    """An official account's signature of an address."""
    joined = "".join(sorted((token, timestamp, nonce)))
    return hashlib.sha1(joined.encode(), usedforsecurity=False).hexdigest()


def _official(request: Request, setup: Setup) -> Call:
    query, settings = request.query, setup.settings
    token = settings.get("callback_token", "")
    stamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
    expected = official_signature(token, stamp, nonce)
    if not token or not envelopes.is_same(query.get("signature", ""), expected):
        raise Untrusted("another signature")
    _check_stamp(stamp, setup)
    if request.method == "GET":
        return Call(answer=query.get("echostr", ""), content_type=_TEXT, is_answered=True)
    message = _opened(request, setup, receiver=settings.get("app_id", ""), is_required=False)
    return Call(payloads=_of_official(message, setup), answer="success", content_type=_TEXT,
                is_answered=True)  # fmt: skip


def _official_again(body: bytes, _content_type: str, setup: Setup) -> Sequence[Payload]:
    return _of_official(_kept(body, setup, setup.settings.get("app_id", "")), setup)


def _of_official(message: str, setup: Setup) -> Sequence[Payload]:
    try:
        told = bodies.xml_of(message)
    except bodies.Unreadable as error:
        return [Payload(key=f"body:{digest(message.encode())}", reasons=[error.reason])]
    openid = told.get("FromUserName", "")
    kind, event = told.get("MsgType", ""), told.get("Event", "")
    if not openid or (kind == "event" and event not in _JOINING):
        return []
    app = setup.settings.get("app_id", "")
    key = told.get("MsgId") or f"{openid}:{told.get('CreateTime', '')}:{event}"
    return [
        Payload(
            key=f"id:{key}",
            values=_found_in(told.get("Content", "")),
            ids={f"openid:{app}": openid},
            rest=storable(told),
            nickname=f"微信用户 {openid[-4:]}",
        )
    ]


def _contact(request: Request, setup: Setup) -> Call:
    query, settings = request.query, setup.settings
    token, stamp, nonce = settings.get("callback_token", ""), "", ""
    stamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
    is_check = request.method == "GET"
    ciphertext = query.get("echostr", "") if is_check else _ciphertext(request.body)
    expected = envelopes.signature(token, stamp, nonce, ciphertext)
    if not token or not envelopes.is_same(query.get("msg_signature", ""), expected):
        raise Untrusted("another signature")
    _check_stamp(stamp, setup)
    message = _open(ciphertext, setup, receiver=settings.get("corp_id", ""))
    if is_check:
        return Call(answer=message, content_type=_TEXT, is_answered=True)
    return Call(payloads=_of_contact(message), answer="success", content_type=_TEXT,
                is_answered=True)  # fmt: skip


def _contact_again(body: bytes, _content_type: str, setup: Setup) -> Sequence[Payload]:
    return _of_contact(_kept(body, setup, setup.settings.get("corp_id", "")))


def _of_contact(message: str) -> Sequence[Payload]:
    try:
        told = bodies.xml_of(message)
    except bodies.Unreadable as error:
        return [Payload(key=f"body:{digest(message.encode())}", reasons=[error.reason])]
    if told.get("Event") != "change_external_contact":
        return []
    if told.get("ChangeType") not in ("add_external_contact", "add_half_external_contact"):
        return []
    external = told.get("ExternalUserID", "")
    key = f"{told.get('UserID', '')}:{external}:{told.get('CreateTime', '')}"
    return [
        Payload(
            key=f"id:{key}",
            ids={"external_user": external},
            rest=storable({key: value for key, value in told.items() if key != "WelcomeCode"}),
            nickname=f"企业微信客户 {external[-4:]}",
            person_at=(WECOM, told.get("UserID", "")),
            asks={"provider": WECOM, "contact": external, "person": told.get("UserID", "")},
        )
    ]


def _found_in(text: str) -> Mapping[str, str]:
    """A mobile number and a mail address that somebody wrote in a message."""
    phone, mail = _MOBILE.search(text), _MAIL.search(text)
    found = {"phone": phone[1] if phone else "", "email": mail[0] if mail else ""}
    return {key: value for key, value in found.items() if value}


def _opened(request: Request, setup: Setup, *, receiver: str, is_required: bool) -> str:
    if _ENCRYPT.search(request.body.decode("utf-8", "replace")) is None and not is_required:
        return request.body.decode("utf-8", "replace")
    ciphertext = _ciphertext(request.body)
    query = request.query
    expected = envelopes.signature(
        setup.settings.get("callback_token", ""),
        query.get("timestamp", ""),
        query.get("nonce", ""),
        ciphertext,
    )
    if not envelopes.is_same(query.get("msg_signature", ""), expected):
        raise Untrusted("another signature of the message")
    return _open(ciphertext, setup, receiver=receiver)


def _kept(body: bytes, setup: Setup, receiver: str) -> str:
    if _ENCRYPT.search(body.decode("utf-8", "replace")) is None:
        return body.decode("utf-8", "replace")
    return _open(_ciphertext(body), setup, receiver=receiver)


def _ciphertext(body: bytes) -> str:
    found = _ENCRYPT.search(body.decode("utf-8", "replace"))
    if found is None:
        raise Untrusted("nothing encrypted")
    return found[1]


def _open(ciphertext: str, setup: Setup, *, receiver: str) -> str:
    try:
        return envelopes.open_shared(
            ciphertext, setup.settings.get("callback_key", ""), receiver=receiver
        )
    except (envelopes.Unreadable, ValueError) as error:
        raise Untrusted(str(error)) from error


def _check_stamp(stamp: str, setup: Setup) -> None:
    if not stamp.isascii() or not stamp.isdigit():
        raise Untrusted("no timestamp")
    setup.check_time(float(stamp[:15]))


OFFICIAL = Reader(read=_official, again=_official_again)
CONTACT = Reader(read=_contact, again=_contact_again)
