"""Who reads what leaves: in whose scope, in which language, when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils import timezone

from closeloop.identity.actor import Actor


@dataclass(frozen=True)
class Reader:
    """Who takes it along or gets it, in which language, and when."""

    actor: Actor
    language: str
    at: datetime
    how: Literal["exported", "mailed"] = "exported"
    day: date | None = None

    @property
    def today(self) -> date:
        """The day from which periods are counted: given, or that of the moment."""
        return self.day or timezone.localdate(self.at)
