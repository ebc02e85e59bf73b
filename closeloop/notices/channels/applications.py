"""Messages of the company's own application at WeCom, DingTalk and Feishu, with a deep link.

The account is set up in the integrations; here it is only switched. Each provider drops repetitions
for a while (vendors/README.md has the sources), so a message is sent again after a crash.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from closeloop.notices.channels.protocol import (
    Guarantee,
    Outgoing,
    Outward,
    Pending,
    Receipt,
    Sent,
    Settings,
)
from closeloop.notices.vendors import dingtalk, directory, feishu, wecom

_CHINA = ZoneInfo("Asia/Shanghai")
_REACHED = frozenset({"read_user_id_list", "unread_user_id_list"})


class Application(Outward):
    """The application of one platform; `account` is what its client must be told."""

    guarantee = Guarantee.REPEATS_DROPPED
    takes_digests = True
    is_on_by_default = True

    def __init__(
        self,
        key: str,
        promise: directory.Guarantee,
        account: type[Any],
        connect: Callable[[Any], directory.Client],
    ) -> None:
        """Keep how the client is made, and what the provider promises about repetitions."""
        self.key = key
        self.repeats_dropped_s = promise.window_s
        self._connect = connect
        self._account = account

    def is_connected(self, settings: Settings) -> bool:
        """Whether the company's account is set up in the integrations."""
        needed = [each.name for each in fields(self._account) if each.default is MISSING]
        return all(settings.get(name) for name in needed)

    def send(self, message: Outgoing, settings: Settings) -> Sent:
        """Send a card to one person; gives the provider's receipt."""
        receipt = self._connect(self._account(**self._given(settings))).send_text_card(
            [message.address],
            title=message.title,
            body=message.body,
            url=message.phone_link,
            dedupe_key=message.dedupe_key,
        )
        return Sent(provider_id=receipt)

    def _given(self, settings: Settings) -> dict[str, Any]:
        known = {each.name for each in fields(self._account)}
        return {name: value for name, value in settings.items() if name in known and value}


class DingTalkApplication(Application):
    """DingTalk recognises a repetition on the same day only, and tells later whom it reached."""

    has_receipts = True

    def drops_repetition(self, first_at: datetime, again_at: datetime) -> bool:
        """On the same day in China, with some minutes to spare for two clocks that differ."""
        first, again = first_at.astimezone(_CHINA), again_at.astimezone(_CHINA)
        is_close_to_midnight = again.hour == 23 and again.minute >= 55
        return first.date() == again.date() and not is_close_to_midnight

    def receipts(self, pending: Sequence[Pending], settings: Settings) -> Mapping[str, Receipt]:
        """Whom each notice reached; beyond its daily limits DingTalk takes it and forbids it."""
        client = dingtalk.DingTalk(self._account(**self._given(settings)))
        found = {}
        for each in pending:
            lists = client.result_of(each.provider_id)
            at = [name for name, people in lists.items() if each.address in people]
            if at:
                is_delivered = any(name in _REACHED for name in at)
                found[each.provider_id] = Receipt(is_delivered, ", ".join(at))
        return found


WECOM = Application("wecom", wecom.GUARANTEE, wecom.Settings, wecom.WeCom)
DINGTALK = DingTalkApplication("dingtalk", dingtalk.GUARANTEE, dingtalk.Settings, dingtalk.DingTalk)
FEISHU = Application("feishu", feishu.GUARANTEE, feishu.Settings, feishu.Feishu)
