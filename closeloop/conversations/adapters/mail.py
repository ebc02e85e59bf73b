"""A mail: who, to whom, what it answers, what it says without the mail it quotes (pure)."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime

from closeloop.conversations.adapters.arrived import MailMessage, Party, Skipped

LONGEST_TEXT = 20_000
_ID = re.compile(r"<[^<>\s]{1,300}>")
_TAG = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]+>", re.DOTALL | re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/div|/tr|/li)\b[^>]*>", re.IGNORECASE)
_QUOTED_HTML = re.compile(
    r"<(?:blockquote|div[^>]+(?:gmail_quote|gmail_extra|yahoo_quoted|moz-cite-prefix|"
    r"OutlookMessageHeader|divRplyFwdMsg))\b.*",
    re.DOTALL | re.IGNORECASE,
)
_BEGINS = re.compile(
    r"^\s*(?:"
    r"-{2,}\s*(?:Original Message|原始邮件|原邮件|Original|转发的邮件|Forwarded message)\s*-{2,}"
    r"|[-_]{20,}"
    r"|(?:On|Am|Le|El)\b.{0,200}(?:wrote|schrieb|écrit|escribió)\s*:"
    r"|.{0,80}(?:写道|寫道)\s*[:：]"
    r"|(?:From|发件人|寄件者)\s*[:：].*"
    r"|>.*"
    r")\s*$",
    re.IGNORECASE,
)
_TWO_LINES = re.compile(r"^\s*On\b.{5,160}$")
_SIGNED = re.compile(
    r"^(?:--\s?|Sent from my .{1,40}|Sent with \w+.*|Sent via .*|发自我的.{1,20}"
    r"|来自.{1,12}的.{0,12}客户端)$",
    re.IGNORECASE,
)


def read(raw: bytes) -> MailMessage | Skipped:
    """One mail; never fails: what cannot be read is skipped."""
    message = message_from_bytes(raw, policy=policy.default)
    key = _first_id(message, "Message-ID")
    if not key:
        return Skipped("", "no_id")
    try:
        senders = _people(message, "From")
        if not senders:
            return Skipped(key, "no_sender")
        return MailMessage(
            key=key,
            at=_date(message),
            subject=str(message.get("Subject") or "").strip()[:200],
            text=without_quotation(_text(message))[:LONGEST_TEXT],
            sender=senders[0],
            receivers=tuple(_people(message, "To", "Cc")),
            answers=_named(message),
            is_automatic=_is_automatic(message),
        )
    except (ValueError, LookupError, AttributeError, TypeError):
        # The standard library's parser fails in many ways at headers that break the rules.
        return Skipped(key, "unreadable")


def without_quotation(text: str) -> str:
    """What the writer wrote: without the mail below it and without the program's signature."""
    lines = _unquoted(text.replace("\r\n", "\n").split("\n"))
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        is_broken = _TWO_LINES.match(line) and re.search(r"wrote\s*:\s*$", following)
        if _BEGINS.match(line) or is_broken or _SIGNED.match(line.strip()):
            kept = "\n".join(lines[:number]).strip()
            if kept:
                return kept
    return "\n".join(lines).strip() or text.strip()


def _unquoted(lines: list[str]) -> list[str]:
    """Without lines that begin with `>`, and without the line that says whose they are."""
    kept: list[str] = []
    for line in lines:
        if not line.lstrip().startswith(">"):
            kept.append(line)
            continue
        while kept and not kept[-1].strip():
            kept.pop()
        if kept and kept[-1].rstrip().endswith((":", "：")):
            said = kept.pop()
            if not re.search(r"\d", said) or "<" not in said:
                has_date = kept and re.search(r"\d.*\d", kept[-1]) and "<" in kept[-1]
                if has_date and "@" in said:
                    kept.pop()
    return kept


def _text(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    text = _decoded(raw, part.get_content_charset() or "utf-8")
    if part.get_content_type() == "text/html":
        own = _QUOTED_HTML.sub("", text)
        text = _TAG.sub("", _BREAK.sub("\n", own if _TAG.sub("", own).strip() else text))
    return text.replace("\x00", "").replace("\xa0", " ")


def _decoded(raw: bytes, charset: str) -> str:
    for each in (charset, "utf-8", "gb18030"):
        try:
            return raw.decode(each)
        except (LookupError, UnicodeDecodeError):
            continue
    return raw.decode("utf-8", errors="replace")


def _people(message: EmailMessage, *headers: str) -> list[Party]:
    given = [str(value) for header in headers for value in message.get_all(header, [])]
    return [
        Party("email", address.strip().lower(), " ".join(name.split()))
        for name, address in getaddresses(given)
        if "@" in address
    ]


def _named(message: EmailMessage) -> tuple[str, ...]:
    """What it answers: In-Reply-To first, then References from the newest."""
    direct = _ID.findall(str(message.get("In-Reply-To") or ""))
    before: Sequence[str] = _ID.findall(str(message.get("References") or ""))
    return tuple(dict.fromkeys([*direct, *reversed(before)]))[:50]


def _first_id(message: EmailMessage, header: str) -> str:
    found = _ID.findall(str(message.get(header) or ""))
    return found[0] if found else ""


def _date(message: EmailMessage) -> datetime | None:
    given = str(message.get("Date") or "")
    try:
        found = parsedate_to_datetime(given)
    except (ValueError, TypeError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _is_automatic(message: EmailMessage) -> bool:
    """RFC 3834: what a program answered by itself answers nobody."""
    said = str(message.get("Auto-Submitted") or "no").lower()
    return not said.startswith("no") or "bulk" in str(message.get("Precedence") or "").lower()
