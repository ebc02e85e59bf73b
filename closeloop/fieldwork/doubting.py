"""Who is told what is doubtful: whoever stands above the author, and who keeps the standards.

Authors are told what a superior has said of it, for what was confirmed counts no more (P04); a
doubt that waits is the superior's to look into. Nobody else who reads the record is told of either.
"""

from typing import Any

from django.db.models import Q

from closeloop.fieldwork.models import Verdict
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Capability


def authors_for(actor: Actor, *, prefix: str = "") -> Q:
    """The follow-ups whose doubts the actor is told, as they stand; never one's own."""
    if actor.user_id is None:
        return Q()
    author = f"{prefix}author_id"
    if org.access_of(actor).can(Capability.MANAGE_FOLLOWUPS):
        return ~Q(**{author: actor.user_id})
    return Q(**{f"{author}__in": org.people_below(actor.user_id) - {actor.user_id}})


def as_told(told: dict[str, Any], author_id: int, *, actor: Actor) -> dict[str, Any]:
    """A follow-up with those of its doubts that the actor may know."""
    if not told["doubts"] or actor.user_id is None:
        return told
    if author_id == actor.user_id:
        judged = [each for each in told["doubts"] if each["verdict"] != Verdict.OPEN]
        return {**told, "doubts": judged}
    keeps = org.access_of(actor).can(Capability.MANAGE_FOLLOWUPS)
    if keeps or author_id in org.people_below(actor.user_id):
        return told
    return {**told, "doubts": []}
