"""What follows when a case is granted: the apps above register it by kind of purpose (wiring).

It happens in the transaction that grants, in a savepoint: where it is refused, the case stays
granted and says that it was not carried out, and why.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from closeloop.approvals.models import Case
from closeloop.identity.actor import Actor

PLAIN = "plain"


@dataclass(frozen=True)
class Outcome:
    """What came of carrying a case out; `data` goes into the case and the record."""

    data: Mapping[str, Any] = field(default_factory=dict)


CarryOut = Callable[[Case, Actor], Outcome]
"""Does what was granted, as the requester; raises a Refusal where it no longer holds."""


@dataclass(frozen=True)
class Purpose:
    """One kind of purpose.

    `lock` locks what `carry_out` will change, before the case itself is locked: whoever changes
    a record locks it before its cases. `settle` hears of a case that ends without being granted.
    """

    kind: str
    carry_out: CarryOut
    lock: Callable[[Case], None] = lambda _case: None
    settle: Callable[[Case, Actor], None] = lambda _case, _actor: None


class Purposes:
    """Every kind of purpose that something follows from."""

    def __init__(self) -> None:
        self._by_kind: dict[str, Purpose] = {}

    def register(self, purpose: Purpose) -> None:
        """Bring a kind (from wiring)."""
        self._by_kind[purpose.kind] = purpose

    def get(self, kind: str) -> Purpose | None:
        """The kind, or None where nothing follows."""
        return self._by_kind.get(kind)


purposes = Purposes()


def register(purpose: Purpose) -> None:
    """Bring a kind of purpose (from wiring)."""
    purposes.register(purpose)
