"""Feishu as its documentation describes it: token, messages, address book, sign-in."""

import json
from typing import Any
from urllib.parse import urlencode

from tests.twins.loopback import Answer, Asked, Twin

APP_ID, SECRET = "cli_a1b2c3", "feishu-secret"
LIFE_S = 7200
HOUR_S = 3600
PAGE = 2
"""Small, so that every list has a second page."""


class FeishuTwin(Twin):
    """A tenant of Feishu; open platform and accounts share its address."""

    routes = {
        "POST /open-apis/auth/v3/tenant_access_token/internal": "give_token",
        "POST /open-apis/im/v1/messages": "take_message",
        "GET /open-apis/contact/v3/departments/{}/children": "list_departments",
        "GET /open-apis/contact/v3/users/find_by_department": "list_members",
        "GET /open-apis/authen/v1/authorize": "sign_in",
        "POST /oauth/v3/token": "give_user_token",
        "GET /open-apis/authen/v1/user_info": "tell_who_signed_in",
    }

    def __init__(self) -> None:
        super().__init__()
        self.departments: dict[str, dict[str, Any]] = {}
        self.members: dict[str, dict[str, Any]] = {}
        self.codes: dict[str, str] = {}
        self.delivered: list[tuple[str, dict[str, Any]]] = []
        self.signs_in: str = ""
        self._tokens: dict[str, int] = {}
        self._user_tokens: dict[str, str] = {}
        self._seen: dict[str, tuple[int, str]] = {}

    def add_department(self, key: str, name: str, *, parent: str = "0") -> None:
        self.departments[key] = {
            "name": name, "department_id": f"d-{key}", "open_department_id": key,
            "parent_department_id": parent, "order": "10", "status": {"is_deleted": False},
        }  # fmt: skip

    def add_member(self, open_id: str, name: str, *departments: str, **more: Any) -> None:
        status = {
            "is_frozen": False,
            "is_resigned": False,
            "is_activated": True,
            "is_exited": False,
        }
        self.members[open_id] = {
            "open_id": open_id, "union_id": f"on_{open_id}", "name": name, "job_title": "",
            "department_ids": list(departments), "status": status, **more,
        }  # fmt: skip

    def expire_tokens(self) -> None:
        self._tokens.clear()

    def give_token(self, asked: Asked) -> Any:
        if (asked.body.get("app_id"), asked.body.get("app_secret")) != (APP_ID, SECRET):
            return {"code": 10014, "msg": "app secret invalid"}
        token = f"t-{self.now_s}-{len(self.asked)}"
        self._tokens[token] = self.now_s + LIFE_S
        return {"code": 0, "msg": "ok", "tenant_access_token": token, "expire": LIFE_S}

    def take_message(self, asked: Asked) -> Any:
        refused = self._refused(asked)
        if refused:
            return refused
        message = asked.body
        if message["receive_id"] not in self.members:
            return Answer({"code": 230001, "msg": "invalid receive_id", "data": {}}, status=400)
        json.loads(message["content"])
        at, message_id = self._seen.get(message.get("uuid", ""), (-HOUR_S, ""))
        if not message_id or self.now_s - at >= HOUR_S:
            message_id = f"om_{len(self.asked)}"
            if "uuid" in message:
                self._seen[message["uuid"]] = (self.now_s, message_id)
            self.delivered.append((message["receive_id"], message))
        return _ok({"message_id": message_id, "msg_type": message["msg_type"]})

    def list_departments(self, asked: Asked) -> Any:
        return self._refused(asked) or _page(list(self.departments.values()), asked)

    def list_members(self, asked: Asked) -> Any:
        wanted = asked.query["department_id"]
        rows = [row for row in self.members.values() if wanted in row["department_ids"]]
        return self._refused(asked) or _page(rows, asked)

    def sign_in(self, asked: Asked) -> Any:
        """The page on which `signs_in` says yes; sends the browser back with a code."""
        code = f"code-{len(self.asked)}"
        self.codes[code] = self.signs_in
        back = urlencode({"code": code, "state": asked.query.get("state", "")})
        location = f"{asked.query['redirect_uri']}?{back}"
        return Answer("", status=302, headers={"Location": location})

    def give_user_token(self, asked: Asked) -> Any:
        given = asked.body
        known = given.get("client_id") == APP_ID and given.get("client_secret") == SECRET
        open_id = self.codes.pop(given.get("code", ""), None)
        if not known or open_id is None:
            wrong = {"code": 20003, "error": "invalid_grant", "error_description": "code invalid"}
            return Answer(wrong, status=400)
        token = f"user-token-{len(self.asked)}"
        self._user_tokens[token] = open_id
        return {"code": 0, "access_token": token, "expires_in": LIFE_S, "token_type": "Bearer"}

    def tell_who_signed_in(self, asked: Asked) -> Any:
        token = asked.headers.get("authorization", "").removeprefix("Bearer ")
        open_id = self._user_tokens.get(token)
        if open_id is None:
            return Answer({"code": 99991668, "msg": "Invalid access token"}, status=401)
        row = self.members.get(open_id, {"name": open_id})
        told = {key: row[key] for key in ("name", "mobile", "enterprise_email") if key in row}
        return _ok({"open_id": open_id, "union_id": f"on_{open_id}", "tenant_key": "t1", **told})

    def _refused(self, asked: Asked) -> Answer | None:
        token = asked.headers.get("authorization", "").removeprefix("Bearer ")
        until = self._tokens.get(token)
        if until is None or until <= self.now_s:
            return Answer({"code": 99991663, "msg": "Invalid access token for authorization"}, 400)
        return None


def _page(rows: list[dict[str, Any]], asked: Asked) -> dict[str, Any]:
    start = int(asked.query.get("page_token") or 0)
    more = start + PAGE < len(rows)
    following = {"page_token": str(start + PAGE)} if more else {}
    return _ok({"has_more": more, "items": rows[start : start + PAGE], **following})


def _ok(data: dict[str, Any]) -> dict[str, Any]:
    return {"code": 0, "msg": "success", "data": data}
