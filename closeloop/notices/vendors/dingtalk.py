"""DingTalk (钉钉): work notices, the address book, who signs in.

Sources: open.dingtalk.com/document/orgapp/obtain-orgapp-token (token),
asynchronous-sending-of-enterprise-session-messages (notices), obtain-the-department-list-v2,
queries-the-complete-information-of-a-department-user, query-a-user-by-the-union-id.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from closeloop.notices.channels.outcomes import GiveUp, TryLater
from closeloop.notices.vendors import exchanges, texts
from closeloop.notices.vendors.directory import Department, Guarantee, Member
from closeloop.notices.vendors.tokens import Fresh, key_of, tokens

HOST, NEW_HOST = "oapi.dingtalk.com", "api.dingtalk.com"
RENEW = frozenset({40014, 42001, 40001})
BUSY = frozenset({-1, 34015, *range(90001, 90021)})
"""The system is busy, the notice was not sent, one of the limits was reached."""
DENIED = 88
"""The real code stands in `sub_code`."""
THROTTLED_PAUSE_S = 300
AT_ONCE = 100
PAGE = 100
ROOT = "1"
TITLE, BODY, URL = 64, 600, 500
GUARANTEE = Guarantee(
    window_s=24 * 3600,
    recognised_by="the same content to the same person on the same day",
    source="open.dingtalk.com: asynchronous-sending-of-enterprise-session-messages",
)


@dataclass(frozen=True)
class Settings:
    """An internal application of a company; the older and the newer API have their own address."""

    client_id: str
    client_secret: str
    agent_id: str
    base_url: str = f"https://{HOST}"
    new_base_url: str = f"https://{NEW_HOST}"


class DingTalk:
    """The client of one application."""

    guarantee = GUARANTEE

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._base = settings.base_url.rstrip("/")

    def send_text_card(
        self, user_ids: Sequence[str], *, title: str, body: str, url: str, dedupe_key: str
    ) -> str:
        """Send one work notice to at most a hundred people; gives the task's id.

        That the provider takes it does not mean that it arrives: beyond its daily limits it says
        yes and delivers nothing (`result_of` tells).
        """
        address = texts.marked(url, dedupe_key)[:URL]
        told = self._post(
            "/topapi/message/corpconversation/asyncsend_v2",
            {
                "agent_id": int(self._settings.agent_id),
                "userid_list": ",".join(user_ids[:AT_ONCE]),
                "msg": {
                    "msgtype": "oa",
                    "oa": {
                        "message_url": address,
                        "pc_message_url": address,
                        "head": {"bgcolor": "FF1677FF", "text": texts.cut(title, TITLE)},
                        "body": {
                            "title": texts.cut(title, TITLE),
                            "content": texts.cut(body, BODY),
                        },
                    },
                },
            },
            is_repeatable=False,
        )
        return str(told.get("task_id", ""))

    def result_of(self, task_id: str) -> dict[str, list[str]]:
        """Whom a notice reached, by the provider's own lists (read_user_id_list and so on)."""
        told = self._post(
            "/topapi/message/corpconversation/getsendresult",
            {"agent_id": int(self._settings.agent_id), "task_id": int(task_id)},
        )
        result = told.get("send_result") or {}
        return {key: list(value or ()) for key, value in result.items()}

    def departments(self) -> list[Department]:
        """Every department below the root, the root first."""
        root = self._post("/topapi/v2/department/get", {"dept_id": int(ROOT)})["result"]
        found = [Department(id=ROOT, name=str(root.get("name", "")))]
        for parent in found:
            told = self._post("/topapi/v2/department/listsub", {"dept_id": int(parent.id)})
            found.extend(
                Department(
                    id=str(row["dept_id"]),
                    name=str(row.get("name", "")),
                    parent_id=str(row.get("parent_id", ROOT)),
                    order=int(row.get("order") or 0),
                )
                for row in told.get("result") or ()
            )
        return found

    def members(self, departments: Sequence[Department]) -> list[Member]:
        """Everybody in the departments, each once."""
        found: dict[str, Member] = {}
        for department in departments:
            cursor: int | None = 0
            while cursor is not None:
                result = self._post(
                    "/topapi/v2/user/list",
                    {"dept_id": int(department.id), "cursor": cursor, "size": PAGE},
                )["result"]
                for row in result.get("list") or ():
                    found.setdefault(row["userid"], _member(row))
                cursor = result.get("next_cursor") if result.get("has_more") else None
        return list(found.values())

    def user_id_of_union(self, union_id: str) -> str:
        """The company's user id of an account, or nothing where it belongs to another company."""
        try:
            told = self._post("/topapi/user/getbyunionid", {"unionid": union_id})
        except GiveUp as unknown:
            if unknown.code == "dingtalk_60121":
                return ""
            raise
        return str((told.get("result") or {}).get("userid", ""))

    def page_ticket(self) -> Fresh:
        """What pages inside the app are signed with."""
        told = self._call("GET", "/get_jsapi_ticket")
        return Fresh(str(told["ticket"]), int(told.get("expires_in", 7200)))

    def check(self) -> None:
        """Find out whether the application and its secret are right."""
        tokens.forget(self._key, self._token())
        self._token()

    def _post(
        self, path: str, body: dict[str, Any], *, is_repeatable: bool = True
    ) -> dict[str, Any]:
        return self._call("POST", path, body, is_repeatable=is_repeatable)

    def _call(
        self, method: str, path: str, body: dict[str, Any] | None = None,
        *, is_repeatable: bool = True,
    ) -> dict[str, Any]:  # fmt: skip
        for is_last in (False, True):
            token = self._token()
            told = exchanges.ask(
                method,
                f"{self._base}{path}",
                query={"access_token": token},
                body=body,
                is_repeatable=is_repeatable,
            )
            if _code(told) in RENEW and not is_last:
                tokens.forget(self._key, token)
                continue
            return _checked(told)
        raise AssertionError("the last try returns")

    def _token(self) -> str:
        return tokens.get(self._key, self._fetch_token)

    @property
    def _key(self) -> str:
        return key_of(
            "dingtalk", self._base, self._settings.client_id, self._settings.client_secret
        )

    def _fetch_token(self) -> Fresh:
        told = _checked(
            exchanges.ask(
                "GET",
                f"{self._base}/gettoken",
                query={
                    "appkey": self._settings.client_id,
                    "appsecret": self._settings.client_secret,
                },
            ),
            is_token=True,
        )
        return Fresh(str(told["access_token"]), int(told.get("expires_in", 7200)))


def _code(told: dict[str, Any]) -> int:
    code = int(told.get("errcode", 0))
    sub_code = str(told.get("sub_code", ""))
    return int(sub_code) if code == DENIED and sub_code.isdigit() else code


def _checked(told: dict[str, Any], *, is_token: bool = False) -> dict[str, Any]:
    if "wait" in told and "errcode" not in told:
        raise TryLater("dingtalk_throttled", after_s=max(int(told["wait"]), THROTTLED_PAUSE_S))
    code = _code(told)
    if code == 0:
        return told
    detail = str(told.get("sub_msg") or told.get("errmsg", ""))
    if code in BUSY or (code in RENEW and not is_token):
        raise TryLater(f"dingtalk_{code}", detail)
    raise GiveUp(f"dingtalk_{code}", detail)


def _member(row: dict[str, Any]) -> Member:
    """Without superiors: the list of a department does not name them."""
    return Member(
        id=str(row["userid"]),
        name=str(row.get("name", "")),
        phone=str(row.get("mobile") or ""),
        email=str(row.get("org_email") or row.get("email") or ""),
        title=str(row.get("title") or ""),
        department_ids=tuple(str(one) for one in row.get("dept_id_list") or ()),
    )
