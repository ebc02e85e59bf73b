"""Who is told where somebody was: the author and those above exactly, others to about a kilometre.

That an exact place was shown to somebody else than its author is noted.
"""

from collections.abc import Sequence
from typing import Any

from closeloop.fieldwork.models import FollowUp
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.privacy import actions as privacy
from closeloop.privacy import masking

LOOKED_AT = "place"


def is_told(author_id: int, *, actor: Actor) -> bool:
    """Whether the actor may know exactly where this author was."""
    if actor.user_id is None or author_id == actor.user_id:
        return True
    return author_id in org.people_below(actor.user_id)


def as_told(told: dict[str, Any], author_id: int, *, actor: Actor) -> dict[str, Any]:
    """A follow-up as the actor may see it."""
    if told["place"] is None or is_told(author_id, actor=actor):
        return told
    return {**told, "place": masking.coarse_place(told["place"])}


def note(page: Sequence[FollowUp], *, actor: Actor) -> None:
    """Note whose places the actor is shown on a page, in one statement."""
    seen = [
        row
        for row in page
        if row.place is not None
        and row.author_id != actor.user_id
        and is_told(row.author_id, actor=actor)
    ]
    ids = [row.pk for row in seen]
    about = [row.customer_id or row.record_id for row in seen]
    privacy.note_access(LOOKED_AT, ids, actor=actor, record_ids=about)
