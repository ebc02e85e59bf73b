"""Feishu (飞书): messages of an app's bot, the address book.

Sources: open.feishu.cn/document/server-docs/authentication-management/access-token/
tenant_access_token_internal, im-v1/message/create, contact-v3/department/children,
contact-v3/user/find_by_department, api-call-guide/frequency-control.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from closeloop.notices.channels.outcomes import GiveUp, TryLater
from closeloop.notices.vendors import exchanges, texts
from closeloop.notices.vendors.directory import Department, Guarantee, Member
from closeloop.notices.vendors.tokens import Fresh, key_of, tokens

HOST, ACCOUNTS_HOST = "open.feishu.cn", "accounts.feishu.cn"
RENEW = frozenset({99991661, 99991663, 99991664, 99991665, 99991671})
BUSY = frozenset({99991400, 230020, 2200, 5000})
"""Too many calls, too many messages to one person, trouble inside."""
BUSY_PAUSE_S = 60
UUID_LENGTH = 50
PAGE = 50
ROOT = "0"
TITLE, BODY = 100, 2000
GUARANTEE = Guarantee(
    window_s=3600,
    recognised_by="the same uuid, made from the message's key and the person",
    source="open.feishu.cn: im-v1/message/create",
)


@dataclass(frozen=True)
class Settings:
    """A custom app; signing in has an address of its own."""

    app_id: str
    app_secret: str
    base_url: str = f"https://{HOST}"
    accounts_url: str = f"https://{ACCOUNTS_HOST}"


class Feishu:
    """The client of one app. People go by their open_id, which is the app's own name for them."""

    guarantee = GUARANTEE

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._base = settings.base_url.rstrip("/")

    def send_text_card(
        self, user_ids: Sequence[str], *, title: str, body: str, url: str, dedupe_key: str
    ) -> str:
        """Send one card to each person; gives the messages' ids with commas between.

        One call reaches one person: where a later one fails, all may be sent again, for those who
        have the message do not get it twice.
        """
        content = json.dumps(_card(title, body, url), ensure_ascii=False, sort_keys=True)
        receipts = []
        for user_id in user_ids:
            told = self._call(
                "POST",
                "/open-apis/im/v1/messages",
                query={"receive_id_type": "open_id"},
                body={
                    "receive_id": user_id,
                    "msg_type": "interactive",
                    "content": content,
                    "uuid": texts.digest(f"{dedupe_key}\n{user_id}", UUID_LENGTH),
                },
                is_repeatable=False,
            )
            receipts.append(str(told["data"]["message_id"]))
        return ",".join(receipts)

    def departments(self) -> list[Department]:
        """Every department that the app may see; the root has no row and the name of nobody."""
        rows = self._pages(
            f"/open-apis/contact/v3/departments/{ROOT}/children",
            {"department_id_type": "open_department_id", "fetch_child": "true"},
        )
        return [
            Department(
                id=str(row["open_department_id"]),
                name=str(row.get("name", "")),
                parent_id=_parent(row),
                order=int(row.get("order") or 0),
            )
            for row in rows
            if not (row.get("status") or {}).get("is_deleted")
        ]

    def members(self, departments: Sequence[Department]) -> list[Member]:
        """Everybody in the departments and directly below the company, each once."""
        found: dict[str, Member] = {}
        for department_id in (ROOT, *(one.id for one in departments)):
            rows = self._pages(
                "/open-apis/contact/v3/users/find_by_department",
                {
                    "department_id": department_id,
                    "department_id_type": "open_department_id",
                    "user_id_type": "open_id",
                },
            )
            for row in rows:
                found.setdefault(row["open_id"], _member(row))
        return list(found.values())

    def check(self) -> None:
        """Find out whether the app and its secret are right."""
        tokens.forget(self._key, self._token())
        self._token()

    def _pages(self, path: str, query: dict[str, str]) -> Iterator[dict[str, Any]]:
        page: dict[str, str] = {"page_size": str(PAGE)}
        while True:
            data = self._call("GET", path, query={**query, **page}).get("data") or {}
            yield from data.get("items") or ()
            if not data.get("has_more"):
                return
            page["page_token"] = str(data["page_token"])

    def _call(
        self, method: str, path: str, *, query: dict[str, str],
        body: dict[str, Any] | None = None, is_repeatable: bool = True,
    ) -> dict[str, Any]:  # fmt: skip
        for is_last in (False, True):
            token = self._token()
            told = exchanges.ask(
                method,
                f"{self._base}{path}",
                query=query,
                body=body,
                headers={"Authorization": f"Bearer {token}"},
                is_repeatable=is_repeatable,
            )
            if told.get("code") in RENEW and not is_last:
                tokens.forget(self._key, token)
                continue
            return _checked(told)
        raise AssertionError("the last try returns")

    def _token(self) -> str:
        return tokens.get(self._key, self._fetch_token)

    @property
    def _key(self) -> str:
        return key_of("feishu", self._base, self._settings.app_id, self._settings.app_secret)

    def _fetch_token(self) -> Fresh:
        told = _checked(
            exchanges.ask(
                "POST",
                f"{self._base}/open-apis/auth/v3/tenant_access_token/internal",
                body={
                    "app_id": self._settings.app_id,
                    "app_secret": self._settings.app_secret,
                },
            )
        )
        return Fresh(str(told["tenant_access_token"]), int(told.get("expire", 7200)))


def _card(title: str, body: str, url: str) -> dict[str, Any]:
    """A card of plain texts, in which nothing that people typed counts as markup."""
    return {
        "config": {"wide_screen_mode": True},
        "header": {"title": _text(texts.cut(title, TITLE)), "template": "blue"},
        "elements": [
            {"tag": "div", "text": _text(texts.cut(body, BODY))},
            {
                "tag": "action",
                "actions": [
                    {"tag": "button", "type": "primary", "text": _text("查看 / Open"), "url": url}
                ],
            },
        ],
    }


def _text(text: str) -> dict[str, str]:
    return {"tag": "plain_text", "content": text}


def _checked(told: dict[str, Any]) -> dict[str, Any]:
    code = told.get("code", 0)
    if code == 0:
        return told
    detail = str(told.get("msg", ""))
    if code in BUSY:
        raise TryLater(f"feishu_{code}", detail, after_s=BUSY_PAUSE_S)
    if code in RENEW:
        raise TryLater(f"feishu_{code}", detail)
    raise GiveUp(f"feishu_{code}", detail)


def _parent(row: dict[str, Any]) -> str | None:
    parent = str(row.get("parent_department_id") or ROOT)
    return None if parent == ROOT else parent


def _member(row: dict[str, Any]) -> Member:
    status = row.get("status") or {}
    leader = str(row.get("leader_user_id") or "")
    return Member(
        id=str(row["open_id"]),
        name=str(row.get("name", "")),
        phone=str(row.get("mobile") or ""),
        email=str(row.get("enterprise_email") or row.get("email") or ""),
        title=str(row.get("job_title") or ""),
        department_ids=tuple(
            str(one) for one in row.get("department_ids") or () if str(one) != ROOT
        ),
        leader_ids=(leader,) if leader else (),
        is_active=not any(status.get(key) for key in ("is_resigned", "is_exited", "is_frozen")),
    )
