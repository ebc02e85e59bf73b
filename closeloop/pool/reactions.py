"""What follows for pools from what is recorded, in the same transaction.

A record that begins without an owner, and that routing leaves so, goes into its pool; one that gets
an owner on any way, ends or is removed leaves it.
"""

from collections.abc import Sequence
from functools import lru_cache

from closeloop.activity.happenings import Happening
from closeloop.identity.actor import Actor
from closeloop.pool import actions, book
from closeloop.pool.actions.entering import Coming
from closeloop.pool.models import EntryReason, Leaving
from closeloop.pool.plugs import plugs

_ENDINGS = ("created", "restored", "assigned", "removed", "stage_entered")


def wanted() -> frozenset[str]:
    """The verbs that concern pools."""
    return _verbs(book.record_types())


def react(happenings: Sequence[Happening], actor: Actor) -> None:
    """Let stays begin and end with what has happened."""
    begun: dict[str, list[int]] = {}
    for each in happenings:
        if each.record_id is None or not each.verb.startswith(f"{each.record_type}."):
            continue
        what = each.verb.partition(".")[2]
        if what in ("created", "restored"):
            begun.setdefault(each.record_type, []).append(each.record_id)
        elif what == "assigned":
            _assigned(each, actor)
        elif what == "removed" or _has_ended(each):
            actions.end_stays(each.record_id, how=Leaving.ENDED, actor=actor)
    coming = Coming(EntryReason.UNOWNED)
    for record_type, record_ids in begun.items():
        actions.put_unowned(record_type, record_ids, coming=coming, actor=actor)


def _assigned(happening: Happening, actor: Actor) -> None:
    owner_id = happening.data.get("to_owner")
    if owner_id is not None and happening.data.get("from_owner") is None:
        actions.end_stays(
            happening.record_id or 0, how=Leaving.ASSIGNED, to_owner_id=owner_id, actor=actor
        )


def _has_ended(happening: Happening) -> bool:
    stages = plugs.open_stages(happening.record_type)
    return stages is not None and happening.data.get("to") not in stages


@lru_cache(maxsize=16)
def _verbs(record_types: frozenset[str]) -> frozenset[str]:
    return frozenset(f"{each}.{ending}" for each in record_types for ending in _ENDINGS)
