"""WeCom's customer contact: messages to people outside, sent in a colleague's name.

A mass message goes to the colleague as a task; only when they confirm it in WeCom does it reach the
customer. Sources: developer.work.weixin.qq.com/document/path/92135 (add_msg_template), 93338
(get_groupmsg_send_result), 92114 (externalcontact/get).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from closeloop.notices.channels.outcomes import GiveUp
from closeloop.notices.vendors import texts
from closeloop.notices.vendors.wecom import WeCom

TEXT_BYTES, LINK_TITLE_BYTES, MOST_LINKS = 4000, 128, 9


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


def _result(row: Mapping[str, object]) -> SendResult:
    known = {each.value for each in SendState}
    given = row.get("status")
    state = SendState(given) if isinstance(given, int) and given in known else SendState.UNCONFIRMED
    sent_at = row.get("send_time")
    return SendResult(
        str(row["external_userid"]), state, sent_at if isinstance(sent_at, int) else 0
    )
