"""What a person holds, kind by kind; the apps above bring theirs from wiring."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from closeloop.identity.actor import Actor

Name = Mapping[str, str]


@dataclass(frozen=True)
class Held:
    """One thing that a person holds, by its name and where it is found in the web client."""

    id: int
    title: str
    type: str = ""
    link: str = ""


@dataclass(frozen=True)
class Holding:
    """One kind of thing that people hold, and how it goes to somebody else.

    `count` takes a person. `items` takes a person and how many are wanted. `hand_over` takes who
    has them, who gets them, who does it, and gives how many went over.
    """

    key: str
    name: Name
    count: Callable[[int], int]
    items: Callable[[int, int], Sequence[Held]]
    hand_over: Callable[[int, int, Actor], int]


@dataclass
class Holdings:
    """Every kind, in the order in which they are handed over."""

    _sources: list[Callable[[], Iterable[Holding]]] = field(default_factory=list)

    def register(self, holding: Holding) -> None:
        """Bring one kind (from wiring)."""
        self._sources.append(lambda: (holding,))

    def register_source(self, source: Callable[[], Iterable[Holding]]) -> None:
        """Bring kinds that may change while the product runs, such as one for each record type."""
        self._sources.append(source)

    def all(self) -> list[Holding]:
        """Every kind."""
        return [holding for source in self._sources for holding in source()]


holdings = Holdings()
