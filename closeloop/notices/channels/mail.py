"""Mail by SMTP: plain text and HTML, documents and calendar entries attached.

SMTP has no key by which a server drops a repetition. The Message-ID is the same at every attempt,
so that mailboxes which fold equal ids show one; the guarantee does not rest on it.
Sources: RFC 5321 (replies; 4.5.3.2: after the final dot the server may have taken it), RFC 5322.
"""

import smtplib
from email.encoders import encode_base64
from email.headerregistry import Address
from email.mime.base import MIMEBase
from email.mime.image import MIMEImage
from typing import Any, cast

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac

from closeloop.edge import messages
from closeloop.notices.channels.outcomes import GiveUp, RecipientRefused, TryLater, Uncertain
from closeloop.notices.channels.protocol import (
    Attached,
    FieldKind,
    Outgoing,
    Outward,
    Sent,
    SettingField,
    Settings,
)

TIMEOUT_S = 15
PERMANENT = 500
"""SMTP replies from here on will not heal; those from 400 may."""
NO_MAILBOX = frozenset({550, 551, 553})
"""Replies to a recipient that say the mailbox is not there (RFC 5321, 4.2.3)."""


class _Watched:
    """What became of the one message: whether its content went out, and the server's reply."""

    is_handed_over = False
    reply: tuple[int, bytes] | None = None

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Hand the content over and keep the reply."""
        self.is_handed_over = True
        self.reply = super().data(msg)  # type: ignore[misc]
        return cast(tuple[int, bytes], self.reply)


class _Plain(_Watched, smtplib.SMTP):
    pass


class _OverTls(_Watched, smtplib.SMTP_SSL):
    pass


class _Backend(EmailBackend):
    @property
    def connection_class(self) -> Any:
        """The connection that keeps what became of the message."""
        return _OverTls if self.use_ssl else _Plain


class _WithPictures(EmailMultiAlternatives):
    """A mail whose parts belong together: the HTML shows the pictures (RFC 2387)."""

    mixed_subtype = "related"


class Mail(Outward):
    """The company's own mail server."""

    key = "mail"
    takes_digests = True
    fields: tuple[SettingField, ...] = (
        SettingField("host"),
        SettingField("port", FieldKind.NUMBER, default=465),
        SettingField(
            "security", FieldKind.CHOICE, default="tls", choices=("tls", "starttls", "none")
        ),
        SettingField("username", is_required=False),
        SettingField("password", FieldKind.SECRET, is_required=False),
        SettingField("from_address"),
        SettingField("from_name", is_required=False, default="Closeloop"),
    )

    def send(self, message: Outgoing, settings: Settings) -> Sent:
        """Hand one mail to the server; gives its final reply, which names its own id."""
        return post(_mail(message, settings), settings)


def post(mail: EmailMultiAlternatives, settings: Settings) -> Sent:
    """Hand one mail to the server; gives its final reply. Raises TryLater, GiveUp, Uncertain."""
    backend = _Backend(
        host=settings["host"],
        port=settings["port"],
        username=settings.get("username") or "",
        password=settings.get("password") or "",
        use_tls=settings["security"] == "starttls",
        use_ssl=settings["security"] == "tls",
        timeout=TIMEOUT_S,
    )
    _open(backend)
    connection = cast(_Watched, backend.connection)
    try:
        backend.send_messages([mail])
    except (smtplib.SMTPException, OSError) as failure:
        raise _outcome(failure, connection) from failure
    finally:
        _close(backend)
    _, said = connection.reply or (0, b"")
    return Sent(provider_id=said.decode(errors="replace")[:200])


def message_id(dedupe_key: str, from_address: str) -> str:
    """The same for every attempt of one delivery, and no other one's, in no other installation."""
    own = salted_hmac("closeloop.notices.mail", dedupe_key).hexdigest()[:16]
    return f"<{dedupe_key}.{own}@{from_address.rpartition('@')[2]}>"


def _open(backend: EmailBackend) -> None:
    try:
        backend.open()
    except smtplib.SMTPAuthenticationError as failure:
        raise GiveUp("smtp_sign_in", _said(failure)) from failure
    except smtplib.SMTPResponseException as failure:
        raise _refused(failure) from failure
    except (smtplib.SMTPException, OSError) as failure:
        raise TryLater("no_connection", str(failure)) from failure


def _close(backend: EmailBackend) -> None:
    """Say goodbye; what the server says to that changes nothing."""
    try:
        backend.close()
    except (smtplib.SMTPException, OSError):
        return


def _outcome(failure: Exception, connection: _Watched) -> Exception:
    if isinstance(failure, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(failure.recipients.values()))
        refused = smtplib.SMTPResponseException(code, said)
        if code in NO_MAILBOX:
            return RecipientRefused(f"smtp_{code}", _said(refused))
        return _refused(refused)
    if isinstance(failure, smtplib.SMTPResponseException):
        return _refused(failure)
    if connection.is_handed_over:
        return Uncertain("timeout", str(failure))
    return TryLater("no_connection", str(failure))


def _refused(failure: smtplib.SMTPResponseException) -> Exception:
    kind = GiveUp if failure.smtp_code >= PERMANENT else TryLater
    return kind(f"smtp_{failure.smtp_code}", _said(failure))


def _said(failure: smtplib.SMTPResponseException) -> str:
    error = failure.smtp_error
    return error.decode(errors="replace") if isinstance(error, bytes) else str(error)


def _mail(message: Outgoing, settings: Settings) -> EmailMultiAlternatives:
    sender = str(settings["from_address"])
    words = {
        "message": message,
        "language": message.locale,
        "open": messages.say("mail.open", message.locale),
        "why": messages.say("mail.why", message.locale),
    }
    kind = EmailMultiAlternatives if message.enclosed is None else _WithPictures
    mail = kind(
        subject=_one_line(message.title),
        body=render_to_string("notices/mail.txt", words),
        from_email=str(Address(_one_line(settings.get("from_name") or ""), addr_spec=sender)),
        to=[_to(message)],
        headers=_headers(message, sender),
    )
    mail.attach_alternative(render_to_string("notices/mail.html", words), "text/html")
    for each in message.enclosed.pictures if message.enclosed else ():
        mail.attach(_picture(each))
    for each in message.files:
        mail.attach(each.name, each.content, each.content_type)
    if message.calendar:
        mail.attach(_calendar(message.calendar))
    return mail


def _picture(given: Attached) -> MIMEImage:
    """A picture that the HTML shows by its name (RFC 2392)."""
    part = MIMEImage(given.content, given.content_type.rpartition("/")[2])
    part.add_header("Content-ID", f"<{given.name}>")
    part.add_header("Content-Disposition", "inline", filename=given.name)
    return part


def _calendar(content: bytes) -> MIMEBase:
    """Calendar entries as a part that mail programs offer to take over (RFC 6047, 2.4).

    In base64, which keeps their line ends: how text travels can be changed for the whole process by
    any library (Apprise does).
    """
    part = MIMEBase("text", "calendar", charset="utf-8", method="PUBLISH")
    part.set_payload(content)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename="closeloop.ics")
    return part


def _to(message: Outgoing) -> str:
    try:
        return str(Address(_one_line(message.name), addr_spec=message.address.strip()))
    except (ValueError, IndexError) as failure:
        raise GiveUp("address_invalid", str(failure)) from failure


def _headers(message: Outgoing, sender: str) -> dict[str, str]:
    """Source of the second: RFC 3834, so that absence notes do not answer."""
    headers = {"Auto-Submitted": "auto-generated"}
    if message.dedupe_key:
        headers["Message-ID"] = message_id(message.dedupe_key, sender)
    if message.is_red:
        headers |= {"Importance": "high", "X-Priority": "1"}
    return headers


def _one_line(text: str) -> str:
    return " ".join(text.split())
