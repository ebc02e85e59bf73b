"""What capture is told of the apps that it does not know (bound in config/capture_plugs.py)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


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


def _unheard(_arrived: Arrived) -> None:
    return None


@dataclass
class Provided:
    """Who a salesperson is at a provider; who hears that somebody has left details."""

    person_at: Callable[[str, str], int | None] = _nobody
    arrived: Callable[[Arrived], None] = _unheard


provided = Provided()
