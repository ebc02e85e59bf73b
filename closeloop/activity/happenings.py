"""What an action says has happened."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Happening:
    """One thing to be recorded. `at` is only given for history (imports, the demo company)."""

    verb: str
    record_id: int | None = None
    record_type: str = ""
    unit_id: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    corrects_id: int | None = None
    at: datetime | None = None
