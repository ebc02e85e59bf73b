"""Customers that a phone offers, and where they are."""

from datetime import datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

from closeloop.fieldwork.schemas.shared import Degrees, Meridian, System


class CustomersQuery(Schema):
    """Which customers to offer."""

    q: str = Field("", max_length=100)
    latitude: Degrees | None = None
    longitude: Meridian | None = None
    system: System = "WGS84"
    limit: int = Field(20, ge=1, le=200)
    mine: bool = False


class CustomerPlace(Schema):
    """Where a customer is, in the coordinates that were asked for."""

    latitude: float
    longitude: float
    system: System


class CustomerContact(Schema):
    """Somebody there."""

    id: int
    name: str
    title: str | None


class CustomerSubject(Schema):
    """Open business with the customer."""

    type: str
    id: int
    title: str
    stage: str


class CustomerChoice(Schema):
    """A customer to follow up."""

    id: int
    name: str
    address: str | None
    distance_m: int | None
    place: CustomerPlace | None
    last_followup_at: datetime | None
    contacts: list[CustomerContact]
    subjects: list[CustomerSubject]


class CustomerChoices(Schema):
    """Customers to follow up, the nearest first."""

    items: list[CustomerChoice]


class KnownPlaceIn(Schema, extra="forbid"):
    """Where a customer is, and how far its premises reach."""

    latitude: Degrees
    longitude: Meridian
    system: System = "WGS84"
    radius_m: float = Field(300, ge=20, le=20_000, allow_inf_nan=False)


class KnownPlaceOut(Schema):
    """Where a customer is, in WGS-84, and how that is known."""

    latitude: float
    longitude: float
    radius_m: float
    source: Literal["learned", "manual"]
    visits: int
    set_at: datetime
