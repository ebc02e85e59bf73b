"""Who wants to know that known people did something (plugged in by `config/wiring.py`)."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

Hear = Callable[[Collection[int]], None]


class Hearers:
    """What follows from behaviour, in the transaction that kept it."""

    def __init__(self) -> None:
        self._registered: list[Hear] = []

    def register(self, hear: Hear) -> None:
        """Have the ids of records told whose people did something."""
        self._registered.append(hear)

    def tell(self, record_ids: Collection[int]) -> None:
        """Tell them all."""
        if record_ids:
            for hear in self._registered:
                hear(record_ids)


Follow = Callable[[str, int, Mapping[str, Any]], None]


class Followers:
    """Who wants to know of each opening and click of a mail, with what its address says."""

    def __init__(self) -> None:
        self._registered: list[Follow] = []

    def register(self, follow: Follow) -> None:
        """Have the kind, the record and the data of each told."""
        self._registered.append(follow)

    def tell(self, kind: str, record_id: int, data: Mapping[str, Any]) -> None:
        """Tell them all."""
        for follow in self._registered:
            follow(kind, record_id, data)


hearers = Hearers()
followers = Followers()
