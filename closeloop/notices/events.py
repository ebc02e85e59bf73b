"""What people may be told about; the apps above bring their events from wiring.

The words of an event lie in the `messages.json` of the app that owns it, as
`notice.<event>.title` and `notice.<event>.body`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Group(StrEnum):
    """What people switch channels on and off for."""

    APPROVALS = "approvals"
    CLOCKS = "clocks"
    TASKS = "tasks"
    MENTIONS = "mentions"
    SYSTEM = "system"


@dataclass(frozen=True)
class Event:
    """One kind of thing that people are told about.

    `default_channels` hold until a person switches them; urgent events pass quiet hours and are
    never gathered into a digest. `reminds`: of the moment `due_at` in a notice's data, which its
    mail carries as a calendar entry called `notice.<event>.entry`. One that `stands_alone` has a
    mail that is worth reading whole, so that no digest takes it in.
    """

    key: str
    default_channels: tuple[str, ...] = ("in_app", "wecom")
    is_urgent: bool = False
    group: str = Group.SYSTEM
    reminds: bool = False
    stands_alone: bool = False


class EventUnknown(RuntimeError):
    """The event was not registered in wiring; a notice about it would have no words."""


class Events:
    """Every event by key."""

    def __init__(self) -> None:
        self._by_key: dict[str, Event] = {}

    def register(self, event: Event) -> None:
        """Bring an event (from wiring)."""
        self._by_key[event.key] = event

    def get(self, key: str) -> Event:
        """The event of that key; raises EventUnknown."""
        found = self._by_key.get(key)
        if found is None:
            raise EventUnknown(key)
        return found

    def __iter__(self) -> Iterator[Event]:
        return iter(self._by_key.values())


events = Events()


def register(event: Event) -> None:
    """Bring an event (from wiring)."""
    events.register(event)
