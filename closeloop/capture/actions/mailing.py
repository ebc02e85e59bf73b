"""Reading a channel's mailbox over IMAP: every unread mail is taken once, then marked as read."""

from imap_tools import MailBox, MailBoxUnencrypted, MailMessageFlags

from closeloop.capture import queries
from closeloop.capture.actions.intake import Arrival, take
from closeloop.capture.actions.receiving import LARGEST_BYTES
from closeloop.capture.adapters.mail import read_mail
from closeloop.capture.kinds import Kind
from closeloop.capture.models import Channel

MOST_AT_ONCE = 50
TIMEOUT_S = 20
PORT = 993
UNENCRYPTED = "none"
_TYPE = "message/rfc822"


def mailboxes() -> list[int]:
    """The channels that have a mailbox to be read."""
    rows = Channel.objects.filter(kind=Kind.MAIL, is_on=True).order_by("pk")
    return [row.pk for row in rows if row.settings.get("host") and "password" in row.sealed]


def fetch_mail(channel_id: int) -> int:
    """Take in what is unread; gives how many mails there were.

    A mail is marked as read after it was taken: what breaks in between is read again, and known by
    its Message-ID. Raises OSError and imaplib's errors where the server does not answer.
    """
    channel = queries.channel(channel_id)
    settings = queries.setup_of(channel).settings
    kind = MailBoxUnencrypted if settings.get("security") == UNENCRYPTED else MailBox
    box = kind(settings["host"], port=int(settings.get("port") or PORT), timeout=TIMEOUT_S)
    folder = settings.get("folder") or "INBOX"
    count = 0
    with box.login(settings.get("user", ""), settings.get("password", ""), folder):
        for mail in box.fetch("UNSEEN", limit=MOST_AT_ONCE, mark_seen=False):
            raw = mail.obj.as_bytes()
            take(channel, Arrival(read_mail(raw), raw[:LARGEST_BYTES], _TYPE))
            if mail.uid:
                box.flag(mail.uid, MailMessageFlags.SEEN, True)
            count += 1
    return count
