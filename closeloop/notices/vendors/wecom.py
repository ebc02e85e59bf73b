"""WeCom (企业微信): application messages, the address book, who signs in.

Sources: developer.work.weixin.qq.com/document/path/91039 (token), 90236 (messages), 90208
(departments), 90201 (members), 98176 (sign-in), 90313 (codes), 92114 (external contacts),
90506 (tickets of pages).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from closeloop.notices.channels.outcomes import GiveUp, TryLater
from closeloop.notices.vendors import exchanges, texts
from closeloop.notices.vendors.directory import Department, Guarantee, Member, SignedIn
from closeloop.notices.vendors.tokens import Fresh, key_of, tokens

HOST = "qyapi.weixin.qq.com"
RENEW = frozenset({40014, 42001})
"""The token is invalid, or over."""
BUSY = frozenset({-1, 45009, 45033})
"""The system is busy, too many calls in a while, too many at once."""
BUSY_PAUSE_S = 60
AT_ONCE = 1000
WINDOW_S = 4 * 3600
TITLE_BYTES, BODY_BYTES, URL_BYTES = 128, 512, 2048
ACTIVE = 1
MOST_PAGES = 20
"""Of 500 colleagues each who have added the same person."""
GUARANTEE = Guarantee(
    window_s=WINDOW_S,
    recognised_by="the same request body (enable_duplicate_check), for at most four hours",
    source="developer.work.weixin.qq.com/document/path/90236",
)


@dataclass(frozen=True)
class Settings:
    """An application of a company. `contacts_secret` reads the address book where it is given."""

    corp_id: str
    agent_id: str
    secret: str
    contacts_secret: str = ""
    base_url: str = f"https://{HOST}"


class WeCom:
    """The client of one application."""

    guarantee = GUARANTEE

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._base = settings.base_url.rstrip("/")

    def send_text_card(
        self, user_ids: Sequence[str], *, title: str, body: str, url: str, dedupe_key: str
    ) -> str:
        """Send one text card to at most a thousand people; gives the message's id.

        Raises GiveUp where nobody of them can be reached.
        """
        message = {
            "touser": "|".join(user_ids[:AT_ONCE]),
            "msgtype": "textcard",
            "agentid": int(self._settings.agent_id),
            "textcard": {
                "title": texts.cut_bytes(_plain(title), TITLE_BYTES),
                "description": texts.cut_bytes(_plain(body), BODY_BYTES).replace("\n", "<br>"),
                "url": texts.marked(url, dedupe_key)[:URL_BYTES],
                "btntxt": "详情",
            },
            "enable_duplicate_check": 1,
            "duplicate_check_interval": WINDOW_S,
        }
        told = self._post("/cgi-bin/message/send", message)
        missed = {
            user_id
            for field in ("invaliduser", "unlicenseduser")
            for user_id in str(told.get(field) or "").lower().split("|")
        }
        if all(user_id.lower() in missed for user_id in user_ids):
            raise GiveUp("no_recipient", "|".join(user_ids))
        return str(told.get("msgid", ""))

    def departments(self) -> list[Department]:
        """Every department that the application may see."""
        told = self._get("/cgi-bin/department/list", secret=self._contacts_secret)
        rows = told.get("department", [])
        known = {row["id"] for row in rows}
        return [
            Department(
                id=str(row["id"]),
                name=str(row.get("name", "")),
                parent_id=str(row["parentid"]) if row.get("parentid") in known else None,
                order=-int(row.get("order", 0)),
            )
            for row in rows
        ]

    def members(self, departments: Sequence[Department]) -> list[Member]:
        """Everybody in the departments, each once."""
        found: dict[str, Member] = {}
        for department in departments:
            told = self._get(
                "/cgi-bin/user/list", secret=self._contacts_secret, department_id=department.id
            )
            for row in told.get("userlist", []):
                found.setdefault(row["userid"], _member(row))
        return list(found.values())

    def person_of_code(self, code: str) -> SignedIn:
        """Whom a code from a sign-in stands for; a code works once, for five minutes."""
        told = self._get("/cgi-bin/auth/getuserinfo", code=code)
        user_id = str(told.get("userid") or told.get("UserId") or "")
        if not user_id:
            return SignedIn(user_id="")
        known = self._get("/cgi-bin/user/get", userid=user_id)
        member = _member({"userid": user_id, **known})
        return SignedIn(user_id, name=member.name, phone=member.phone, email=member.email)

    def external_contact(self, contact_id: str, *, followed_by: str) -> dict[str, Any]:
        """Somebody outside whom colleagues have added: `external_contact`, and in `follow_user`
        what the colleague named has noted about them, as far as the application may see it.

        The application must stand among those that may call customer contact's interfaces.
        """
        path, cursor = "/cgi-bin/externalcontact/get", ""
        for _ in range(MOST_PAGES):
            given = {"cursor": cursor} if cursor else {}
            told = self._get(path, external_userid=contact_id, **given)
            noted = [one for one in told.get("follow_user") or () if one["userid"] == followed_by]
            cursor = str(told.get("next_cursor") or "")
            if noted or not cursor:
                break
        return {"external_contact": told.get("external_contact") or {}, "follow_user": noted}

    def page_ticket(self, *, for_agent: bool = False) -> Fresh:
        """What pages inside the app are signed with: the company's, or the application's."""
        told = (
            self._get("/cgi-bin/ticket/get", type="agent_config")
            if for_agent
            else self._get("/cgi-bin/get_jsapi_ticket")
        )
        return Fresh(str(told["ticket"]), int(told.get("expires_in", 7200)))

    def check(self) -> None:
        """Find out whether the company and the secret are right."""
        self._forget_token(self._settings.secret)
        self._token(self._settings.secret)

    @property
    def _contacts_secret(self) -> str:
        return self._settings.contacts_secret or self._settings.secret

    def _get(self, path: str, *, secret: str = "", **query: str) -> dict[str, Any]:
        return self._call("GET", path, secret=secret or self._settings.secret, query=query)

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._call("POST", path, secret=self._settings.secret, body=body)

    def _call(
        self, method: str, path: str, *, secret: str,
        query: dict[str, str] | None = None, body: dict[str, Any] | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        for is_last in (False, True):
            token = self._token(secret)
            told = exchanges.ask(
                method,
                f"{self._base}{path}",
                query={"access_token": token, **(query or {})},
                body=body,
                is_repeatable=method == "GET",
            )
            if told.get("errcode", 0) in RENEW and not is_last:
                tokens.forget(self._key(secret), token)
                continue
            return _checked(told)
        raise AssertionError("the last try returns")

    def _token(self, secret: str) -> str:
        return tokens.get(self._key(secret), lambda: self._fetch_token(secret))

    def _forget_token(self, secret: str) -> None:
        tokens.forget(self._key(secret), self._token(secret))

    def _key(self, secret: str) -> str:
        return key_of("wecom", self._base, self._settings.corp_id, secret)

    def _fetch_token(self, secret: str) -> Fresh:
        told = _checked(
            exchanges.ask(
                "GET",
                f"{self._base}/cgi-bin/gettoken",
                query={"corpid": self._settings.corp_id, "corpsecret": secret},
            )
        )
        return Fresh(str(told["access_token"]), int(told.get("expires_in", 7200)))


def _checked(told: dict[str, Any]) -> dict[str, Any]:
    code = told.get("errcode", 0)
    if code == 0:
        return told
    detail = str(told.get("errmsg", ""))
    if code in RENEW:
        raise TryLater(f"wecom_{code}", detail)
    if code in BUSY:
        raise TryLater(f"wecom_{code}", detail, after_s=BUSY_PAUSE_S)
    raise GiveUp(f"wecom_{code}", detail)


def _member(row: dict[str, Any]) -> Member:
    return Member(
        id=str(row["userid"]),
        name=str(row.get("name", "")),
        phone=str(row.get("mobile") or ""),
        email=str(row.get("biz_mail") or row.get("email") or ""),
        title=str(row.get("position") or ""),
        department_ids=_departments(row),
        leader_ids=tuple(str(leader) for leader in row.get("direct_leader") or ()),
        is_active=row.get("status", ACTIVE) in (ACTIVE, 4),
    )


def _departments(row: dict[str, Any]) -> tuple[str, ...]:
    given = [str(one) for one in row.get("department") or ()]
    main = str(row.get("main_department") or "")
    return tuple(sorted(given, key=lambda one: one != main))


def _plain(text: str) -> str:
    """Without what a card would take for markup."""
    return text.replace("<", "＜").replace(">", "＞")
