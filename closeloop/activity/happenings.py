"""What an action says has happened."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Happening(NamedTuple):
    """One thing to be recorded. `at` is only given for history (imports, the demo company)."""

    verb: str
    record_id: int | None = None
    record_type: str = ""
    unit_id: int | None = None
    data: Mapping[str, Any] = NOTHING
    corrects_id: int | None = None
    at: datetime | None = None
