"""What the pool must know of things that lie above: plugged in by `config/wiring.py`."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Protocol

from closeloop.identity.actor import Actor


class Give(Protocol):
    """Sets a record's owner, or takes it away; gives the record's new version."""

    def __call__(
        self,
        type_key: str,
        record_id: int,
        /,
        *,
        owner_id: int | None,
        unit_id: int | None,
        actor: Actor,
        via: str,
    ) -> int:
        """Give the record; the pool has decided, whatever the actor may do with records."""
        ...


@dataclass
class Plugs:
    """How records change hands, and which of their stages are open (None: all, no process).

    `lock(record_type, record_id)` takes the locks of a change, in its order.
    """

    give: Give | None = None
    lock: Callable[[str, int], None] | None = None
    open_stages: Callable[[str], Collection[str] | None] = lambda _type: None
    is_waiting_sql: str = "FALSE"
    """Whether the record `r` waits for the world outside."""


plugs = Plugs()
