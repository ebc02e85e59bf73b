"""What people do with approvals: the product's actions, with the time told.

`CaseBooks` does it in memory; the tests have a twin that calls the real actions, and both must
leave the same rows behind.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from closeloop.approvals.flows import Loaded
from closeloop.approvals.reading import Held


@dataclass(frozen=True)
class Wish:
    """What somebody wants agreed to about a record, and what they say to it."""

    version: Loaded
    record_id: int
    record_type: str
    title: str
    requester_id: int
    unit_id: int | None
    form: Mapping[str, Any] = field(default_factory=dict)
    comment: str = ""


@dataclass(frozen=True)
class Said:
    """An answer: to which ask of the case, with which words, at which moment."""

    number: int
    comment: str
    at: datetime


class CaseLedger(Protocol):
    """Every write of an approval. Each gives the case as it is then."""

    def open(self, wish: Wish, *, at: datetime) -> Held:
        """Ask for it."""

    def see(self, held: Held, number: int, *, at: datetime) -> Held:
        """Look at what waits for oneself."""

    def agree(self, held: Held, said: Said) -> Held:
        """Agree."""

    def refuse(self, held: Held, said: Said) -> Held:
        """Refuse."""

    def send_back(self, held: Held, said: Said, *, to_node: str | None) -> Held:
        """Return it to a step, or to who asked."""

    def transfer(self, held: Held, said: Said, *, to: int) -> Held:
        """Hand it to somebody else."""

    def urge(self, held: Held, comment: str, *, at: datetime) -> Held:
        """Remind who is asked."""

    def withdraw(self, held: Held, comment: str, *, at: datetime) -> Held:
        """Take it back."""

    def resubmit(self, held: Held, form: Mapping[str, Any], comment: str, *, at: datetime) -> Held:
        """Send it again, mended."""
