"""Who wants to know that known people did something (plugged in by `config/wiring.py`)."""

from collections.abc import Callable, Collection

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


hearers = Hearers()
