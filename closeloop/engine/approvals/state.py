"""Where an approval stands, as values: its visits of nodes, whom it asks, whom it tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class CaseState(StrEnum):
    """Where an approval stands. `ended`: stopped without a decision, as with nobody left to ask."""

    RUNNING = "running"
    GRANTED = "granted"
    REFUSED = "refused"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"

    @property
    def is_final(self) -> bool:
        """Tell whether nothing can follow; what was returned may be sent again."""
        return self not in (CaseState.RUNNING, CaseState.RETURNED)


class VisitState(StrEnum):
    """Where a visit of a node stands. `skipped`: it passed without asking anybody."""

    CURRENT = "current"
    DONE = "done"
    SKIPPED = "skipped"
    REFUSED = "refused"
    RETURNED = "returned"
    CLOSED = "closed"


class AskState(StrEnum):
    """Where one ask stands.

    planned: its turn has not come · repeated: agreed earlier in the flow · deferred: a signer goes
    before and the person is asked again · closed: the node was decided without it.
    """

    PLANNED = "planned"
    WAITING = "waiting"
    AGREED = "agreed"
    REFUSED = "refused"
    RETURNED = "returned"
    TRANSFERRED = "transferred"
    DEFERRED = "deferred"
    REPEATED = "repeated"
    CLOSED = "closed"

    @property
    def is_open(self) -> bool:
        """Tell whether an answer may still come."""
        return self in (AskState.PLANNED, AskState.WAITING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One person asked in one visit. Asks of one `slot` follow one another by `rank`.

    `part` is the source that the slot stands for where one of each must agree; `on_behalf_of` is
    who is away, `added_by` who brought this person in.
    """

    number: int
    visit: int
    slot: int
    rank: int
    part: int = 0
    person: int
    state: AskState = AskState.PLANNED
    on_behalf_of: int | None = None
    added_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A stay in an approver node. What was agreed in a void one counts no more."""

    number: int
    node: str
    round: int
    state: VisitState = VisitState.CURRENT
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class Copy:
    """Somebody who is told, by which node."""

    node: str
    person: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A whole approval. `chosen` holds whom the requester chose, by node."""

    requester: int
    owner: int | None = None
    unit: int | None = None
    chosen: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    state: CaseState = CaseState.RUNNING
    reason: str = ""
    round: int = 1
    visits: tuple[Visit, ...] = ()
    asks: tuple[Ask, ...] = ()
    copies: tuple[Copy, ...] = ()

    @property
    def current(self) -> Visit | None:
        """Give the visit that waits for answers, or None."""
        if self.visits and self.visits[-1].state is VisitState.CURRENT:
            return self.visits[-1]
        return None

    def asks_of(self, visit: Visit) -> tuple[Ask, ...]:
        """Give the asks of a visit, by slot and rank."""
        found = (ask for ask in self.asks if ask.visit == visit.number)
        return tuple(sorted(found, key=lambda ask: (ask.slot, ask.rank, ask.number)))

    def ask(self, number: int) -> Ask:
        """Give the ask of that number. Raises KeyError."""
        for ask in self.asks:
            if ask.number == number:
                return ask
        raise KeyError(number)

    def waiting(self) -> tuple[Ask, ...]:
        """Give the asks that wait for an answer now."""
        return tuple(ask for ask in self.asks if ask.state is AskState.WAITING)

    def with_ask(self, changed: Ask) -> Case:
        """Give the case with one ask changed, or added."""
        if any(ask.number == changed.number for ask in self.asks):
            asks = tuple(changed if ask.number == changed.number else ask for ask in self.asks)
            return replace(self, asks=asks)
        return replace(self, asks=(*self.asks, changed))

    def with_visit(self, changed: Visit) -> Case:
        """Give the case with one visit changed, or added."""
        if any(visit.number == changed.number for visit in self.visits):
            visits = tuple(
                changed if visit.number == changed.number else visit for visit in self.visits
            )
            return replace(self, visits=visits)
        return replace(self, visits=(*self.visits, changed))

    def next_ask_number(self) -> int:
        """Give the number of the next ask."""
        return max((ask.number for ask in self.asks), default=0) + 1
