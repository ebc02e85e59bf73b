"""The group robots of WeCom, DingTalk and Feishu as they are documented."""

import base64
import hashlib
import hmac
from typing import Any

from tests.twins.loopback import Asked, Twin

TOKEN, SECRET = "693a-robot", "SECsample"
MOST_A_MINUTE = 20


class RobotsTwin(Twin):
    """One robot of each platform; their groups are quiet until somebody is loud."""

    routes = {
        "POST /cgi-bin/webhook/send": "take_wecom",
        "POST /robot/send": "take_dingtalk",
        f"POST /open-apis/bot/v2/hook/{TOKEN}": "take_feishu",
    }

    def __init__(self) -> None:
        super().__init__()
        self.said: list[tuple[str, Any]] = []

    def take_wecom(self, asked: Asked) -> Any:
        if asked.query.get("key") != TOKEN:
            return {"errcode": 93000, "errmsg": "invalid webhook url"}
        if self._is_loud("wecom"):
            return {"errcode": 45009, "errmsg": "api freq out of limit"}
        return self._take("wecom", asked, {"errcode": 0, "errmsg": "ok"})

    def take_dingtalk(self, asked: Asked) -> Any:
        stamp = asked.query.get("timestamp", "")
        signed = hmac.new(SECRET.encode(), f"{stamp}\n{SECRET}".encode(), hashlib.sha256)
        if asked.query.get("sign") != base64.b64encode(signed.digest()).decode():
            return {"errcode": 310000, "errmsg": "sign not match"}
        if asked.query.get("access_token") != TOKEN:
            return {"errcode": 300005, "errmsg": "token is not exist"}
        if self._is_loud("dingtalk"):
            return {"errcode": 130101, "errmsg": "send too fast"}
        return self._take("dingtalk", asked, {"errcode": 0, "errmsg": "ok"})

    def take_feishu(self, asked: Asked) -> Any:
        stamp = asked.body.get("timestamp", "")
        signed = hmac.new(f"{stamp}\n{SECRET}".encode(), b"", hashlib.sha256)
        if asked.body.get("sign") != base64.b64encode(signed.digest()).decode():
            return {"code": 19021, "msg": "sign match fail"}
        if self._is_loud("feishu"):
            return {"code": 11232, "msg": "frequency limited"}
        told = {
            "code": 0,
            "msg": "success",
            "data": {},
            "StatusCode": 0,
            "StatusMessage": "success",
        }
        return self._take("feishu", asked, told)

    def _is_loud(self, platform: str) -> bool:
        return sum(said == platform for said, _ in self.said) >= MOST_A_MINUTE

    def _take(self, platform: str, asked: Asked, told: dict[str, Any]) -> dict[str, Any]:
        self.said.append((platform, asked.body))
        return told
