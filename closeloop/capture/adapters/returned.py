"""Mail of ours that comes back (退信, pure): raw MIME in, why it was not delivered out.

Sources: RFC 3464 (delivery status notifications), RFC 3463 (status codes). Systems that send words
alone (QQ, 163, Exim) are known by their sender and read by what they say. Which mail it was is told
by its Message-ID, wherever it stands: in the returned headers, in a reference, in the words.
"""

import re
from collections.abc import Iterator
from email.message import EmailMessage, Message
from email.utils import parseaddr

from closeloop.capture.adapters import bodies
from closeloop.capture.arrivals import Returned

LONGEST_SAID = 400
_ID = re.compile(r"<[^<>\s@]{1,200}@[^<>\s@]{1,255}>")
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_SENDERS = frozenset({"postmaster", "mailer-daemon", "mail-daemon", "mailerdaemon"})
_TAG = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|</?[a-z][^<>@]*>", re.DOTALL | re.I)
_ADDRESS = re.compile(r"^5\.(?:1\.(?!7$|8$)\d+|2\.1|4\.4)$")
"""Bad address (5.1.x, but for the sender's own: 5.1.7, 5.1.8), closed mailbox, no such domain."""
_GENERAL = re.compile(r"^5\.(?:0|5|3)\.\d+$")
_GONE = re.compile(
    r"user unknown|unknown user|no such (?:user|recipient|mailbox)|(?:user|mailbox|account|address)"
    r"(?: was)? not found|does(?: not|n't) exist|not exist|invalid (?:recipient|mailbox)"
    r"|recip(?:ient)?notfound|account (?:is )?(?:disabled|closed)|host or domain name not found"
    r"|不存在|无此用户|查无此人|未找到|已注销|已停用|已被禁用|已冻结",
    re.IGNORECASE,
)
_FOR_NOW = re.compile(
    r"mailbox (?:is )?full|quota|over ?limit|insufficient|too (?:many|large|big)|spam|policy"
    r"|blocked|try again|temporar|空间不足|已满|超过|垃圾邮件|拒绝接收|频率|稍后",
    re.IGNORECASE,
)


def read_returned(message: EmailMessage) -> Returned | None:
    """What a notice of non-delivery says; None where a mail is none."""
    report = _status_part(message)
    if report is None and not _is_of_a_mail_system(message):
        return None
    text = "\n".join(_texts(message))
    action, status, said = _told(report)
    if report is None:
        status = next(iter(_STATUS.findall(text)), "")
        said = " ".join(text.split())
    if action in ("delivered", "relayed", "expanded"):
        return None
    return Returned(
        is_permanent=action != "delayed" and _is_permanent(status, said if report else text),
        is_over=action != "delayed",
        status=status,
        said=said[:LONGEST_SAID],
        message_ids=tuple(dict.fromkeys(_ids(message, text))),
    )


def _status_part(message: EmailMessage) -> Message | None:
    if message.get_content_type() != "multipart/report":
        return None
    parts = (part for part in message.walk() if part.get_content_type() == _DELIVERY_STATUS)
    return next(parts, None)


_DELIVERY_STATUS = "message/delivery-status"


def _is_of_a_mail_system(message: EmailMessage) -> bool:
    """Whether a program of a mail server wrote it: by its name, or because nobody may answer."""
    sender = parseaddr(str(message.get("From") or ""))[1].partition("@")[0].casefold()
    return sender in _SENDERS or "X-Failed-Recipients" in message


def _told(report: Message | None) -> tuple[str, str, str]:
    """Action, status and diagnostic of the first recipient who did not get it."""
    blocks = report.get_payload() if report is not None else ()
    found = ("", "", "")
    for block in blocks if isinstance(blocks, list) else ():
        if not isinstance(block, Message) or "Action" not in block:
            continue
        action = str(block["Action"]).strip().casefold().split(" ")[0]
        status = next(iter(_STATUS.findall(str(block.get("Status") or ""))), "")
        said = " ".join(str(block.get("Diagnostic-Code") or "").split())
        if action == "failed":
            return action, status, said
        found = found if found[0] else (action, status, said)
    return found


def _is_permanent(status: str, said: str) -> bool:
    """Whether the address takes no mail at all; what may heal, or only this mail, is not.

    The words decide where the code is general, for many systems give 5.0.0 or none.
    """
    if status.startswith("4") or _FOR_NOW.search(said):
        return False
    if _ADDRESS.match(status):
        return True
    return (not status or bool(_GENERAL.match(status))) and bool(_GONE.search(said))


def _ids(message: EmailMessage, text: str) -> Iterator[str]:
    for part in message.walk():
        if part is not message and "Message-ID" in part:
            yield from _ID.findall(str(part["Message-ID"]))
    for name in ("In-Reply-To", "References", "X-Original-Message-ID"):
        yield from _ID.findall(str(message.get(name) or ""))
    yield from _ID.findall(text)


def _texts(message: EmailMessage) -> Iterator[str]:
    for part in message.walk():
        kind = part.get_content_type()
        raw = part.get_payload(decode=True) if kind.startswith("text/") else None
        if isinstance(raw, bytes):
            text = bodies.text_of(raw, f"charset={part.get_content_charset() or 'utf-8'}")
            yield _TAG.sub(" ", text) if kind == "text/html" else text
