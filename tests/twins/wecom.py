"""WeCom as its documentation describes it: token, messages, address book, sign-in, contacts."""

import json
from typing import Any
from urllib.parse import urlencode

from tests.twins.loopback import Answer, Asked, Twin

CORP_ID, SECRET, AGENT_ID = "ww1234567890abcdef", "wecom-secret", "1000002"
LIFE_S = 7200


class WeComTwin(Twin):
    """A company of WeCom. `delivered` holds what people have on their phones."""

    routes = {
        "GET /cgi-bin/gettoken": "give_token",
        "POST /cgi-bin/message/send": "take_message",
        "GET /cgi-bin/get_jsapi_ticket": "give_ticket",
        "GET /cgi-bin/ticket/get": "give_ticket",
        "GET /cgi-bin/department/list": "list_departments",
        "GET /cgi-bin/user/list": "list_members",
        "GET /cgi-bin/user/get": "tell_member",
        "GET /cgi-bin/auth/getuserinfo": "tell_who_signed_in",
        "GET /cgi-bin/externalcontact/get": "tell_contact",
        "GET /wwlogin/sso/login": "sign_in",
        "GET /connect/oauth2/authorize": "sign_in",
    }

    def __init__(self) -> None:
        super().__init__()
        self.departments: dict[int, dict[str, Any]] = {}
        self.members: dict[str, dict[str, Any]] = {}
        self.codes: dict[str, str] = {}
        self.contacts: dict[str, dict[str, Any]] = {}
        self.is_busy = False
        self.delivered: list[tuple[str, dict[str, Any]]] = []
        self.signs_in: str = ""
        self.unlicensed: set[str] = set()
        self.ticket_life_s = LIFE_S
        self._tokens: dict[str, int] = {}
        self._seen: dict[str, tuple[int, str]] = {}

    def add_department(self, number: int, name: str, *, parent: int = 0) -> None:
        self.departments[number] = {"id": number, "name": name, "parentid": parent, "order": 100}

    def add_member(self, user_id: str, name: str, *departments: int, **more: Any) -> None:
        self.members[user_id] = {
            "userid": user_id, "name": name, "department": list(departments),
            "main_department": departments[0], "order": [0] * len(departments), "position": "",
            "status": 1, "is_leader_in_dept": [0] * len(departments), "direct_leader": [], **more,
        }  # fmt: skip

    def expire_tokens(self) -> None:
        self._tokens.clear()

    def give_token(self, asked: Asked) -> Any:
        if asked.query.get("corpid") != CORP_ID:
            return _no(40013, "invalid corpid")
        if asked.query.get("corpsecret") != SECRET:
            return _no(40001, "invalid credential")
        token = f"token-{len(self._tokens) + self.now_s}-{len(self.asked)}"
        self._tokens[token] = self.now_s + LIFE_S
        return {"errcode": 0, "errmsg": "ok", "access_token": token, "expires_in": LIFE_S}

    def take_message(self, asked: Asked) -> Any:
        refused = self._refused(asked)
        if refused:
            return refused
        message = asked.body
        wanted = message["touser"].split("|")
        known = {user_id.lower() for user_id in self.members}
        invalid = [user_id for user_id in wanted if user_id.lower() not in known]
        if len(invalid) == len(wanted):
            return _no(81013, "user & party & tag all invalid")
        message_id = self._repeated(message)
        if not message_id:
            message_id = f"msg-{len(self.asked)}"
            self._seen[_key(message)] = (self.now_s, message_id)
            self.delivered += [
                (user_id, message)
                for user_id in wanted
                if user_id not in invalid and user_id not in self.unlicensed
            ]
        told = {"errcode": 0, "errmsg": "ok", "msgid": message_id}
        if invalid:
            told["invaliduser"] = "|".join(invalid).lower()
        if self.unlicensed & set(wanted):
            told["unlicenseduser"] = "|".join(sorted(self.unlicensed & set(wanted)))
        return told

    def give_ticket(self, asked: Asked) -> Any:
        kind = asked.query.get("type", "company")
        return self._refused(asked) or {
            "errcode": 0, "errmsg": "ok", "ticket": f"{kind}-{len(self.asked)}",
            "expires_in": self.ticket_life_s,
        }  # fmt: skip

    def list_departments(self, asked: Asked) -> Any:
        rows = list(self.departments.values())
        return self._refused(asked) or {"errcode": 0, "errmsg": "ok", "department": rows}

    def list_members(self, asked: Asked) -> Any:
        refused = self._refused(asked)
        if refused:
            return refused
        number = int(asked.query["department_id"])
        if number not in self.departments:
            return _no(60003, "department not found")
        rows = [row for row in self.members.values() if number in row["department"]]
        return {"errcode": 0, "errmsg": "ok", "userlist": rows}

    def tell_member(self, asked: Asked) -> Any:
        refused = self._refused(asked)
        if refused:
            return refused
        row = self.members.get(asked.query["userid"])
        return _no(60111, "userid not found") if row is None else {"errcode": 0, **row}

    def tell_who_signed_in(self, asked: Asked) -> Any:
        refused = self._refused(asked)
        if refused:
            return refused
        user_id = self.codes.pop(asked.query.get("code", ""), None)
        if user_id is None:
            return _no(40029, "invalid code")
        if user_id not in self.members:
            return {"errcode": 0, "errmsg": "ok", "openid": user_id}
        return {"errcode": 0, "errmsg": "ok", "userid": user_id}

    def add_contact(self, contact_id: str, name: str, *followed_by: str, **more: Any) -> None:
        """Somebody outside whom colleagues have added, each with their own notes (`noted`)."""
        noted = more.pop("noted", {})
        self.contacts[contact_id] = {
            "external_contact": {"external_userid": contact_id, "name": name, "type": 1, **more},
            "follow_user": [
                {"userid": user_id, "remark": name, "createtime": self.now_s, **noted}
                for user_id in followed_by
            ],
        }

    def tell_contact(self, asked: Asked) -> Any:
        refused = self._refused(asked)
        if refused:
            return refused
        if self.is_busy:
            return _no(-1, "system busy")
        told = self.contacts.get(asked.query["external_userid"])
        return _no(84061, "not external contact") if told is None else {
            "errcode": 0, "errmsg": "ok", **told,
        }  # fmt: skip

    def sign_in(self, asked: Asked) -> Any:
        """The page on which `signs_in` says yes; sends the browser back with a code."""
        code = f"code-{len(self.asked)}"
        self.codes[code] = self.signs_in
        back = urlencode({"code": code, "state": asked.query.get("state", "")})
        location = f"{asked.query['redirect_uri']}?{back}"
        return Answer("", status=302, headers={"Location": location})

    def _refused(self, asked: Asked) -> dict[str, Any] | None:
        until = self._tokens.get(asked.query.get("access_token", ""))
        if until is None:
            return _no(40014, "invalid access_token")
        return _no(42001, "access_token expired") if until <= self.now_s else None

    def _repeated(self, message: dict[str, Any]) -> str:
        if not message.get("enable_duplicate_check"):
            return ""
        at, message_id = self._seen.get(_key(message), (0, ""))
        is_recent = self.now_s - at < message.get("duplicate_check_interval", 1800)
        return message_id if is_recent else ""


def _key(message: dict[str, Any]) -> str:
    return json.dumps(message, sort_keys=True)


def _no(code: int, reason: str) -> dict[str, Any]:
    return {"errcode": code, "errmsg": reason}
