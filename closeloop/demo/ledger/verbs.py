"""What the people of the demo company can do: the product's actions, with the time told.

`Books` does it in memory and writes in bulk; the tests have a twin that calls the real actions, and
both must leave the same rows behind.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from closeloop.engine.gates import MissingItem
from closeloop.identity.actor import Actor


@dataclass(frozen=True)
class Converted:
    """The records that a lead became."""

    customer_id: int
    contact_id: int
    deal_id: int


@dataclass(frozen=True)
class ConversionGiven:
    """What becomes of a lead: a known customer or the values of a new one, and the deal."""

    customer_id: int | None
    customer: Mapping[str, Any]
    contact: Mapping[str, Any]
    deal: Mapping[str, Any]


@dataclass(frozen=True)
class OpeningGiven:
    """A record of the time before, that enters at a stage (期初)."""

    stage: str
    entered_at: datetime
    created_at: datetime
    outcome_reason: str = ""


@dataclass(frozen=True)
class Move:
    """A move as it is asked for."""

    to_stage: str
    reason: str | None = None
    outcome_reason: str | None = None
    via: str = "screen"


class Ledger(Protocol):
    """Every write that happens in the demo company. Calls come in the order of time."""

    def create(
        self,
        type_key: str,
        values: Mapping[str, Any],
        *,
        by: Actor,
        at: datetime,
        via: str = "screen",
        owner_id: int | None = None,
    ) -> int:
        """Make a record; gives its id."""

    def open_at(
        self,
        type_key: str,
        values: Mapping[str, Any],
        opening: OpeningGiven,
        *,
        by: Actor,
        at: datetime,
        owner_id: int,
    ) -> int:
        """Import a record into a later stage as an opening entry; gives its id."""

    def change(
        self,
        record_id: int,
        values: Mapping[str, Any],
        *,
        by: Actor,
        at: datetime,
        via: str = "screen",
    ) -> None:
        """Change some fields."""

    def assign(self, record_id: int, owner_id: int, *, by: Actor, at: datetime) -> None:
        """Give a record to another owner."""

    def tick(self, record_id: int, item: str, *, by: Actor, at: datetime) -> None:
        """Tick a checklist item (<stage>.<item>)."""

    def wait(self, record_id: int, reason: str | None, *, by: Actor, at: datetime) -> None:
        """Say what a record waits for; None: it waits no longer."""

    def attach(
        self, record_id: int, sample: str, *, kind: str, name: str, by: Actor, at: datetime
    ) -> None:
        """Attach one of the sample documents under a name with the sample's ending."""

    def comment(
        self, record_id: int, text: str, *, mentions: Sequence[int], by: Actor, at: datetime
    ) -> None:
        """Say something about a record."""

    def see_mentions(self, *, by: Actor, at: datetime) -> None:
        """See all of one's mentions."""

    def missing(self, record_id: int, to_stage: str, *, at: datetime) -> Sequence[MissingItem]:
        """What a move lacks now; nothing is recorded."""

    def move(self, record_id: int, move: Move, *, by: Actor, at: datetime) -> bool:
        """Move a record; False where its lock holds, which is recorded."""

    def ask_exception(
        self, record_id: int, to_stage: str, reason: str, *, by: Actor, at: datetime
    ) -> int:
        """Ask the superior to let a move pass; gives the request's id."""

    def decide_exception(
        self, request_id: int, *, is_granted: bool, note: str, by: Actor, at: datetime
    ) -> None:
        """Grant or refuse a request."""

    def convert(
        self, lead_id: int, given: ConversionGiven, *, by: Actor, at: datetime
    ) -> Converted | None:
        """Convert a lead; None where its lock holds, which is recorded."""
