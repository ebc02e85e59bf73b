"""What SQL of its own says of a metric."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """A metric as SQL: its things, and the record type whose readers may see them.

    `things` gives (moment, person, unit, kind, hits, whole). `is_now`: they are told of now,
    whichever period is asked for. `has_asker`: a seventh column names somebody else whose own the
    thing is.
    """

    things: str
    about: str = "customer"
    is_now: bool = False
    has_asker: bool = False

    @property
    def columns(self) -> str:
        """The names of its columns."""
        return "at_, person, unit, kind, hits, whole" + (", asker" if self.has_asker else "")
