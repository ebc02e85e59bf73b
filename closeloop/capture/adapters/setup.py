"""What a reader is given of its channel."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from closeloop.capture.arrivals import Call, Payload, Request, Stale

WINDOW_S = 300
"""How far a call's time may be from ours."""


@dataclass(frozen=True)
class Setup:
    """A channel's settings with its secrets opened, its mapping, and the time."""

    settings: Mapping[str, str]
    mapping: Mapping[str, str] = field(default_factory=dict)
    now_s: float = 0

    def check_time(self, stamp: float) -> None:
        """Raise Stale unless the time is within the window."""
        if abs(self.now_s - stamp) > WINDOW_S:
            raise Stale(str(stamp))


@dataclass(frozen=True)
class Reader:
    """How a kind of channel is read.

    `read` checks a call and gives what it is worth; it raises Untrusted and Stale. `again` reads a
    body that was kept, without its signature, for a retry with another mapping.
    """

    read: Callable[[Request, Setup], Call]
    again: Callable[[bytes, str, Setup], Sequence[Payload]]
