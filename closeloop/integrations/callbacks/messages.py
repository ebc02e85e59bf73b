"""What each provider sends and wants to hear (pure).

`read` gives the message of a request whose signature holds: what happened, the key by which a
repetition is known, and the answer. It raises Untrusted.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

from closeloop.edge import envelopes

TEXT, JSON = "text/plain; charset=utf-8", "application/json; charset=utf-8"
_ENCRYPT = re.compile(r"<Encrypt>\s*(?:<!\[CDATA\[)?\s*([A-Za-z0-9+/=]+)\s*(?:\]\]>)?\s*</Encrypt>")
_MILLISECONDS = 10**11
"""Times above are given in milliseconds."""


class Untrusted(ValueError):
    """The signature is wrong, missing, or made with another key."""


@dataclass(frozen=True)
class Request:
    """A request as it came; header names in lower case."""

    method: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Message:
    """A message of a provider. `event` is empty where only the address is being verified.

    `sent_at_s` is None where the provider's verification carries no time.
    """

    event: str
    key: str
    sent_at_s: float | None
    answer: str
    content_type: str

    @property
    def is_about_people(self) -> bool:
        """Whether it says that the address book has changed."""
        return self.event.startswith(("change_contact.", "user_", "org_dept_", "contact."))


Settings = Mapping[str, str]


def read(provider: str, request: Request, settings: Settings) -> Message:
    """The message of a request; raises Untrusted."""
    if not settings.get("callback_key") or not settings.get("callback_token"):
        raise Untrusted("no token or key is entered")
    try:
        return _READERS[provider](request, settings)
    except (envelopes.Unreadable, ValueError, KeyError, ElementTree.ParseError) as error:
        raise Untrusted(str(error)) from error


def _wecom(request: Request, settings: Settings) -> Message:
    query, receiver = request.query, settings["corp_id"]
    if request.method == "GET":
        ciphertext = query["echostr"]
    else:
        found = _ENCRYPT.search(request.body.decode())
        if found is None:
            raise Untrusted("nothing encrypted")
        ciphertext = found[1]
    _check_shared(query, settings, ciphertext, signed="msg_signature")
    message = envelopes.open_shared(ciphertext, settings["callback_key"], receiver=receiver)
    at = _seconds(query["timestamp"])
    if request.method == "GET":
        return Message("", "", at, message, TEXT)
    told = {one.tag: (one.text or "").strip() for one in ElementTree.fromstring(message)}
    event = ".".join(part for part in (told.get("Event"), told.get("ChangeType")) if part)
    return Message(event or told.get("MsgType", "message"), _digest(message), at, "", TEXT)


def _dingtalk(request: Request, settings: Settings) -> Message:
    query = request.query
    ciphertext = str(json.loads(request.body)["encrypt"])
    signed = "msg_signature" if "msg_signature" in query else "signature"
    _check_shared(query, settings, ciphertext, signed=signed)
    key, receiver = settings["callback_key"], settings["client_id"]
    message = envelopes.open_shared(ciphertext, key, receiver=receiver)
    told = json.loads(message)
    event = str(told.get("EventType", "message"))
    sealed = envelopes.seal_shared("success", key, receiver=receiver)
    stamp, nonce = query["timestamp"], query["nonce"]
    answer = {
        "msg_signature": envelopes.signature(settings["callback_token"], stamp, nonce, sealed),
        "timeStamp": stamp,
        "nonce": nonce,
        "encrypt": sealed,
    }
    is_check = event == "check_url"
    return Message(
        "" if is_check else event,
        "" if is_check else _digest(message),
        _seconds(stamp),
        json.dumps(answer),
        JSON,
    )


def _feishu(request: Request, settings: Settings) -> Message:
    key, token = settings["callback_key"], settings["callback_token"]
    message = envelopes.open_feishu(str(json.loads(request.body)["encrypt"]), key)
    told = json.loads(message)
    header = told.get("header") or {}
    if not envelopes.is_same(str(header.get("token") or told.get("token") or ""), token):
        raise Untrusted("another token")
    if told.get("type") == "url_verification":
        return Message("", "", None, json.dumps({"challenge": str(told["challenge"])}), JSON)
    stamp = request.headers["x-lark-request-timestamp"]
    expected = envelopes.feishu_signature(
        stamp, request.headers["x-lark-request-nonce"], key, request.body
    )
    if not envelopes.is_same(request.headers["x-lark-signature"], expected):
        raise Untrusted("another signature")
    return Message(
        str(header.get("event_type", "message")),
        str(header["event_id"]),
        _seconds(stamp),
        "{}",
        JSON,
    )


def _check_shared(
    query: Mapping[str, str], settings: Settings, ciphertext: str, *, signed: str
) -> None:
    expected = envelopes.signature(
        settings["callback_token"], query["timestamp"], query["nonce"], ciphertext
    )
    if not envelopes.is_same(query[signed], expected):
        raise Untrusted("another signature")


def _seconds(stamp: str) -> float:
    given = int(stamp)
    return given / 1000 if given > _MILLISECONDS else float(given)


def _digest(message: str) -> str:
    return hashlib.sha256(message.encode()).hexdigest()


_READERS: Mapping[str, Callable[[Request, Settings], Message]] = {
    "wecom": _wecom,
    "dingtalk": _dingtalk,
    "feishu": _feishu,
}
