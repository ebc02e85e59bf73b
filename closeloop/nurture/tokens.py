"""Signed addresses for people outside: to unsubscribe, to read a file, for a provider's replies."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing

from closeloop.nurture import errors

_OUT, _FILE, _REPLIES = "nurture.unsubscribe", "nurture.file", "nurture.replies"


@dataclass(frozen=True)
class Out:
    """Whose address is meant: the channel, its normalised form, the lead and the message."""

    channel: str
    person: str
    record_id: int
    message_id: int


def out_url(out: Out) -> str:
    """The address by which somebody unsubscribes; it never ends."""
    told = [out.channel, out.person, out.record_id, out.message_id]
    return f"{_root()}/u/{signing.dumps(told, salt=_OUT, compress=True)}"


def read_out(token: str) -> Out:
    """Whom such an address names; raises LinkInvalid."""
    try:
        channel, person, record_id, message_id = signing.loads(token, salt=_OUT)
    except (signing.BadSignature, ValueError) as error:
        raise errors.LinkInvalid from error
    return Out(channel, person, record_id, message_id)


def file_url(item_id: int) -> str:
    """The address at which a file of the library is read."""
    return f"{_root()}/n/{signing.dumps(item_id, salt=_FILE)}"


def read_file(token: str) -> int:
    """Which file such an address names; raises LinkInvalid."""
    try:
        found = signing.loads(token, salt=_FILE)
    except (signing.BadSignature, ValueError) as error:
        raise errors.LinkInvalid from error
    if not isinstance(found, int):
        raise errors.LinkInvalid
    return found


def reply_url(provider: str) -> str:
    """Where a provider of text messages tells of replies."""
    return f"{_root()}/api/nurture/replies/{provider}/{reply_token(provider)}"


def reply_token(provider: str) -> str:
    """The secret part of that address: the providers do not sign what they tell."""
    return signing.Signer(salt=_REPLIES).signature(provider).replace(":", "")


def _root() -> str:
    return str(settings.PUBLIC_URL).rstrip("/")
