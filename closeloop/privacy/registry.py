"""Which personal data is held where: each kind says its period, and how it is told and erased.

`config/privacy_plugs.py` registers the kinds, for the apps that keep them lie above.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Name = Mapping[str, str]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Paper:
    """A document that goes into an export: its name there, and what gives its bytes."""

    name: str
    read: Callable[[], bytes]


@dataclass(frozen=True)
class Told:
    """What is held of one kind about one person: rows, and documents beside them."""

    rows: Sequence[Row] = ()
    papers: Sequence[Paper] = ()


@dataclass(frozen=True)
class Holding:
    """One kind of personal data.

    `default_days`: how long it is kept, None without an end. `count_before` and `erase_before`
    speak of what is older than a moment (in batches: it erases at most so many, and says how many);
    None where time alone erases nothing. `count_of`, `export` and `erase` speak of one contact.
    `stays` says what remains when the content is gone.
    """

    key: str
    name: Name
    stays: Name
    export: Callable[[int], Told]
    count_of: Callable[[int], int]
    erase: Callable[[int], int]
    default_days: int | None = None
    count_before: Callable[[datetime], int] | None = None
    erase_before: Callable[[datetime, int], int] | None = None


@dataclass
class Registry:
    """Every kind by key, in the order in which they were registered.

    `subject_types` are the record types that are people. `looked_at` names kinds that are looked
    at without being held as such (a chat, a place).
    """

    subject_types: tuple[str, ...] = ()
    looked_at: dict[str, Name] = field(default_factory=dict)
    _all: dict[str, Holding] = field(default_factory=dict)

    def register(self, holding: Holding) -> None:
        """Bring a kind (from config)."""
        self._all[holding.key] = holding

    def get(self, key: str) -> Holding | None:
        """A kind by key."""
        return self._all.get(key)

    def __iter__(self) -> Iterator[Holding]:
        return iter(self._all.values())

    def __len__(self) -> int:
        return len(self._all)

    def name_of(self, key: str) -> Name:
        """What a kind is called; its key where nobody knows it."""
        held = self._all.get(key)
        return held.name if held else self.looked_at.get(key, {"zh-CN": key, "en-US": key})


registry = Registry()
