"""Advertising platforms, WeChat and WeCom as senders: they sign and send what is documented.

Each `send` gives what the receiver answered. A twin knows nothing of the product but an address.
"""

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from closeloop.edge import envelopes

Post = Callable[[str, bytes, str, dict[str, str]], Any]
"""Sends bytes: address with its query, body, content type, headers."""
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"


@dataclass
class OceanEngine:
    """巨量引擎: HMAC-SHA256 of the body in X-Open-Signature."""

    post: Post
    secret: str = "ocean-secret"

    def send(self, told: Any, *, secret: str = "") -> Any:
        body = json.dumps(told, ensure_ascii=False).encode()
        mac = hmac.new((secret or self.secret).encode(), body, hashlib.sha256).hexdigest()
        return self.post("", body, "application/json", {"x-open-signature": mac})


@dataclass
class ByToken:
    """百度 and 腾讯广告: a token in the address."""

    post: Post
    token: str

    def send(self, told: Any, *, token: str = "", form: bool = False) -> Any:
        query = "?" + urlencode({"token": token or self.token})
        if form:
            body = urlencode(told).encode()
            return self.post(query, body, "application/x-www-form-urlencoded", {})
        return self.post(
            query, json.dumps(told, ensure_ascii=False).encode(), "application/json", {}
        )


@dataclass
class OfficialAccount:
    """A WeChat official account, in plain or in safe mode."""

    post: Post
    now_s: Callable[[], float]
    token: str = "official-token"
    app_id: str = "wx1234567890abcdef"
    nonces: list[str] = field(default_factory=list)

    def send(self, message: str, *, safe: bool = False, token: str = "", age_s: float = 0) -> Any:
        stamp, nonce = str(int(self.now_s() - age_s)), f"n{len(self.nonces)}"
        self.nonces.append(nonce)
        used = token or self.token
        joined = "".join(sorted((used, stamp, nonce)))
        signature = hashlib.sha1(joined.encode(), usedforsecurity=False).hexdigest()
        query = {"signature": signature, "timestamp": stamp, "nonce": nonce}
        body = message
        if safe:
            sealed = envelopes.seal_shared(message, KEY, receiver=self.app_id)
            query["msg_signature"] = envelopes.signature(used, stamp, nonce, sealed)
            body = f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
        return self.post("?" + urlencode(query), body.encode(), "text/xml", {})


@dataclass
class CustomerContact:
    """WeCom's customer contact: encrypted, signed."""

    post: Post
    now_s: Callable[[], float]
    token: str = "wecom-token"
    corp_id: str = "ww1234567890abcdef"

    def send(self, message: str, *, token: str = "") -> Any:
        stamp, nonce = str(int(self.now_s())), "n1"
        sealed = envelopes.seal_shared(message, KEY, receiver=self.corp_id)
        signature = envelopes.signature(token or self.token, stamp, nonce, sealed)
        query = {"msg_signature": signature, "timestamp": stamp, "nonce": nonce}
        body = f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
        return self.post("?" + urlencode(query), body.encode(), "text/xml", {})
