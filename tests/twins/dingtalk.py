"""DingTalk as its documentation describes it: token, work notices, address book, sign-in."""

import json
from typing import Any
from urllib.parse import urlencode

from tests.twins.loopback import Answer, Asked, Twin

CLIENT_ID, SECRET, AGENT_ID = "dingabc123", "dingtalk-secret", "41605932"
LIFE_S = 7200
DAY_S = 86400
PAGE = 2
"""Small, so that every list has a second page."""


class DingTalkTwin(Twin):
    """A company of DingTalk; the older and the newer API share its address."""

    routes = {
        "GET /gettoken": "give_token",
        "POST /topapi/message/corpconversation/asyncsend_v2": "take_notice",
        "POST /topapi/message/corpconversation/getsendresult": "tell_result",
        "GET /get_jsapi_ticket": "give_ticket",
        "POST /topapi/v2/department/get": "tell_department",
        "POST /topapi/v2/department/listsub": "list_departments",
        "POST /topapi/v2/user/list": "list_members",
        "POST /topapi/user/getbyunionid": "tell_user_id",
        "GET /oauth2/auth": "sign_in",
        "POST /v1.0/oauth2/userAccessToken": "give_user_token",
        "GET /v1.0/contact/users/me": "tell_who_signed_in",
    }

    def __init__(self) -> None:
        super().__init__()
        self.departments: dict[int, dict[str, Any]] = {}
        self.members: dict[str, dict[str, Any]] = {}
        self.codes: dict[str, str] = {}
        self.delivered: list[tuple[str, dict[str, Any]]] = []
        self.signs_in: str = ""
        self.ticket_life_s = LIFE_S
        self._tokens: dict[str, int] = {}
        self._user_tokens: dict[str, str] = {}
        self._seen: set[tuple[str, int, str]] = set()
        self._reached: dict[int, list[str]] = {}

    def add_department(self, number: int, name: str, *, parent: int = 1) -> None:
        self.departments[number] = {
            "dept_id": number, "name": name, "parent_id": parent,
            "auto_add_user": True, "create_dept_group": True,
        }  # fmt: skip

    def add_member(self, user_id: str, name: str, *departments: int, **more: Any) -> None:
        self.members[user_id] = {
            "userid": user_id, "unionid": f"union-{user_id}", "name": name, "title": "",
            "dept_id_list": list(departments), "active": True, "leader": False, **more,
        }  # fmt: skip

    def expire_tokens(self) -> None:
        self._tokens.clear()

    def give_token(self, asked: Asked) -> Any:
        if (asked.query.get("appkey"), asked.query.get("appsecret")) != (CLIENT_ID, SECRET):
            return _no(40089, "不合法的corpid或corpsecret")
        token = f"token-{self.now_s}-{len(self.asked)}"
        self._tokens[token] = self.now_s + LIFE_S
        return {"errcode": 0, "errmsg": "ok", "access_token": token, "expires_in": LIFE_S}

    def take_notice(self, asked: Asked) -> Any:
        refused = self._refused(asked)
        if refused:
            return refused
        wanted = asked.body["userid_list"].split(",")
        if any(user_id not in self.members for user_id in wanted):
            return _no(33012, "无效的USERID")
        task_id = len(self.asked)
        content = json.dumps(asked.body["msg"], sort_keys=True)
        fresh = [
            user_id
            for user_id in wanted
            if (user_id, self.now_s // DAY_S, content) not in self._seen
        ]
        self._seen |= {(user_id, self.now_s // DAY_S, content) for user_id in fresh}
        self._reached[task_id] = fresh
        self.delivered += [(user_id, asked.body["msg"]) for user_id in fresh]
        return {"errcode": 0, "errmsg": "ok", "task_id": task_id, "request_id": "r1"}

    def tell_result(self, asked: Asked) -> Any:
        reached = self._reached.get(asked.body["task_id"], [])
        lists = {"unread_user_id_list": reached, "read_user_id_list": []}
        return self._refused(asked) or {"errcode": 0, "errmsg": "ok", "send_result": lists}

    def give_ticket(self, asked: Asked) -> Any:
        return self._refused(asked) or {
            "errcode": 0, "errmsg": "ok", "ticket": f"company-{len(self.asked)}",
            "expires_in": self.ticket_life_s,
        }  # fmt: skip

    def tell_department(self, asked: Asked) -> Any:
        row = self.departments.get(asked.body["dept_id"])
        return self._refused(asked) or (_ok(row) if row else _no(60003, "部门不存在"))

    def list_departments(self, asked: Asked) -> Any:
        parent = asked.body["dept_id"]
        rows = [
            row
            for number, row in self.departments.items()
            if row["parent_id"] == parent and number != parent
        ]
        return self._refused(asked) or _ok(rows)

    def list_members(self, asked: Asked) -> Any:
        refused = self._refused(asked)
        if refused:
            return refused
        here = [
            row for row in self.members.values() if asked.body["dept_id"] in row["dept_id_list"]
        ]
        start = asked.body["cursor"]
        page = here[start : start + PAGE]
        more = start + PAGE < len(here)
        return _ok(
            {"has_more": more, "list": page, **({"next_cursor": start + PAGE} if more else {})}
        )

    def tell_user_id(self, asked: Asked) -> Any:
        refused = self._refused(asked)
        if refused:
            return refused
        for row in self.members.values():
            if row["unionid"] == asked.body["unionid"]:
                return _ok({"contact_type": 0, "userid": row["userid"]})
        return _no(60121, "找不到该用户")

    def sign_in(self, asked: Asked) -> Any:
        """The page on which `signs_in` says yes; sends the browser back with a code."""
        code = f"code-{len(self.asked)}"
        self.codes[code] = self.signs_in
        back = urlencode({"authCode": code, "state": asked.query.get("state", "")})
        location = f"{asked.query['redirect_uri']}?{back}"
        return Answer("", status=302, headers={"Location": location})

    def give_user_token(self, asked: Asked) -> Any:
        given = asked.body
        known = given.get("clientId") == CLIENT_ID and given.get("clientSecret") == SECRET
        user_id = self.codes.pop(given.get("code", ""), None)
        if not known or user_id is None:
            wrong = {"code": "invalidParameter.authCode.notFound", "message": "不合法的临时授权码"}
            return Answer(wrong, status=400)
        token = f"user-token-{len(self.asked)}"
        self._user_tokens[token] = user_id
        return {
            "accessToken": token, "refreshToken": "later", "expireIn": LIFE_S, "corpId": "ding1",
        }  # fmt: skip

    def tell_who_signed_in(self, asked: Asked) -> Any:
        user_id = self._user_tokens.get(asked.headers.get("x-acs-dingtalk-access-token", ""))
        if user_id is None:
            return Answer({"code": "InvalidAuthentication", "message": "不合法的access_token"}, 401)
        row = self.members.get(user_id, {})
        return {
            "nick": row.get("name", user_id), "unionId": f"union-{user_id}",
            "openId": f"open-{user_id}", "mobile": row.get("mobile", ""), "stateCode": "86",
        }  # fmt: skip

    def _refused(self, asked: Asked) -> dict[str, Any] | None:
        until = self._tokens.get(asked.query.get("access_token", ""))
        if until is None or until <= self.now_s:
            return {
                "errcode": 88,
                "sub_code": "40014",
                "sub_msg": "不合法的access_token",
                "errmsg": "ding talk error[subcode=40014,submsg=不合法的access_token]",
            }
        return None


def _ok(result: Any) -> dict[str, Any]:
    return {"errcode": 0, "errmsg": "ok", "request_id": "r1", "result": result}


def _no(code: int, reason: str) -> dict[str, Any]:
    return {"errcode": code, "errmsg": reason, "request_id": "r1"}
