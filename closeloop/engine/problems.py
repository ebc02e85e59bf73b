"""A fault in a document that somebody wrote: what, where, and the facts to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault. `code` names the message, `path` is a JSON Pointer (RFC 6901)."""

    code: str
    path: str
    data: Mapping[str, object] = field(default_factory=dict)

    def as_data(self) -> dict[str, object]:
        """Give the problem as JSON data."""
        return {"code": self.code, "path": self.path, "data": dict(self.data)}


class ProblemList:
    """Collects faults while a document is read, so that all are told at once."""

    def __init__(self) -> None:
        """Start without a fault."""
        self.found: list[Problem] = []

    def add(self, code: str, path: str, **data: object) -> None:
        """Note one fault."""
        self.found.append(Problem(code, path, data))
