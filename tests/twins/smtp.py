"""A mail server on loopback that takes, refuses, or falls silent as it is told."""

import socket
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

TAKEN = "250 2.0.0 Ok: queued as 4F3"
LOST = "LOST"
"""The message is taken, and the connection breaks before the reply."""
USER, PASSWORD = "crm@corp.example", "mail-secret"


class SmtpTwin:
    """`recipients` and `contents` hold the next replies to RCPT and to the end of DATA."""

    def __init__(self, *, needs_sign_in: bool = False) -> None:
        self.mails: list[EmailMessage] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.recipients: list[str] = []
        self.contents: list[str] = []
        sign_in: dict[str, Any] = {
            "authenticator": _authenticate,
            "auth_required": True,
            "auth_require_tls": False,
        }
        self._controller = Controller(
            self,
            hostname="127.0.0.1",
            port=_free_port(),
            ready_timeout=20,
            **(sign_in if needs_sign_in else {}),
        )

    @property
    def port(self) -> int:
        return int(self._controller.port)

    def __enter__(self) -> "SmtpTwin":
        self._controller.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._controller.stop()

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        reply = self.recipients.pop(0) if self.recipients else "250 OK"
        if reply.startswith("2"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:
        reply = self.contents.pop(0) if self.contents else TAKEN
        if reply == LOST or reply.startswith("2"):
            mail = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            self.mails.append(mail)
            self.envelopes.append((envelope.mail_from, list(envelope.rcpt_tos)))
        if reply == LOST:
            server.transport.abort()
            return TAKEN
        return reply


def _authenticate(
    _server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any
) -> AuthResult:
    is_known = isinstance(given, LoginPassword) and (given.login, given.password) == (
        USER.encode(),
        PASSWORD.encode(),
    )
    return AuthResult(success=is_known, handled=is_known)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
