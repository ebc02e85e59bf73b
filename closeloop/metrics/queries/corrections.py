"""What was last set right by hand in what somebody may see (G13)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from closeloop.edge import messages
from closeloop.identity.actor import Actor
from closeloop.metrics.models import Correction
from closeloop.org import queries as org
from closeloop.org.access import Verb

ABOUT = "customer"


@dataclass(frozen=True)
class Corrected:
    """When, who, by which verb, and why where that was said."""

    at: datetime
    actor_id: int | None
    verb: str
    reason: str

    def what(self, language: str) -> str:
        """What was done, in words."""
        return messages.say(f"correction.{self.verb}", language)


def newest(*, actor: Actor) -> Corrected | None:
    """The newest correction of things of the actor's units, or by himself."""
    reach = org.access_of(actor).reach(ABOUT, Verb.READ)
    seen = Q() if reach.everything else Q(unit_id__in=reach.unit_ids) | Q(actor_id=actor.user_id)
    found = Correction.objects.filter(seen).order_by("-at", "-entry_id").first()
    if found is None:
        return None
    return Corrected(found.at, found.actor_id, found.verb, found.reason)
