"""Signed tickets of a form's page: when it was opened, and one submission each (pure).

A ticket holds the form, a number of its own and the time, signed. Sent twice it is the same
submission; sent after two seconds it was no person who typed; after a day the page is too old.
"""

import secrets
from dataclasses import dataclass

from django.core import signing

SALT = "closeloop.capture.form"
FASTEST_S = 2
OLDEST_S = 24 * 3600


class TicketWrong(ValueError):
    """The ticket is not ours, of another form, or too old."""


@dataclass(frozen=True)
class Ticket:
    """A ticket as it came back. `age_s` since the page was opened."""

    number: str
    age_s: float


def issue(token: str, *, now_s: float, number: str = "") -> str:
    """A ticket for a form's page; an old number keeps its submission."""
    parts = {"form": token, "number": number or secrets.token_urlsafe(12), "at": round(now_s, 1)}
    return signing.dumps(parts, salt=SALT)


def read(text: str, token: str, *, now_s: float) -> Ticket:
    """The ticket of a form; raises TicketWrong."""
    try:
        parts = signing.loads(text, salt=SALT)
    except signing.BadSignature as error:
        raise TicketWrong("not ours") from error
    age_s = now_s - float(parts["at"])
    if parts["form"] != token or not -5 <= age_s <= OLDEST_S:
        raise TicketWrong("of another form, or too old")
    return Ticket(number=str(parts["number"]), age_s=age_s)
