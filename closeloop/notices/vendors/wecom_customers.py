"""WeCom's customer contact: messages to people outside, sent in a colleague's name.

A mass message goes to the colleague as a task; only when they confirm it in WeCom does it reach the
customer. Sources: developer.work.weixin.qq.com/document/path/92135 (add_msg_template), 93338
(get_groupmsg_send_result), 92114 (externalcontact/get), 92994 (externalcontact/batch/get_by_user).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from closeloop.notices.channels.outcomes import GiveUp
from closeloop.notices.vendors import texts
from closeloop.notices.vendors.wecom import WeCom

TEXT_BYTES, LINK_TITLE_BYTES, MOST_LINKS = 4000, 128, 9
COLLEAGUES_AT_ONCE, CONTACTS_AT_ONCE = 100, 100
NO_CONTACTS = "wecom_84061"
"""None of the colleagues has anybody outside."""


class SendState(IntEnum):
    """How far a mass message has come with one customer."""

    UNCONFIRMED = 0
    SENT = 1
    NO_FRIEND = 2
    TOO_MANY = 3


@dataclass(frozen=True)
class SendResult:
    """What became of a mass message with one customer."""

    contact_id: str
    state: SendState
    at_s: int = 0


@dataclass(frozen=True)
class Followed:
    """Somebody outside as one colleague has them: what they call themselves, what is noted."""

    contact_id: str
    follower: str
    names: tuple[str, ...]
    companies: tuple[str, ...]
    mobiles: tuple[str, ...]


@dataclass(frozen=True)
class ContactPage:
    """Some people outside, and where the next page begins; empty behind the last."""

    items: tuple[Followed, ...]
    next_cursor: str = ""


class WeComCustomers(WeCom):
    """The client of an application that may use customer contact."""

    def send_to_customer(
        self, contact_id: str, *, sender: str, text: str, links: Sequence[tuple[str, str]]
    ) -> str:
        """Ask a colleague to send a message to one customer; gives the message's id.

        Asking again makes another task: the interface knows no key. Raises GiveUp where the
        customer is no contact of the colleague's.
        """
        body = {
            "chat_type": "single",
            "external_userid": [contact_id],
            "sender": sender,
            "text": {"content": texts.cut_bytes(text, TEXT_BYTES)},
            "attachments": [
                {"msgtype": "link", "link": {"title": texts.cut_bytes(title, LINK_TITLE_BYTES),
                                             "url": url}}
                for title, url in links[:MOST_LINKS]
            ],
        }  # fmt: skip
        told = self._post("/cgi-bin/externalcontact/add_msg_template", body)
        if contact_id in (told.get("fail_list") or ()):
            raise GiveUp("no_recipient", contact_id)
        return str(told.get("msgid", ""))

    def result_of(self, message_id: str, sender: str) -> list[SendResult]:
        """What became of a mass message with each customer of one colleague."""
        told = self._post(
            "/cgi-bin/externalcontact/get_groupmsg_send_result",
            {"msgid": message_id, "userid": sender, "limit": 1000},
        )
        return [_result(row) for row in told.get("send_list") or ()]

    def contacts_of(self, user_ids: Collection[str], *, cursor: str = "") -> ContactPage:
        """One page of everybody outside whom at most a hundred colleagues have added."""
        body = {
            "userid_list": list(user_ids)[:COLLEAGUES_AT_ONCE],
            "cursor": cursor,
            "limit": CONTACTS_AT_ONCE,
        }
        try:
            told = self._post("/cgi-bin/externalcontact/batch/get_by_user", body)
        except GiveUp as refused:
            if refused.code == NO_CONTACTS:
                return ContactPage(())
            raise
        rows = told.get("external_contact_list") or ()
        return ContactPage(
            tuple(found for row in rows if (found := _followed(row)).contact_id),
            str(told.get("next_cursor") or ""),
        )


def _followed(row: Mapping[str, Any]) -> Followed:
    person, noted = row.get("external_contact") or {}, row.get("follow_info") or {}
    return Followed(
        contact_id=str(person.get("external_userid") or ""),
        follower=str(noted.get("userid") or ""),
        names=_filled(person.get("name"), noted.get("remark")),
        companies=_filled(
            person.get("corp_name"), person.get("corp_full_name"), noted.get("remark_corp_name")
        ),
        mobiles=_filled(*(noted.get("remark_mobiles") or ())),
    )


def _filled(*texts: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(text).strip() for text in texts if str(text or "").strip()))


def _result(row: Mapping[str, object]) -> SendResult:
    known = {each.value for each in SendState}
    given = row.get("status")
    state = SendState(given) if isinstance(given, int) and given in known else SendState.UNCONFIRMED
    sent_at = row.get("send_time")
    return SendResult(
        str(row["external_userid"]), state, sent_at if isinstance(sent_at, int) else 0
    )
