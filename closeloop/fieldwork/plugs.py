"""What fieldwork must know of apps above it: plugged in by `config/fieldwork_plugs.py`."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

QUIET_DAYS = 7
"""After how many days the next follow-up falls due where no day was agreed (C10)."""


@dataclass(frozen=True)
class Followable:
    """A record type that people follow up.

    `customer` is the column of its table that names the customer ("id" where it is one itself).
    `concerned` is SQL for the records (id, unit_id; of the type `concerned_type`) that a follow-up
    of the customer `c.id` by `%(author)s` concerns beside it. `ended` gives the stages in which
    nothing is open any more, which `concerned` takes as `%(ended)s`.
    """

    key: str
    table: str
    customer: str
    ended: Callable[[], Collection[str]] = tuple
    concerned: str = ""
    concerned_type: str = ""


@dataclass
class Plugs:
    """The record types that are followed up, in the order in which a screen offers them."""

    followable: dict[str, Followable] = field(default_factory=dict)
    waiting: str = ""
    """SQL for customers (customer_id, since) with whom business began that was still open when the
    first follow-up fell due; the stages `%(ended)s` are over."""
    waiting_ended: Callable[[], Collection[str]] = tuple

    def register(self, followable: Followable) -> None:
        """Let records of a type be followed up."""
        self.followable[followable.key] = followable


plugs = Plugs()
