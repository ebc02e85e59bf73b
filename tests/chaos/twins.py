"""The providers to whom the rounds send, and what of it has arrived there."""

import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack

from tests.twins.sms import TencentSmsTwin
from tests.twins.smtp import SmtpTwin
from tests.twins.wecom import WeComTwin


class Twins:
    """A mail server, a carrier of texts, and WeCom, on loopback."""

    def __init__(self) -> None:
        self.mail, self.sms, self.wecom = SmtpTwin(), TencentSmsTwin(), WeComTwin()
        self._running = ExitStack()

    def __enter__(self) -> "Twins":
        for twin in (self.mail, self.sms, self.wecom):
            self._running.enter_context(twin)
        return self

    def __exit__(self, *_error: object) -> None:
        self._running.close()

    def arrived(self) -> Mapping[str, Sequence[str]]:
        """What people got by each channel, one key a message, in order."""
        return {
            "mail": [str(mail["Message-ID"]) for mail in self.mail.mails],
            "sms": ["".join(values) for _, values in self.sms.delivered],
            "wecom": [json.dumps(card, sort_keys=True) for _, card in self.wecom.delivered],
        }

    def dropped_cards(self) -> int:
        """How many repetitions WeCom has dropped."""
        taken = sum(asked.path.endswith("/message/send") for asked in self.wecom.asked)
        return taken - len(self.wecom.delivered)
