"""What capture is told of the apps that it does not know (bound in config/capture_plugs.py)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from closeloop.capture.arrivals import Returned
from closeloop.notices.channels.outcomes import GiveUp


@dataclass(frozen=True)
class Arrived:
    """Somebody has left details: whose lead that is, by which channel, what came along."""

    lead_id: int
    kind: str
    name: str
    visitor: str = ""
    behaviour: Sequence[Mapping[str, Any]] = field(default_factory=tuple)


def _nobody(_provider: str, _external_id: str) -> int | None:
    return None


def _unreached(_provider: str, _company: str, _contact: str, _person: str) -> Mapping[str, Any]:
    raise GiveUp("account_missing")


def _not_ours(_returned: Returned) -> int | None:
    return None


def _unheard(_arrived: Arrived) -> None:
    return None


@dataclass
class Provided:
    """Who a salesperson is at a provider; who hears that somebody has left details.

    `contact_at` asks a provider for somebody whom a salesperson has added there (provider, the
    company's id, the contact's, the salesperson's); it raises GiveUp and TryLater.
    """

    person_at: Callable[[str, str], int | None] = _nobody
    contact_at: Callable[[str, str, str, str], Mapping[str, Any]] = _unreached
    arrived: Callable[[Arrived], None] = _unheard
    returned: Callable[[Returned], int | None] = _not_ours
    """Hears that a mail came back; gives the lead to whom it went, where it was one of ours."""


provided = Provided()
