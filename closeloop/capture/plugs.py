"""What capture is told of the apps that it does not know (bound in config/capture_plugs.py)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


def _nobody(_provider: str, _external_id: str) -> int | None:
    return None


def _nothing(_visitor: str, _record_id: int) -> None:
    return None


def _none_seen(_visitor: str, _record_id: int, _seen: Sequence[Mapping[str, Any]]) -> None:
    return None


@dataclass
class Provided:
    """Who a salesperson is at a provider; to whom a visitor's behaviour belongs from now on."""

    person_at: Callable[[str, str], int | None] = _nobody
    identify: Callable[[str, int], None] = _nothing
    seen: Callable[[str, int, Sequence[Mapping[str, Any]]], None] = _none_seen


provided = Provided()
