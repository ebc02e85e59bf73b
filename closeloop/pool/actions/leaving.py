"""Stays end when somebody else gives the record an owner, or when it ends itself."""

from django.utils import timezone

from closeloop.identity.actor import Actor
from closeloop.pool.models import Leaving, Stay


def end_stays(record_id: int, *, how: Leaving, to_owner_id: int | None = None, actor: Actor) -> int:
    """End the open stay of a record, if there is one; gives how many."""
    return Stay.objects.filter(record_id=record_id, left_at=None).update(
        left_at=timezone.now(), left_how=how, to_owner_id=to_owner_id, left_by_id=actor.user_id
    )
