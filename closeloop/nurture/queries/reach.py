"""How far a reader's sight goes: which leads, which of their fields."""

from collections.abc import Mapping
from typing import Any

from closeloop.fields import queries as fields
from closeloop.fields import values
from closeloop.fields.models import FieldAccess
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Verb
from closeloop.pool import rights

LEAD = "lead"
FIELDS = {"mail": "email", "sms": "phone"}
"""The lead's field in which a channel's address lies."""


def of_leads(actor: Actor, alias: str = "r") -> tuple[str, list[Any]]:
    """The leads that somebody may read, as SQL over the registry's row."""
    where, params = org.access_of(actor).reach(LEAD, Verb.READ).where(alias)
    return f"{alias}.deleted_at IS NULL AND ({where})", params


class Sight:
    """Which fields of leads a reader sees; hold one for a request."""

    def __init__(self, actor: Actor) -> None:
        self._access = org.access_of(actor)
        self._allowed = fields.access_to(LEAD, self._access)
        self._held: dict[tuple[int | None, int | None], frozenset[str]] = {}

    def shut(self, owner_id: int | None, unit_id: int | None) -> frozenset[str]:
        """The fields that the reader must not learn of a lead of that owner and unit."""
        place = (owner_id, unit_id)
        if place not in self._held:
            self._held[place] = rights.untold_fields(
                LEAD, self._access, owner_id=owner_id, unit_id=unit_id
            )
        return self._held[place]

    def is_hidden(self, channel: str) -> bool:
        """Whether the reader must not even know that there is an address on a channel."""
        return self._allowed.get(FIELDS.get(channel, "")) == FieldAccess.HIDDEN

    def is_told(self, channel: str, place: Mapping[str, int | None]) -> bool:
        """Whether the reader may see a lead's address on a channel whole."""
        shut = self.shut(place["owner_id"], place["unit_id"])
        return FIELDS.get(channel) not in shut

    def address(self, channel: str, address: str, place: Mapping[str, int | None]) -> str:
        """An address as the reader may see it: as the field on the lead's page; hidden: nothing."""
        if channel == "wecom":
            return f"…{address[-4:]}" if address else ""
        if self.is_hidden(channel):
            return ""
        if self.is_told(channel, place):
            return address
        spec = fields.specs_of(LEAD).get(FIELDS[channel])
        return (values.masked(spec, address) or "") if spec else ""


def masked(channel: str, address: str) -> str:
    """An address by which its owner is recognised and nobody reached."""
    if not address:
        return ""
    if channel == "mail":
        name, _, domain = address.partition("@")
        return f"{name[:1]}***@{domain}"
    if channel == "sms":
        return f"{address[:-8]}****{address[-4:]}" if len(address) >= 11 else "****"
    return f"…{address[-4:]}"
