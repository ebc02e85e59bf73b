"""What routing must know of things that lie above: plugged in by `config/routing_plugs.py`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from closeloop.identity.actor import Actor


class Handed(NamedTuple):
    """A record and whom it goes to: a person with their unit, or nobody; and where it stood."""

    record_id: int
    owner_id: int | None
    unit_id: int | None
    from_owner: int | None
    from_unit: int | None


class Hand(Protocol):
    """Gives locked records to people, all at once."""

    def __call__(
        self, record_type: str, handed: Sequence[Handed], *, actor: Actor, via: str
    ) -> None:
        """Write owner and unit; what follows from it has followed."""
        ...


class Standing(NamedTuple):
    """A record that is locked: whose it is, and whether anybody should have it."""

    record_id: int
    owner_id: int | None
    unit_id: int | None
    is_open: bool


@dataclass
class Plugs:
    """How records are locked and change hands, and how many open ones people have."""

    lock: Callable[[str, Sequence[int]], Sequence[Standing]] | None = None
    hand: Hand | None = None
    loads: Callable[[str, Collection[int]], Mapping[int, int]] = lambda _type, _people: {}
    grades: Callable[[str], Sequence[tuple[str, Mapping[str, str]]]] = lambda _type: ()
    stages: Callable[[str], Mapping[str, Mapping[str, str]]] = lambda _type: {}
    ended: Callable[[str], Collection[str]] = lambda _type: ()
    first_touch: Callable[[str], str] = lambda _type: ""
    """The policy whose clocks say by when a record must be touched; empty where there is none."""


plugs = Plugs()
