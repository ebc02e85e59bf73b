"""Handing open clocks over: when somebody leaves, or a step says so."""

from collections.abc import Collection

from django.db import connection

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.identity.actor import Actor
from closeloop.sla.models import Clock


def reassign_clocks(from_id: int, to_id: int, *, actor: Actor) -> int:
    """Give every open clock of a person to another; gives how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE sla_clock SET owner_id = %s WHERE owner_id = %s AND closed_at IS NULL",
            [to_id, from_id],
        )
        count: int = cursor.rowcount
    if count:
        data = {"from_owner": from_id, "to_owner": to_id, "count": count}
        activity.record(Happening(verb="clock.reassigned", data=data), actor=actor)
    return count


def give_clocks(about_kind: str, about_ids: Collection[int], to_id: int) -> None:
    """Let the open clocks of things beside records go with them to somebody else."""
    open_ones = Clock.objects.filter(about_kind=about_kind, closed_at=None)
    open_ones.filter(about_id__in=list(about_ids)).update(owner_id=to_id)


def open_clocks_of(person_id: int) -> int:
    """How many open clocks a person owes."""
    return Clock.objects.filter(owner_id=person_id, closed_at=None).count()
