"""Mail to a channel's address (pure): raw MIME in, one person out.

Lines such as `电话：138…` or `Company: …` are taken as fields by their labels; else the sender's
name and address count, and a mobile number that stands in the text. A mail of ours that comes back
brings nobody (`returned`); what a program answered by itself waits for somebody to say what it is.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from closeloop.capture.adapters import bodies, returned, webhook
from closeloop.capture.adapters.setup import Reader, Setup
from closeloop.capture.arrivals import Call, Payload, Request, digest, storable

_LINE = re.compile(r"^\s*([^:：\n]{1,30})\s*[:：]\s*(\S.*?)\s*$", re.MULTILINE)
_MOBILE = re.compile(r"(?<!\d)(?:\+?86[ -]?)?(1[3-9]\d[ -]?\d{4}[ -]?\d{4})(?!\d)", re.ASCII)
_TAG = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]+>", re.DOTALL | re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/div|/tr|/li)\b[^>]*>", re.IGNORECASE)
_LABELS = {
    "姓名": "name", "联系人": "name", "称呼": "name", "name": "name",
    "电话": "phone", "手机": "phone", "手机号": "phone", "联系电话": "phone",
    "phone": "phone", "mobile": "phone", "tel": "phone",
    "邮箱": "email", "email": "email", "e-mail": "email", "mail": "email",
    "微信": "wechat", "微信号": "wechat", "wechat": "wechat",
    "公司": "company", "单位": "company", "公司名称": "company", "company": "company",
}  # fmt: skip
LONGEST_TEXT = 4000
_ANSWERED = re.compile(
    r"^\s*(?:\[[^\]]*\]\s*)?"
    r"(?:自动回复|自动答复|auto(?:matic)?[ -]?reply|out of (?:the )?office)",
    re.IGNORECASE,
)
"""How the answers of mail programs begin whose headers do not say what they are."""


def _read(request: Request, setup: Setup) -> Call:
    webhook.check(request, setup)
    return Call(payloads=_again(request.body, request.content_type, setup))


def _again(body: bytes, _content_type: str, _setup: Setup) -> Sequence[Payload]:
    return [read_mail(body)]


def read_mail(raw: bytes) -> Payload:
    """What a mail says of its sender; never fails, what cannot be read is a reason."""
    key = f"body:{digest(raw)}"
    message = message_from_bytes(raw, policy=policy.default)
    if not message.keys():
        return Payload(key=key, reasons=[{"code": "mail_wrong"}])
    try:
        back = returned.read_returned(message)
        said = _said(message, key) if back is None else _named(message, key)
        return said if back is None else replace(said, returned=back)
    except bodies.Unreadable as error:
        return Payload(key=key, reasons=[error.reason])
    except (ValueError, LookupError, AttributeError, TypeError):
        # The standard library's parser fails in many ways at headers that break the rules.
        return Payload(key=key, reasons=[{"code": "mail_wrong"}])


def _named(message: EmailMessage, key: str) -> Payload:
    """A notice about a mail of ours: it says nothing of its sender, who is a program."""
    identity = str(message.get("Message-ID") or "").strip()
    told = {name.lower(): str(message.get(name) or "") for name in ("Subject", "From", "Date")}
    return Payload(key=f"id:{identity[:180]}" if identity else key, rest=storable(told))


def _said(message: EmailMessage, key: str) -> Payload:
    text = _text(message)
    name, address = parseaddr(str(message.get("Reply-To") or message.get("From") or ""))
    values = {_LABELS[label]: value for label, value in _labelled(text)}
    values.setdefault("email", address)
    if name and "@" not in name:
        values.setdefault("name", name)
    if "phone" not in values and (mobile := _MOBILE.search(text)):
        values["phone"] = mobile[1]
    identity = str(message.get("Message-ID") or "").strip()
    return Payload(
        reasons=[{"code": "mail_automatic"}] if is_automatic(message) else (),
        key=f"id:{identity[:180]}" if identity else key,
        values=storable({field: value for field, value in values.items() if value}),
        rest=storable(
            {
                "subject": str(message.get("Subject") or ""),
                "text": text[:LONGEST_TEXT],
                "from": str(message.get("From") or ""),
                "date": str(message.get("Date") or ""),
            }
        ),
        nickname=address.partition("@")[0],
    )


def is_automatic(message: EmailMessage) -> bool:
    """Whether a program answered for somebody who is away (RFC 3834, and what came before it).

    `auto-generated` alone is no answer: websites mail what their forms were told with it.
    """
    submitted = str(message.get("Auto-Submitted") or "").partition(";")[0].strip().lower()
    older = {str(message.get("Precedence") or "").strip().lower()} & {"auto_reply", "auto-reply"}
    answers = message.get("X-Autoreply") or message.get("X-Autorespond")
    return (
        submitted == "auto-replied"
        or bool(older or answers)
        or bool(_ANSWERED.match(str(message.get("Subject") or "")))
    )


def _labelled(text: str) -> list[tuple[str, str]]:
    found = [(label.strip().lower(), value) for label, value in _LINE.findall(text)]
    return [(label, value) for label, value in found if label in _LABELS]


def _text(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    text = bodies.text_of(raw, f"charset={part.get_content_charset() or 'utf-8'}")
    if part.get_content_type() == "text/html":
        text = _TAG.sub("", _BREAK.sub("\n", text))
    return text


READER = Reader(read=_read, again=_again)
