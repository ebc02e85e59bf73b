"""What goes over to the lead that stays: comments, files, and what apps above bring (wiring)."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from closeloop.files import actions as files
from closeloop.leads.identities import actions as identities
from closeloop.records import actions as records

Moved = Sequence[Sequence[int]]
"""Pairs: what was moved, and the lead that it came from."""


@dataclass(frozen=True)
class Carrier:
    """One kind of thing that belongs to leads, and how it goes over and back."""

    key: str
    move: Callable[[Collection[int], int], list[tuple[int, int]]]
    move_back: Callable[[Moved], None]


@dataclass
class Carriers:
    """Every carrier by key, in the order in which they were registered."""

    _all: list[Carrier] = field(default_factory=list)

    def register(self, carrier: Carrier) -> None:
        """Bring a carrier (from wiring)."""
        self._all.append(carrier)

    def move(self, from_ids: Collection[int], to_id: int) -> dict[str, list[tuple[int, int]]]:
        """Carry everything over; gives what was moved, by carrier."""
        return {each.key: each.move(from_ids, to_id) for each in self._all}

    def move_back(self, moved: dict[str, Moved]) -> None:
        """Carry everything back that was moved."""
        for each in reversed(self._all):
            each.move_back(moved.get(each.key, ()))


carriers = Carriers(
    [
        Carrier("identities", identities.move, identities.move_back),
        Carrier("comments", records.move_comments, records.move_comments_back),
        Carrier("files", files.move_files, files.move_files_back),
    ]
)
