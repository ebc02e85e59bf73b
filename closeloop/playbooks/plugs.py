"""What the library is told of the apps above it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Name = Mapping[str, str]


def _no_events() -> Mapping[str, Name]:
    return {}


@dataclass
class Plugs:
    """`events` gives the events of the sales log that an entry may be tagged with, by key."""

    events: Callable[[], Mapping[str, Name]] = _no_events


plugs = Plugs()
