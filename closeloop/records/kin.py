"""Which records have become part of another, so that its history is told whole (from wiring)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass
class Kin:
    """By record type, what gives the records that went into one."""

    merged_into: dict[str, Callable[[int], list[int]]] = field(default_factory=dict)

    def of(self, record_type: str, record_id: int) -> list[int]:
        """The records that went into this one; none where its type knows no merging."""
        found: Mapping[str, Callable[[int], list[int]]] = self.merged_into
        return found[record_type](record_id) if record_type in found else []


kin = Kin()
