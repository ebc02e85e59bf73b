"""What somebody reports of a contact, as it came in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from closeloop.engine import evidence


@dataclass(frozen=True, slots=True)
class Where:
    """A place as a phone gave it."""

    latitude: float
    longitude: float
    accuracy_m: float | None = None
    system: str = evidence.System.WGS84
    at: datetime | None = None

    def in_wgs84(self) -> evidence.Place:
        """The same in WGS-84."""
        return evidence.in_wgs84(
            self.latitude, self.longitude, self.system, accuracy_m=self.accuracy_m
        )

    def as_data(self) -> dict[str, Any]:
        """As it is stored, with where that is in WGS-84."""
        plain = self.in_wgs84()
        return {
            "latitude": self.latitude,
            "longitude": self.longitude,
            "accuracy_m": self.accuracy_m,
            "system": str(self.system),
            "at": None if self.at is None else self.at.isoformat(),
            "wgs84": [round(plain.latitude, 7), round(plain.longitude, 7)],
        }


@dataclass(frozen=True, slots=True)
class Report:
    """One contact. `store` holds what a standard asks for beyond the usual, by item key.

    `device_now` is what the device's clock showed when it sent this, not when it was written.
    """

    client_id: UUID
    kind: str
    record_type: str
    record_id: int
    at: datetime
    text: str = ""
    contact_id: int | None = None
    device_now: datetime | None = None
    ticks: tuple[str, ...] = ()
    next_at: datetime | None = None
    place: Where | None = None
    uploads: tuple[UUID, ...] = ()
    store: Mapping[str, Any] = field(default_factory=dict)
    via: str = "api"
